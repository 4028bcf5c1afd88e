"""Models as a type checker would not have them: with values that their fields forbid."""

from __future__ import annotations

from typing import TypeVar, cast

T = TypeVar("T")


def get(value: object, *names: str) -> object:
    """What an attribute holds, or the attributes of an attribute."""
    for name in names:
        value = getattr(value, name)
    return value


def make(model: type[T], fields: dict[str, object]) -> T:
    """A model of fields that are known by name only."""
    return model(**fields)


def first(value: object) -> object:
    """The first item of a list."""
    return cast("list[object]", value)[0]
