"""Values that several texts mean: date-times, times, UUIDs and bytes.

msgspec reads each such text and writes one of them: `12:00:00.5Z` becomes
`12:00:00.500000Z`, an upper-case UUID lower case, base64 whose last bits mean nothing has
zeros there. What was received is written again as it was. To a type checker the types
here are plain Python types, and so are the values.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias
from uuid import UUID

import msgspec

from .hooks import convert
from .issue import Location, Report
from .received import ReceivedDateTime, remember
from .scalars import build_scalar
from .shapes import STRING, JsonTypes


class PlainMeta(type):
    """The class of types whose instances are those of a plain Python type."""

    plain: type

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, cls.plain)


class Spelled(metaclass=PlainMeta):
    """A type whose values remember the text that they were read from, if it is unusual."""

    plain: ClassVar[type]
    """The type of the values."""

    @classmethod
    def usual(cls, value: object) -> object:
        """A JSON value in a form that msgspec reads, where it would refuse it."""
        return value

    @classmethod
    def __calque_json__(cls) -> JsonTypes:
        return STRING

    @classmethod
    def __calque_decode__(cls, value: object) -> object:
        return _exactly(cls, value)

    @classmethod
    def __calque_build__(cls, value: object, at: Location, report: Report) -> object:
        read = build_scalar(cls.plain, cls.usual(value), at, report)
        return _remembering(read, value) if type(read) is cls.plain else read


_LAST = "9999-12-31"
_BEYOND = re.compile(r"(?<=\.[0-9]{6})[0-9]+")


def _exactly(kind: type[Spelled], value: object) -> object:
    return _remembering(convert(kind.usual(value), kind.plain), value)


def _remembering(read: object, value: object) -> object:
    return read if msgspec.to_builtins(read) == value else remember(read, value)


def _read_date_time(value: Any) -> object:
    """A date-time; the usual spellings in UTC without msgspec, which takes longer from here."""
    try:
        if value[_SIGNS] == "-T::Z":
            return _from_text(value)
        if value[7:20:3] == "-T::." and value[11:13] != "24" and _ends_early(value):
            return _read_fractional(value)
    except _NO_TEXT:
        return _exactly(_DateTime, value)
    return _exactly(_DateTime, value)


_SIGNS = slice(7, None, 3)
"""Where a date-time in UTC without a fraction has its signs, all but one."""

_NO_TEXT = (TypeError, KeyError)
"""What it is to ask another JSON value than a string for a part of it."""


def _ends_early(text: str) -> bool:
    """Whether a date-time in UTC has a fraction of no more digits than Python keeps."""
    return 21 < len(text) < 28 and text[-1] == "Z"


def _read_fractional(text: str) -> dt.datetime:
    if len(text) == 27:
        read = dt.datetime.fromisoformat(text)
        if read.microsecond:
            return read
    kept = ReceivedDateTime.fromisoformat(text)
    kept.received = text
    return kept


def _within_a_day(text: str) -> dt.datetime:
    """A date-time; to RFC 3339 no day has an hour 24."""
    if text[11:13] == "24":
        raise ValueError("hour must be in 0..23")
    return dt.datetime.fromisoformat(text)


_from_text: Callable[[str], dt.datetime] = dt.datetime.fromisoformat
with suppress(ValueError):
    _from_text("2000-01-01T24:00:00Z")
    _from_text = _within_a_day  # This version of Python reads it.


class _DateTimeMeta(PlainMeta):
    if not TYPE_CHECKING:
        # msgspec asks it of every value: this way Python has no part in it.
        __instancecheck__ = dt.datetime.__instancecheck__


class _DateTime(Spelled, metaclass=_DateTimeMeta):
    plain = dt.datetime

    if not TYPE_CHECKING:
        __calque_decode__ = staticmethod(_read_date_time)

    @classmethod
    def usual(cls, value: object) -> object:
        # Rounded up to microseconds it would be in the year 10000.
        if isinstance(value, str) and value.startswith(_LAST):
            return _BEYOND.sub("", value)
        return value


class _Time(Spelled):
    plain = dt.time


def _read_uuid(value: object) -> object:
    read = msgspec.convert(value, UUID)
    if isinstance(value, str) and len(value) == 36 and value.lower() == value:
        return read
    return remember(read, value)


class _UuidMeta(PlainMeta):
    if not TYPE_CHECKING:
        __instancecheck__ = UUID.__instancecheck__


class _Uuid(Spelled, metaclass=_UuidMeta):
    plain = UUID

    if not TYPE_CHECKING:
        __calque_decode__ = staticmethod(_read_uuid)


class _Base64(Spelled):
    plain = bytes


if TYPE_CHECKING:
    DateTime: TypeAlias = dt.datetime
    """`date-time` (RFC 3339)."""
    Time: TypeAlias = dt.time
    """`time` (RFC 3339)."""
    Uuid: TypeAlias = UUID
    """`uuid` (RFC 9562)."""
    Base64: TypeAlias = bytes
    """`byte`, `base64` (RFC 4648, section 4)."""
else:
    DateTime = _DateTime
    Time = _Time
    Uuid = _Uuid
    Base64 = _Base64
