"""Unions of a string and a model, far from what is read, whose model is looked for once it comes.

For example `customer: str | Customer`: the Id of an object, or all of it where it was asked
for. An API whose objects refer to each other in this way hangs together as a whole, of
which an answer has little.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .hooks import convert
from .issue import Location, Report
from .shapes import STRING, JsonTypes, json_types


class ExpandableMeta(type):
    """The class of such unions."""

    if not TYPE_CHECKING:
        # msgspec asks it of what it was given: this way Python has no part in it.
        __instancecheck__ = object.__instancecheck__


class Expandable(metaclass=ExpandableMeta):
    """Such a union, made by `expandable`."""

    @staticmethod
    def find() -> object:
        """The model, ready to be read."""
        raise NotImplementedError

    @classmethod
    def __calque_options__(cls) -> tuple[object, ...]:
        return str, cls.find()

    @classmethod
    def __calque_json__(cls) -> JsonTypes:
        return STRING | json_types(cls.find())

    @classmethod
    def __calque_decode__(cls, value: object) -> object:
        return value if isinstance(value, str) else convert(value, cls.find())

    @classmethod
    def __calque_build__(cls, value: object, at: Location, report: Report) -> object:
        from .lenient import builder

        model: Any = cls.find()
        kind: object = str | model
        return builder(kind)(value, at, report)


def expandable(look: Callable[[], object]) -> type[Expandable]:
    """The union of a string and the model that is found so."""

    class Found(Expandable):
        @staticmethod
        def find() -> object:
            return look()

    return Found
