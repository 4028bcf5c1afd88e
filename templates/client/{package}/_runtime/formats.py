"""Formats of strings and numbers that msgspec does not know, and the types that they mean.

To a type checker each is a plain Python type, and so are its values. A property of such
a type belongs to a `FormattedModel` (see `formatted`), which writes it in its format.
What is read in an unusual form of a format is written again as it was received.
"""

from __future__ import annotations

import binascii
import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from .http_dates import http_date, parse_http_date
from .issue import Location, Report
from .received import Received, read_bytes, remember
from .shapes import NUMBER, STRING, JsonTypes, expected, json_type
from .spelled import PlainMeta


class Format(metaclass=PlainMeta):
    """A format: how values of a Python type are written as JSON strings or numbers."""

    plain: ClassVar[type]
    """The type of the values."""
    name: ClassVar[str]
    """The format in words."""
    json: ClassVar[JsonTypes]
    """The JSON types that it is written as."""

    @classmethod
    def read(cls, value: object) -> object:
        """The value that a JSON value means; ValueError if it is not of the format."""
        raise NotImplementedError

    @classmethod
    def write(cls, value: object) -> object:
        """A value in the usual form of the format."""
        raise NotImplementedError

    @classmethod
    def __calque_json__(cls) -> JsonTypes:
        return cls.json

    @classmethod
    def __calque_decode__(cls, value: object) -> object:
        read = cls.read(value)
        if cls.write(read) != value:
            raise ValueError(f"an unusual form of {cls.name}")
        return read

    @classmethod
    def __calque_build__(cls, value: object, at: Location, report: Report) -> object:
        try:
            read = cls.read(value)
        except ValueError:
            report.note(at, cls._complaint(value))
            # The same number without its quotes would get them when it is written.
            return remember(value, value) if type(value) is cls.plain else value
        return read if cls.write(read) == value else remember(read, value)

    @classmethod
    def _complaint(cls, value: object) -> str:
        if json_type(value) not in cls.json:
            return expected(cls.json, value)
        return f"not a valid {cls.name}"

    @classmethod
    def __calque_write__(cls, value: object) -> object:
        """What is written for the value of a property: a value of a wrong type as it is."""
        if isinstance(value, bool | Received) or not isinstance(value, cls.plain):
            return value
        return cls.write(value)


def _date_time(value: object) -> dt.datetime:
    """A point in time; ValueError if it depends on where one is."""
    if not isinstance(value, dt.datetime) or value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone: use datetime.now(timezone.utc)")
    return value


def _after_epoch(seconds: float) -> dt.datetime:
    try:
        return _EPOCH + dt.timedelta(seconds=seconds)
    except OverflowError:
        raise ValueError("beyond the years 1 to 9999") from None


class _HttpDate(Format):
    plain = dt.datetime
    name = "HTTP date"
    json = STRING

    @classmethod
    def read(cls, value: object) -> object:
        seconds = parse_http_date(value) if isinstance(value, str) else None
        if seconds is None:
            raise ValueError("no HTTP date")
        return _after_epoch(seconds)

    @classmethod
    def write(cls, value: object) -> object:
        return http_date(_date_time(value))


class _UnixTime(Format):
    plain = dt.datetime
    name = "Unix time"
    json = NUMBER

    @classmethod
    def read(cls, value: object) -> object:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError("no number")
        return _after_epoch(value)

    @classmethod
    def write(cls, value: object) -> object:
        seconds = (_date_time(value) - _EPOCH).total_seconds()
        return int(seconds) if seconds.is_integer() else seconds


class _Int64String(Format):
    plain = int
    name = "integer in a string"
    json = STRING

    @classmethod
    def read(cls, value: object) -> object:
        if not isinstance(value, str) or not _INTEGER.fullmatch(value):
            raise ValueError("no integer in a string")
        return int(value)

    @classmethod
    def write(cls, value: object) -> object:
        return str(value)


class _DecimalString(Format):
    plain = Decimal
    name = "decimal number in a string"
    json = STRING

    @classmethod
    def read(cls, value: object) -> object:
        if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
            raise ValueError("no decimal number in a string")
        try:
            return Decimal(value)
        except ArithmeticError:
            raise ValueError("a decimal number out of range") from None

    @classmethod
    def write(cls, value: object) -> object:
        return str(value)


class _Base64Url(Format):
    plain = bytes
    name = "base64url string"
    json = STRING

    @classmethod
    def read(cls, value: object) -> object:
        if not isinstance(value, str):
            raise ValueError("no string")
        return read_bytes(value)

    @classmethod
    def write(cls, value: object) -> object:
        data = value if isinstance(value, bytes) else b""
        text = binascii.b2a_base64(data, newline=False).decode()
        return text.translate(_TO_URL_ALPHABET).rstrip("=")


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_INTEGER = re.compile("[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_TO_URL_ALPHABET = str.maketrans("+/", "-_")


if TYPE_CHECKING:
    HttpDate: TypeAlias = dt.datetime
    """`http-date`, `date-time-rfc1123`: a string such as `Sun, 06 Nov 1994 08:49:37 GMT`."""
    UnixTime: TypeAlias = dt.datetime
    """`unixtime`: a number, the seconds since 1970-01-01T00:00Z."""
    Int64String: TypeAlias = int
    """`int64`, `uint64` of a string: an integer that JSON numbers might not hold."""
    DecimalString: TypeAlias = Decimal
    """`decimal` of a string. Of a number it is a Decimal, which needs nothing here."""
    Base64Url: TypeAlias = bytes
    """`base64url`: base64 with the alphabet of URLs and without padding."""
else:
    HttpDate = _HttpDate
    UnixTime = _UnixTime
    Int64String = _Int64String
    DecimalString = _DecimalString
    Base64Url = _Base64Url
