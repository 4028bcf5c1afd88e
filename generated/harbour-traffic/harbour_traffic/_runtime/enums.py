"""Enumerations whose values may grow: members known when this package was made, and others.

An *open* enumeration takes any value (an extensible enumeration of the API). A *closed*
one does not, but what a server sends is kept all the same: reading an answer leniently
gives a pseudo-member and reports it. A pseudo-member equals its value, is encoded as
it, and is never stored, so no table grows with what servers send.
"""

from __future__ import annotations

from enum import Enum, IntEnum, StrEnum
from typing import Self, TypeVar

E = TypeVar("E", bound="Growing")


class Growing(Enum):
    """What all four kinds share."""

    @property
    def is_known(self) -> bool:
        """Whether the API's description names this value."""
        return self._value_ in type(self)._value2member_map_

    @classmethod
    def __calque_unknown__(cls, value: object) -> Self | None:
        """The pseudo-member of a value; None if it is not of the members' type."""
        raise NotImplementedError

    def __repr__(self) -> str:
        name = type(self).__name__
        return f"{name}.{self._name_}" if self.is_known else f"{name}({self._value_!r})"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    # Not the call of the class, which refuses unknown values when it is closed.
    def __reduce_ex__(self, protocol: object) -> tuple[object, ...]:
        return member_of, (type(self), self._value_)


class _Text(Growing, StrEnum):
    @classmethod
    def __calque_unknown__(cls, value: object) -> Self | None:
        if type(value) is not str:
            return None
        member = str.__new__(cls, value)
        member._name_ = member._value_ = value
        return member


class _Integer(Growing, IntEnum):
    @classmethod
    def __calque_unknown__(cls, value: object) -> Self | None:
        if type(value) is not int:
            return None
        member = int.__new__(cls, value)
        member._name_ = str(value)
        member._value_ = value
        return member


class ClosedStrEnum(_Text):
    """Strings, of which the API's description names every one."""


class ClosedIntEnum(_Integer):
    """Integers, of which the API's description names every one."""


class OpenStrEnum(_Text):
    """Strings, of which the API's description names the usual ones."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return cls.__calque_unknown__(value)


class OpenIntEnum(_Integer):
    """Integers, of which the API's description names the usual ones."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return cls.__calque_unknown__(value)


def member_of(enumeration: type[E], value: object) -> E | None:
    """The member of a value, or its pseudo-member; None if it is not of their type."""
    if isinstance(value, str | int):
        known = enumeration._value2member_map_.get(value)
        # 1 is True to a dict, but not to JSON.
        if isinstance(known, enumeration) and type(known.value) is type(value):
            return known
    return enumeration.__calque_unknown__(value)
