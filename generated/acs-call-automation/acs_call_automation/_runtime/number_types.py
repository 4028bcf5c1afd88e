"""Which values may hold a number that JSON has no text for: told by their types.

To look through a long text for what NaN is written as takes far longer than to write it.
"""

from __future__ import annotations

import datetime as dt
import typing
from enum import Enum
from functools import cache
from types import NoneType
from uuid import UUID

import msgspec
from msgspec import UnsetType

from .models import Model, UnknownProperties
from .shapes import is_array

_NONE = (str, int, bytes, dt.date, dt.time, UUID, Enum, NoneType)
_ALSO = (UnsetType, UnknownProperties)


def may_hold_floats(value: object) -> bool:
    """Whether there may be a float or a Decimal in a value, if it is what its type says."""
    kinds: set[object] = {type(value)}
    if is_array(value):
        kinds = {type(item) for item in value}
    return any(map(_in_class, kinds))


@cache
def _in_class(kind: object) -> bool:
    return _reach(kind, set())


def _reach(kind: object, seen: set[object]) -> bool:
    """Whether a type is, or has inside, what may be such a number, or is not known."""
    if kind in seen:
        return False
    seen.add(kind)
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
