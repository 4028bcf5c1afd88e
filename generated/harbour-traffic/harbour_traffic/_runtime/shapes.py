"""Which JSON values a Python type takes, as far as the JSON type of a value tells."""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TypeAlias, TypeGuard
from uuid import UUID

import msgspec

JsonTypes: TypeAlias = frozenset[str]

ANY: JsonTypes = frozenset(
    {"null", "boolean", "integer", "number", "string", "array", "object"}
)
NUMBER: JsonTypes = frozenset({"integer", "number"})
INTEGER: JsonTypes = frozenset({"integer"})
STRING: JsonTypes = frozenset({"string"})
ARRAY: JsonTypes = frozenset({"array"})
OBJECT: JsonTypes = frozenset({"object"})
NULL: JsonTypes = frozenset({"null"})
BOOLEAN: JsonTypes = frozenset({"boolean"})
NONE: JsonTypes = frozenset()

_ARTICLES = {
    "null": "null",
    "boolean": "a boolean",
    "integer": "an integer",
    "number": "a number",
    "string": "a string",
    "array": "an array",
    "object": "an object",
}


def json_type(value: object) -> str:
    """The JSON type of a value; `integer` where the number is written without a dot."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


@cache
def json_types(kind: object) -> JsonTypes:
    """The JSON types of the values that may be of a type."""
    if kind is typing.Any or kind is object:
        return ANY
    own = getattr(kind, "__calque_json__", None)
    if own is not None:
        found: JsonTypes = own()
        return found
    if isinstance(kind, type):
        return _of_class(kind)
    arguments = typing.get_args(kind)
    origin = typing.get_origin(kind)
    if origin is typing.Literal:
        return frozenset(json_type(value) for value in arguments)
    if origin is typing.Annotated:
        return json_types(arguments[0])
    if is_union(origin):
        return NONE.union(*(json_types(kind) for kind in arguments))
    return _of_class(origin) if isinstance(origin, type) else ANY


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Whether a JSON value is an object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[object]]:
    """Whether a JSON value is an array."""
    return isinstance(value, list)


def options(kind: object) -> tuple[object, ...]:
    """The types that a union is of; any other type by itself."""
    own = getattr(kind, "__calque_options__", None)
    if own is not None:
        found: tuple[object, ...] = own()
        return found
    if not is_union(typing.get_origin(kind)):
        return (kind,)
    return tuple(one for each in typing.get_args(kind) for one in options(each))


def is_union(origin: object) -> bool:
    """Whether an origin is that of `X | Y` or of `Union[X, Y]`."""
    return origin is types.UnionType or origin is typing.Union


def _of_class(kind: type) -> JsonTypes:
    for bases, accepted in _CLASSES:
        if issubclass(kind, bases):
            return accepted
    return ANY


# The first that fits: a bool is an int, a datetime a date, an enumeration of strings a str.
_CLASSES: tuple[tuple[tuple[type, ...], JsonTypes], ...] = (
    ((msgspec.UnsetType,), NONE),
    ((types.NoneType,), NULL),
    ((bool,), BOOLEAN),
    ((int,), INTEGER),
    ((float,), NUMBER),
    ((Decimal,), NUMBER | STRING),
    ((str, bytes, dt.date, dt.time, dt.timedelta, UUID), STRING),
    ((Enum,), STRING | INTEGER),
    ((list, tuple, set, frozenset), ARRAY),
    ((msgspec.Struct, dict), OBJECT),
)


def fitting(kinds: tuple[object, ...], value: object) -> tuple[object, ...]:
    """Those of several types that values of this JSON type may be of.

    To JSON Schema `1.0` is an integer: it is taken for one where no number is expected.
    """
    name = json_type(value)
    able = tuple(kind for kind in kinds if name in json_types(kind))
    if not able and isinstance(value, float) and value.is_integer():
        return tuple(kind for kind in kinds if "integer" in json_types(kind))
    return able


def expected(accepted: Iterable[str], value: object) -> str:
    """The message that a value is of none of the JSON types it may be of."""
    names = [_ARTICLES[name] for name in _ARTICLES if name in accepted]
    if "a number" in names and "an integer" in names:
        names.remove("an integer")
    return f"expected {' or '.join(names)}, got {_ARTICLES[json_type(value)]}"
