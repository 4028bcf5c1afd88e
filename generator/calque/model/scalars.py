"""Which kind of scalar a `type` and `format` mean (OAS format registry, JSON Schema 2020-12)."""

from __future__ import annotations

from calque.document.node import Node
from calque.model.types import (
    SCALARS,
    Anything,
    Kind,
    ListOf,
    Literals,
    MapOf,
    Null,
    Scalar,
    Type,
)

# Formats of strings that have a Python type of their own; any other format documents.
_STRING_FORMATS = {
    "date-time": Kind.DATE_TIME,
    "http-date": Kind.HTTP_DATE,
    "date-time-rfc1123": Kind.HTTP_DATE,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "uuid": Kind.UUID,
    "guid": Kind.UUID,
    "byte": Kind.BYTE,
    "base64": Kind.BYTE,
    "binary": Kind.BINARY,
    "base64url": Kind.BASE64URL,
    "decimal": Kind.DECIMAL,
    "decimal128": Kind.DECIMAL,
    "int64": Kind.INT64_STRING,
    "uint64": Kind.INT64_STRING,
}

_NUMBER_FORMATS = {
    "unixtime": Kind.UNIX_TIME,
    "decimal": Kind.DECIMAL_NUMBER,
    "decimal128": Kind.DECIMAL_NUMBER,
}

_PLAIN = {
    "integer": Kind.INTEGER,
    "boolean": Kind.BOOLEAN,
}


def scalar(type_: str, node: Node) -> Type | None:
    """The type that a schema of one of the scalar JSON types means, else None."""
    if type_ == "null":
        return Null()
    if type_ == "string":
        return SCALARS[_string_kind(node)]
    if type_ == "number":
        return SCALARS[_NUMBER_FORMATS.get(node.text("format") or "", Kind.NUMBER)]
    if type_ == "integer" and node.text("format") == "unixtime":
        return SCALARS[Kind.UNIX_TIME]
    return SCALARS[_PLAIN[type_]] if type_ in _PLAIN else None


def is_binary(schema: Node) -> bool:
    """Whether a schema is that of raw bytes, which JSON cannot hold."""
    said = schema.text("type") == "string"
    return said and _string_kind(schema) == Kind.BINARY


def _string_kind(node: Node) -> Kind:
    encoding = node.text("contentEncoding") or ""
    if encoding in ("base64", "base64url"):
        return _STRING_FORMATS[encoding]
    if node.text("contentMediaType") == "application/octet-stream":
        return Kind.BINARY
    return _STRING_FORMATS.get(node.text("format") or "", Kind.STRING)


def json_kind(type_: Type) -> str:
    """The JSON type that values of a type (that is no reference, no union) have."""
    match type_:
        case Scalar(Kind.INTEGER | Kind.NUMBER | Kind.DECIMAL_NUMBER | Kind.UNIX_TIME):
            return "number"
        case Scalar(Kind.BOOLEAN):
            return "boolean"
        case Scalar():
            return "string"
        case Literals(values):
            return _constant_kind(values[0])
        case ListOf():
            return "array"
        case MapOf():
            return "object"
        case Null():
            return "null"
        case Anything():
            return "any"
        case _:
            return "array"


def _constant_kind(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "string" if isinstance(value, str) else "number"
