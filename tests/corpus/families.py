"""What a discriminator on a base says of the schemas that extend it, in words of JSON Schema.

A validator of JSON Schema knows no discriminators: to it, a cat is a dog as well, whatever
the `kind` of either says, and a pet of kind `cat` need not be what a cat is.
"""

from __future__ import annotations

from collections.abc import Iterator

from calque.document.node import Json

_PREFIX = "#/components/schemas/"
_ALONE = "alone."


def told(document: dict[str, Json]) -> dict[str, Json]:
    """The document, with the values that a discriminator may have in each derived schema.

    A base admits what it says, and what the schema that is meant by the value says. What
    extends it has that of the base alone.
    """
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
            derived[name] = {**schema, "allOf": [*map(_alone, parts), *said]}
    alone = {_ALONE + name: schema for name, schema in derived.items()}
    for name, family in families.items():
        schema = _object(derived[name])
        if "discriminator" in schema and len(family) > 1:
            parts = schema.get("allOf")
            meant = [_meant(member, schemas, schema) for member in family[1:]]
            own = parts if isinstance(parts, list) else []
            derived[name] = {**schema, "allOf": [*own, *meant]}
    return {**document, "components": {**components, "schemas": alone | derived}}


def _alone(part: Json) -> Json:
    """A part of a derived schema: of a base, what it says of itself."""
    reference = str(_object(part).get("$ref"))
    if not reference.startswith(_PREFIX):
        return part
    name = reference.removeprefix(_PREFIX)
    return {**_object(part), "$ref": f"{_PREFIX}{_ALONE}{name}"}


def _meant(member: str, schemas: dict[str, Json], base: dict[str, Json]) -> Json:
    """That a value of the discriminator means a schema of the family."""
    told = _restriction([member], schemas, base)
    property_ = str(_object(base["discriminator"]).get("propertyName"))
    other: Json = {"not": {**told, "required": [property_]}}
    return {"anyOf": [other, {"$ref": _PREFIX + member}]}


def _restriction(
    family: list[str], schemas: dict[str, Json], base: dict[str, Json]
) -> dict[str, Json]:
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
