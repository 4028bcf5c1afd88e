"""JSON values for the types of the depot: such as fit a type, any at all, and damaged ones."""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeAlias
from uuid import UUID

import msgspec
from _runtime.formats import Base64Url, DecimalString, HttpDate, Int64String, UnixTime
from _runtime.models import Model, OpenIntEnum, OpenStrEnum, UnsetType
from _runtime.open_model import OpenModel
from _runtime.shapes import is_array, is_object
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from tests.runtime.depot import models as m

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

# Integers that a float holds too: there is no telling which JSON number was meant.
_integers = st.integers(-(2**53), 2**53)
_floats = st.floats(allow_nan=False, allow_infinity=False)
_text = st.text(max_size=8)

any_json: SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | _integers | _floats | _text,
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(_text, inner, max_size=4),
    max_leaves=12,
)

_numbers = _integers | _floats

_SCALARS: Mapping[object, SearchStrategy[Json]] = {
    NoneType: st.none(),
    bool: st.booleans(),
    int: _integers,
    float: _numbers,
    str: _text,
    object: any_json,
    Any: any_json,
    Decimal: _numbers | st.decimals(allow_nan=False, allow_infinity=False).map(float),
    UUID: st.uuids().map(str),
    bytes: st.sampled_from(["", "AA==", "aGVsbG8=", "+/8="]),
    dt.date: st.dates().map(dt.date.isoformat),
    dt.datetime: st.datetimes().map(lambda value: f"{value.isoformat()}Z"),
    HttpDate: st.just("Sun, 06 Nov 1994 08:49:37 GMT"),
    UnixTime: st.integers(0, 2**32) | st.integers(0, 2**32).map(lambda n: n / 8),
    Int64String: st.integers().map(str),
    DecimalString: st.sampled_from(["1", "1.50", "1E+3", "-0.1"]),
    Base64Url: st.sampled_from(["", "AA", "-_8"]),
}

_UNIONS: Mapping[object, tuple[object, ...]] = {
    m.Contact: (m.EmailContact, m.PhoneContact),
    m.Area: (m.Circle, m.Box, str, list[str], list[int]),
}


def fitting(kind: object, depth: int = 2) -> SearchStrategy[Json]:
    """JSON values that fit a type, models in them nested no deeper than that."""
    if kind in _SCALARS:
        return _SCALARS[kind]
    if kind in _UNIONS:
        return st.one_of([fitting(variant, depth) for variant in _UNIONS[kind]])
    if isinstance(kind, type):
        return _of_class(kind, depth)
    arguments = [each for each in typing.get_args(kind) if each is not UnsetType]
    origin = typing.get_origin(kind)
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin is UnionType or origin is typing.Union:
        return st.one_of([fitting(each, depth) for each in arguments])
    if origin is list:
        return st.lists(fitting(arguments[0], depth), max_size=2)
    if origin is dict:
        return st.dictionaries(_text, fitting(arguments[1], depth), max_size=2)
    return st.tuples(*(fitting(each, depth) for each in arguments)).map(list)


def _of_class(kind: type, depth: int) -> SearchStrategy[Json]:
    if issubclass(kind, OpenStrEnum):
        return st.sampled_from([member.value for member in kind]) | _text
    if issubclass(kind, OpenIntEnum):
        return st.sampled_from([member.value for member in kind]) | _integers
    if issubclass(kind, Enum):
        return st.sampled_from([member.value for member in kind])
    if issubclass(kind, OpenModel):
        declared = _of_model(kind.__calque_model__, depth)
        rest = st.dictionaries(_text.map("x".__add__), _integers, max_size=2)
        return st.tuples(declared, rest).map(lambda both: {**both[1], **both[0]})
    assert issubclass(kind, Model)
    return _of_model(kind, depth)


def _of_model(kind: type[Model], depth: int) -> SearchStrategy[dict[str, Json]]:
    required: dict[str, SearchStrategy[Json]] = {}
    optional: dict[str, SearchStrategy[Json]] = {}
    for field in msgspec.structs.fields(kind):
        if field.name.startswith("_"):
            continue
        if field.required:
            required[field.encode_name] = fitting(field.type, depth - 1)
        elif depth > 0:
            optional[field.encode_name] = fitting(field.type, depth - 1)
    return st.fixed_dictionaries(required, optional=optional)


@st.composite
def damaged(
    draw: st.DrawFn, values: SearchStrategy[Json], damage: SearchStrategy[Json]
) -> Json:
    """Values with some of their parts replaced, and some of their properties removed."""
    value = draw(values)
    for _ in range(draw(st.integers(1, 3))):
        value = _spoil(draw, value, damage)
    return value


def _spoil(draw: st.DrawFn, value: Json, damage: SearchStrategy[Json]) -> Json:
    if isinstance(value, dict) and value and draw(st.integers(0, 4)):
        name = draw(st.sampled_from(sorted(value)))
        rest = {key: each for key, each in value.items() if key != name}
        return (
            rest | {name: _spoil(draw, value[name], damage)} if draw(_often) else rest
        )
    if isinstance(value, list) and value and draw(st.integers(0, 4)):
        index = draw(st.integers(0, len(value) - 1))
        spoilt = _spoil(draw, value[index], damage)
        return [*value[:index], spoilt, *value[index + 1 :]]
    return draw(damage)


_often = st.sampled_from([True, True, True, False])
no_containers: SearchStrategy[Json] = (
    st.none() | st.booleans() | _integers | _floats | _text
)


def same(one: object, other: object) -> bool:
    """Whether two JSON values are equal, as JSON has it: `1` is `1.0`, but not `true`."""
    if is_object(one) and is_object(other):
        return one.keys() == other.keys() and all(
            same(one[key], other[key]) for key in one
        )
    if is_array(one) and is_array(other):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return Decimal(repr(one)) == Decimal(repr(other))
    return one == other
