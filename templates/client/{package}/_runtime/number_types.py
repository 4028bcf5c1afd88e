"""Whether a value holds a number that JSON has no text for, sought where its types have room.

msgspec writes NaN and infinities as `null`, and refuses such a Decimal.
"""

from __future__ import annotations

import datetime as dt
import typing
from enum import Enum
from functools import cache
from math import isfinite
from types import NoneType
from uuid import UUID

import msgspec
from msgspec import UnsetType

from .models import Model, UnknownProperties
from .shapes import is_array, is_object

_NONE = (str, int, bytes, dt.date, dt.time, UUID, Enum, NoneType)
_ALSO = (UnsetType, UnknownProperties)


def may_hold_floats(value: object) -> bool:
    """Whether there may be such a number in a value, by its type or those of its items."""
    if not is_array(value):
        kind: object = type(value)
        return may_hold(kind)
    kinds: set[object] = {type(item) for item in value}
    return any(map(may_hold, kinds))


def is_finite(value: object) -> bool:
    """Whether no number in a value is NaN or infinite, if it is what its types say."""
    if isinstance(value, float) and type(value) is float:
        return isfinite(value)
    if is_array(value):
        return not may_hold_floats(value) or all(map(is_finite, value))
    if is_object(value):
        return all(map(is_finite, value.values()))
    kind: object = type(value)
    fields = _fields(kind)
    if fields is None:
        return _is_finite_throughout(value)
    return all(is_finite(getattr(value, name)) for name in fields)


def _is_finite_throughout(value: object) -> bool:
    from .json_text import refuse_not_finite

    try:
        refuse_not_finite(value)
    except ValueError:
        return False
    return True


@cache
def _fields(kind: object) -> tuple[str, ...] | None:
    """The fields of a model that may hold such a number; None for what is no model."""
    type_: object = kind
    if isinstance(kind, type) and issubclass(kind, Model):
        fields = msgspec.structs.fields(kind)
        return tuple(field.name for field in fields if may_hold(field.type))
    return None if may_hold(type_) else ()


def may_hold(kind: object) -> bool:
    """Whether a type is, or has inside, what may be such a number, or is not known."""
    seen: set[object] = set()
    found = _reach(kind, seen)
    if not found:
        FREE.update(seen)
    return found


REACHING: set[object] = set()
"""The types that are known to reach such a number."""

FREE: set[object] = set()
"""The types that are known to reach none."""


def _reach(kind: object, seen: set[object]) -> bool:
    if kind in REACHING:
        return True
    if kind in seen or kind in FREE:
        return False
    seen.add(kind)
    if not _looked_into(kind, seen):
        return False
    REACHING.add(kind)
    return True


def _looked_into(kind: object, seen: set[object]) -> bool:
    plain: object = getattr(kind, "plain", kind)
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        return False
    if origin is typing.Annotated:
        return _reach(inside[0], seen)
    if inside:
        return any(_reach(each, seen) for each in inside)
    if not isinstance(kind, type):
        return True
    if issubclass(kind, Model):
        fields = msgspec.structs.fields(kind)
        return any(_reach(field.type, seen) for field in fields)
    return not (isinstance(plain, type) and issubclass(plain, (*_NONE, *_ALSO)))
