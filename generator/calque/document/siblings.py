"""What stands beside a `$ref` in a schema: it counts in OpenAPI 3.1, and not before."""

from __future__ import annotations

from collections.abc import Iterator

from calque.codes import Code
from calque.diagnostics import Diagnostic, Focus, Severity
from calque.document.grammar import Kind
from calque.document.node import Json, Node, join

_ANNOTATIONS = (
    "title",
    "summary",
    "description",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "example",
    "examples",
    "externalDocs",
    "xml",
    "nullable",
)
"""The keywords that say nothing about which values a schema admits."""

_SHAPING = frozenset(
    {
        *("type", "enum", "const", "format", "contentEncoding", "contentMediaType"),
        *("properties", "required", "patternProperties", "discriminator"),
        *("additionalProperties", "unevaluatedProperties", "items", "prefixItems"),
        *("allOf", "anyOf", "oneOf"),
    }
)
"""The keywords that make another type of what a reference names."""


_WORDS = ("$ref", "summary", "description")
"""What stands beside a reference for what it names (OpenAPI 3.1, Reference Object)."""


def assertions(schema: dict[str, Json]) -> list[str]:
    """The keywords of a schema that say which values it admits."""
    return [
        key for key in schema if key not in _ANNOTATIONS and not key.startswith("x-")
    ]


def unread(kind: Kind, node: Node) -> Iterator[Diagnostic]:
    """What has no effect beside the reference that stands for an object up to 3.0.

    Of a schema and of a path item that is told where they are read.
    """
    if kind not in (Kind.SCHEMA, Kind.PATH_ITEM):
        for key in node.mapping():
            if key not in _WORDS and not key.startswith("x-"):
                yield ignored(node, key, "remove it")


def ignored(
    node: Node, key: str, advice: str = "put the `$ref` and the rest into `allOf`"
) -> Diagnostic:
    """That a keyword has no effect, as up to OpenAPI 3.0 (3.0.4, section 4.7.23)."""
    return Diagnostic(
        severity=Severity.WARNING,
        code=Code.REF_SIBLING,
        message=f"`{key}` has no effect beside `$ref` in OpenAPI 3.0",
        help=f"{advice}; it is ignored",
        pointer=join(node.pointer, key),
        focus=Focus.KEY,
    )


def place(schema: dict[str, Json], key: str) -> str:
    """Where a keyword of a schema is in the form that `combined` gives it."""
    if key != "$ref" or not _combines(schema):
        return key
    return f"allOf/{len(_parts(schema))}/$ref"


def combined(schema: dict[str, Json]) -> dict[str, Json]:
    """A schema whose `$ref` is one of all that it is made of, where that is another type.

    JSON Schema 2020-12, section 8.2.3.1: a value has to fit both.
    """
    if not _combines(schema):
        return schema
    rest = {key: value for key, value in schema.items() if key != "$ref"}
    return {**rest, "allOf": [*_parts(schema), {"$ref": schema["$ref"]}]}


def _combines(schema: dict[str, Json]) -> bool:
    """Whether the type is another one; `type: object` only repeats what is named."""
    if "$ref" not in schema:
        return False
    shaping = schema.keys() & _SHAPING
    repeats = shaping == {"type"} and schema["type"] == "object"
    alone = repeats and schema.get("nullable") is not True
    return bool(shaping) and not alone


def _parts(schema: dict[str, Json]) -> list[Json]:
    parts = schema.get("allOf")
    return parts if isinstance(parts, list) else []
