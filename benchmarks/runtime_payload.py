"""A JSON value as a schema describes it: of its examples, and of all its properties."""

from __future__ import annotations

from typing import TypeAlias, cast

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

_DEEP = 5
"""How deep optional properties are filled in; below that there are the required ones."""

_TEXTS = {
    "date-time": "2026-05-01T04:00:00Z",
    "date": "2026-05-01",
    "uuid": "123e4567-e89b-12d3-a456-426614174000",
    "uri": "https://example.com/a",
    "byte": "aGFyYm91cg==",
}


def answer_of(document: dict[str, Json], operation_id: str, items: int) -> Json:
    """What an operation answers with 200: every array in the first place has so many items."""
    _, operation = _operation(document, operation_id)
    found = _mapping(operation["responses"])["200"]
    media = _mapping(_followed(document, found)["content"])
    schema = _mapping(media["application/json"])["schema"]
    return _Maker(document, items).of(schema, 0)


def arguments_of(document: dict[str, Json], operation_id: str) -> int:
    """How many parameters the path of an operation has."""
    path, _ = _operation(document, operation_id)
    return path.count("{")


def _operation(
    document: dict[str, Json], operation_id: str
) -> tuple[str, dict[str, Json]]:
    for path, item in _mapping(document["paths"]).items():
        for operation in _mapping(item).values():
            if _mapping(operation).get("operationId") == operation_id:
                return path, _mapping(operation)
    raise SystemExit(f"no operation {operation_id}")


def _mapping(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _followed(document: dict[str, Json], value: Json) -> dict[str, Json]:
    found = _mapping(value)
    while isinstance(reference := found.get("$ref"), str):
        place: Json = document
        for token in reference.removeprefix("#/").split("/"):
            place = _mapping(place)[token.replace("~1", "/").replace("~0", "~")]
        found = _mapping(place)
    return found


class _Maker:
    """Makes values of the schemas of a document."""

    def __init__(self, document: dict[str, Json], items: int) -> None:
        self._document = document
        self._items = items

    def of(self, schema: Json, depth: int) -> Json:
        """A value of a schema, so deep in the whole."""
        found = _followed(self._document, schema)
        for key in ("allOf",):
            if parts := cast("list[Json]", found.get(key) or []):
                made = [self.of(part, depth) for part in parts]
                whole: dict[str, Json] = {}
                for each in made:
                    whole |= _mapping(each)
                return whole or made[0]
        for key in ("anyOf", "oneOf"):
            if options := cast("list[Json]", found.get(key) or []):
                return self.of(options[0], depth)
        if values := cast("list[Json]", found.get("enum") or []):
            return values[0]
        if "const" in found:
            return found["const"]
        return self._typed(found, depth)

    def _typed(self, schema: dict[str, Json], depth: int) -> Json:
        named = schema.get("type")
        kind = named[0] if isinstance(named, list) else named
        if kind is None and "properties" in schema:
            kind = "object"
        match kind:
            case "object":
                return self._object(schema, depth)
            case "array":
                count = self._items if depth < 2 else 1
                return [self.of(schema.get("items", {}), depth + 1)] * count
            case "integer":
                return 1234567
            case "number":
                return 12.5
            case "boolean":
                return True
            case "string":
                return self._text(schema)
            case _:
                return None

    def _text(self, schema: dict[str, Json]) -> str:
        format_ = schema.get("format")
        if isinstance(format_, str) and format_ in _TEXTS:
            return _TEXTS[format_]
        example = schema.get("example")
        return example if isinstance(example, str) else "harbour"

    def _object(self, schema: dict[str, Json], depth: int) -> Json:
        required = cast("list[Json]", schema.get("required") or [])
        return {
            name: self.of(each, depth + 1)
            for name, each in _mapping(schema.get("properties", {})).items()
            if depth < _DEEP or name in required
        }
