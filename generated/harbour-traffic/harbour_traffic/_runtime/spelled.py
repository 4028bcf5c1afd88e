"""Values that several texts mean: date-times, times, UUIDs and bytes.

msgspec reads each such text and writes one of them: `12:00:00.5Z` becomes
`12:00:00.500000Z`, an upper-case UUID lower case, base64 whose last bits mean nothing has
zeros there. What was received is written again as it was. To a type checker the types here are plain Python types, and so are the values.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, ClassVar, TypeAlias
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


def _read_date_time(value: object) -> object:
    """A date-time; the usual spellings in UTC without msgspec, which takes longer from here."""
    if type(value) is str:
        if value[7::3] == "-T::Z":
            read = _from_text(value)
            # To some versions of Python 24:00 is a time of day.
            if read.hour or value[11] == "0":
                return read
        elif value[7:20:3] == "-T::." and value[11:13] != "24" and _ends_early(value):
            return _read_fractional(value)
    return _exactly(_DateTime, value)


def _ends_early(text: str) -> bool:
    """Whether a date-time in UTC has a fraction of no more digits than Python keeps."""
    return 21 < len(text) < 28 and text[-1] == "Z"


def _read_fractional(text: str) -> dt.datetime:
    if len(text) == 27:
        read = _from_text(text)
        if read.microsecond:
            return read
    kept = ReceivedDateTime.fromisoformat(text)
    kept.received = text
    return kept


_from_text = dt.datetime.fromisoformat


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
