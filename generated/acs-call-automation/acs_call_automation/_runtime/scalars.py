"""Strings, numbers and members of enumerations, read leniently.

What JSON Schema accepts and msgspec does not (`1.0` as an integer) is accepted. A date-time
or base64 in a form that the API's description does not allow is read all the same, noted,
and written again as it was received.
"""

from __future__ import annotations

import datetime as dt
import typing
from contextlib import suppress
from decimal import Decimal
from math import isfinite
from uuid import UUID

import msgspec

from .enums import Growing, OpenIntEnum, OpenStrEnum, member_of
from .hooks import convert
from .issue import Location, Report
from .json_text import ExactNumber
from .received import read_bytes, read_date_time, remember
from .shapes import NULL, expected, json_type, json_types


def build_enum(
    kind: type[Growing], value: object, at: Location, report: Report
) -> object:
    """A member of an enumeration; a pseudo-member of an unknown value."""
    whole = _as_integer(kind, value)
    member = member_of(kind, value if whole is None else whole)
    if member is None or (whole is not None and report.exact):
        report.note(at, expected(json_types(kind), value))
        return value
    if not member.is_known and not issubclass(kind, OpenStrEnum | OpenIntEnum):
        report.note(at, f"unknown value {_shown(value)} of {kind.__name__}")
    return member


def build_scalar(kind: object, value: object, at: Location, report: Report) -> object:
    """A value that is not made of others; as it was sent, where it is not of its type."""
    with suppress(msgspec.ValidationError):
        return convert(value, kind)
    if isinstance(value, ExactNumber) and (kind is float or kind is Decimal):
        return _of_exact_number(kind, value, at, report)
    whole = _as_integer(kind, value)
    if whole is not None and not report.exact:
        with suppress(msgspec.ValidationError):
            return convert(whole, kind)
    report.note(at, _complaint(kind, value))
    return _repaired(kind, value)


def _as_integer(kind: object, value: object) -> int | None:
    """A number such as `1.0` where only integers are expected."""
    accepted = json_types(kind)
    if type(value) is not float or "integer" not in accepted or "number" in accepted:
        return None
    # Not int(value), which is another integer where the digits of a float end.
    return int(Decimal(repr(value))) if value.is_integer() else None


def _of_exact_number(
    kind: object, value: ExactNumber, at: Location, report: Report
) -> object:
    if kind is Decimal:
        with suppress(ArithmeticError):
            return Decimal(value.text)
    if not isfinite(value):
        report.note(at, f"number out of range: {_shown(value.text)}")
    return value


def _repaired(kind: object, value: object) -> object:
    """A value in a form that is understood though it is not the declared one."""
    with suppress(ValueError):
        if kind is dt.datetime and isinstance(value, str):
            return remember(read_date_time(value), value)
        if kind is bytes and isinstance(value, str):
            return remember(read_bytes(value), value)
    return value


def _complaint(kind: object, value: object) -> str:
    # That something may be null is never told.
    accepted = json_types(kind) - NULL or NULL
    if json_type(value) not in accepted:
        return expected(accepted, value)
    if typing.get_origin(kind) is typing.Literal:
        return f"unknown value {_shown(value)}, expected {_either(kind)}"
    name = next((name for known, name in _FORMATS if known is kind), "value")
    return f"not a valid {name}: {_shown(value)}"


def _either(kind: object) -> str:
    values = [repr(value) for value in typing.get_args(kind) if value is not None]
    return _shortened(" or ".join(values))


_FORMATS: tuple[tuple[object, str], ...] = (
    (dt.datetime, "date-time"),
    (dt.date, "date"),
    (dt.time, "time"),
    (dt.timedelta, "duration"),
    (UUID, "UUID"),
    (bytes, "base64 string"),
    (Decimal, "decimal number"),
    (float, "number"),
    (int, "integer"),
)


def _shown(value: object) -> str:
    """A value as it stands in a message."""
    return _shortened(repr(value))


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:56]}..."
