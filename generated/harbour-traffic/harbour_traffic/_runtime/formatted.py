"""Models with properties in formats of `formats`: how their values find their format.

The values are plain: a date-time does not know that it is to be written as a Unix time,
and should not, since it may be given to another property. The model knows.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

import msgspec
from msgspec import field

from .models import Model
from .shapes import is_object, is_union
from .variants import classes

Write: TypeAlias = Callable[[object], object]
"""What is written for a value."""


class _Formatted:
    """What stands in formatted models to stop msgspec, which does not know the formats."""

    def __reduce__(self) -> str:
        return "_FORMATTED"


_FORMATTED = _Formatted()


class FormattedModel(Model, kw_only=True, omit_defaults=False):
    """An object of the API of which a property has a format that msgspec does not know."""

    # Never omitted, so always met before anything is written in a wrong format.
    if not TYPE_CHECKING:
        _formatted: _Formatted = field(default=_FORMATTED, name="\ufdd1")

    def __calque_properties__(self) -> dict[str, object]:
        writes = _writes(type(self))
        return {
            wire: writes[wire](value) if wire in writes else value
            for wire, value in Model.__calque_properties__(self).items()
        }

    @classmethod
    def __calque_written__(cls, value: object, kind: object) -> object:
        return written(value, kind)


def written(value: object, kind: object) -> object:
    """What `encode` is to be given for a value of a type, where no model tells it.

    For example for a body that is a list of Unix times.
    """
    write = _write(kind)
    return value if write is None else write(value)


@cache
def _writes(model: type[Model]) -> dict[str, Write]:
    """How those properties of a model are written that are not written as they are."""
    return {
        field.encode_name: write
        for field in msgspec.structs.fields(model)
        if (write := _write(field.type)) is not None
    }


@cache
def _write(kind: object) -> Write | None:
    """How values of a type are written, None if as they are."""
    own: Write | None = getattr(kind, "__calque_write__", None)
    if own is not None:
        return own
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return _write(arguments[0])
    if origin is list or (origin is tuple and arguments[-1] is ...):
        item = _write(arguments[0])
        return None if item is None else partial(_write_items, item)
    if origin is tuple:
        writes = [_write(argument) for argument in arguments]
        return partial(_write_row, writes) if any(writes) else None
    if origin is dict:
        member = _write(arguments[1])
        return None if member is None else partial(_write_dict, member)
    return _write_of_union(kind, arguments if is_union(origin) else ())


def _write_of_union(kind: object, arguments: tuple[object, ...]) -> Write | None:
    variants: Callable[[], tuple[object, ...]] | None = getattr(
        kind, "__calque_variants__", None
    )
    kinds = arguments if variants is None else variants()
    writes = [(classes(each), write) for each in kinds if (write := _write(each))]
    return partial(_write_variant, writes) if writes else None


def _write_items(item: Write, value: object) -> object:
    return [item(each) for each in value] if _is_sequence(value) else value


def _write_row(writes: list[Write | None], value: object) -> object:
    if not _is_sequence(value):
        return value
    pairs = zip_longest(writes[: len(value)], value)
    return [each if write is None else write(each) for write, each in pairs]


def _is_sequence(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, list | tuple)


def _write_dict(member: Write, value: object) -> object:
    if not is_object(value):
        return value
    return {name: member(each) for name, each in value.items()}


def _write_variant(
    writes: list[tuple[tuple[type, ...], Write]], value: object
) -> object:
    for kinds, write in writes:
        if isinstance(value, kinds):
            return write(value)
    return value
