"""Whether a value holds a float that JSON has no text for, sought where its types have room.

msgspec writes NaN and infinities as `null`; such a Decimal it refuses.
"""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import Enum
from functools import cache
from itertools import chain
from math import isfinite
from operator import attrgetter, methodcaller
from types import NoneType
from typing import Any, TypeAlias
from uuid import UUID

import msgspec
from msgspec import UnsetType

from .models import Model, UnknownProperties
from .shapes import is_array

_NONE = (str, int, Decimal, bytes, dt.date, dt.time, UUID, Enum, NoneType)
_ALSO = (UnsetType, UnknownProperties)


def may_hold_floats(value: object) -> bool:
    """Whether there may be such a number in a value, by its type or those of its items."""
    if not is_array(value):
        kind: object = type(value)
        return may_hold(kind)
    kinds: set[object] = {type(item) for item in value}
    return any(map(may_hold, kinds))


def is_finite(value: object) -> bool:
    """Whether no number in a value is NaN or infinite, if it is what its types say.

    Many values of one kind are looked into together, which Python does much faster than
    one by one: the items of a list, then a field of all of them.
    """
    pending: list[Sequence[object]] = [(value,)]
    while pending:
        values = pending.pop()
        kinds = {*map(_type, values)}
        for kind in kinds:
            look = look_of(kind)
            if look is None:
                continue
            same = [v for v in values if type(v) is kind] if len(kinds) > 1 else values
            inside = look(same)
            if inside is None:
                return False
            pending += inside
    return True


_type: Callable[[object], type] = type

Look: TypeAlias = Callable[[Sequence[Any]], Sequence[Sequence[object]] | None]
"""What is inside values of one kind; None if one of them is no finite number."""


@cache
def look_of(kind: type) -> Look | None:
    """How to look into values of a class; None if there is nothing to look for."""
    if kind is float:
        return lambda values: () if all(map(isfinite, values)) else None
    if kind in (list, tuple):
        return lambda values: (list(chain.from_iterable(values)),)
    if kind is dict:
        members = methodcaller("values")
        return lambda values: (list(chain.from_iterable(map(members, values))),)
    if not may_hold(kind):
        return None
    if not issubclass(kind, Model):
        return lambda values: () if all(map(_is_finite_throughout, values)) else None
    fields = [f.name for f in msgspec.structs.fields(kind) if may_hold(f.type)]
    reads = [attrgetter(name) for name in fields]
    return lambda values: [[*map(read, values)] for read in reads]


def _is_finite_throughout(value: object) -> bool:
    from .json_text import refuse_not_finite

    try:
        refuse_not_finite(value)
    except ValueError:
        return False
    return True


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
