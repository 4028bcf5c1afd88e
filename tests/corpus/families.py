"""What a discriminator on a base says of the schemas that extend it, in words of JSON Schema.

A validator of JSON Schema knows no discriminators: to it, a cat is a dog as well, whatever
the `kind` of either says.
"""

from __future__ import annotations

from collections.abc import Iterator

from calque.document.node import Json

_PREFIX = "#/components/schemas/"


def told(document: dict[str, Json]) -> dict[str, Json]:
    """The document, with the values that a discriminator may have in each derived schema."""
    components = _object(document.get("components"))
    schemas = _object(components.get("schemas"))
    bases = {name: [*_bases(name, schemas, {name})] for name in schemas}
    families: dict[str, list[str]] = {name: [name] for name in schemas}
    for name, extended in bases.items():
        for base in extended:
            families[base].append(name)
    derived = dict(schemas)
    for name, extended in bases.items():
        schema, parts = _object(schemas[name]), _object(schemas[name]).get("allOf")
        said = [
            _restriction(families[name], schemas, _object(schemas[base]))
            for base in extended
            if "discriminator" in _object(schemas[base])
        ]
        if said and isinstance(parts, list):
            derived[name] = {**schema, "allOf": [*parts, *said]}
    return {**document, "components": {**components, "schemas": derived}}


def _restriction(
    family: list[str], schemas: dict[str, Json], base: dict[str, Json]
) -> Json:
    """That the discriminator names one of a family: a schema, or what extends it."""
    discriminator = _object(base["discriminator"])
    mapping = _object(discriminator.get("mapping"))
    values: list[Json] = []
    for member in family:
        mapped = [v for v, ref in mapping.items() if ref in (member, _PREFIX + member)]
        own = _object(schemas[member]).get("x-ms-discriminator-value", member)
        values += mapped or [own]
    property_ = str(discriminator.get("propertyName"))
    return {"properties": {property_: {"enum": values}}}


def _bases(name: str, schemas: dict[str, Json], seen: set[str]) -> Iterator[str]:
    """The schemas that one extends, however indirectly."""
    parts = _object(schemas.get(name)).get("allOf")
    for part in parts if isinstance(parts, list) else []:
        reference = str(_object(part).get("$ref"))
        base = reference.removeprefix(_PREFIX)
        if reference.startswith(_PREFIX) and base in schemas and base not in seen:
            seen.add(base)
            yield base
            yield from _bases(base, schemas, seen)


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
