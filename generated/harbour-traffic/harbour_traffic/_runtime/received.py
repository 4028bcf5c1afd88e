"""Values that were received in an unusual form, and remember it to be written in it again.

Each is of the plain Python type that its property has; what is calculated from it is
written in the usual form.
"""

from __future__ import annotations

import binascii
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID


class Received:
    """What the classes below share."""

    received: object = None
    """The JSON value that was read."""

    def __calque_plain__(self) -> object:
        """The same value without a memory."""
        raise NotImplementedError

    def __calque_encode__(self) -> object:
        return self.__calque_plain__() if self.received is None else self.received

    def __reduce_ex__(
        self, protocol: object
    ) -> tuple[Callable[[object, object], object], tuple[object, object]]:
        return remember, (self.__calque_plain__(), self.received)


class ReceivedInt(Received, int):
    """An integer, read from something else than its usual form."""

    def __calque_plain__(self) -> int:
        return int(self)


class ReceivedDecimal(Received, Decimal):
    """A decimal number, read from something else than its usual form."""

    def __calque_plain__(self) -> Decimal:
        return Decimal(self)


class ReceivedBytes(Received, bytes):
    """Bytes, read from something else than their usual form."""

    def __calque_plain__(self) -> bytes:
        return bytes(self)


class ReceivedDateTime(Received, dt.datetime):
    """A date-time, read from something else than its usual form."""

    def __calque_plain__(self) -> dt.datetime:
        return dt.datetime.combine(self.date(), self.timetz())


class ReceivedTime(Received, dt.time):
    """A time of day, read from something else than its usual form."""

    def __calque_plain__(self) -> dt.time:
        return dt.time.fromisoformat(self.isoformat())


class ReceivedUUID(Received):
    """A UUID, read from something else than its usual form.

    Of no class that derives from UUID, which msgspec would write in the usual form; to
    `isinstance` it is a UUID all the same.
    """

    def __init__(self, plain: UUID) -> None:
        self._plain = plain

    if not TYPE_CHECKING:

        @property
        def __class__(self) -> type:
            return UUID

        def __getattr__(self, name):
            # Copying asks for special methods before there is anything to ask.
            if name.startswith("_"):
                raise AttributeError(name)
            return getattr(self._plain, name)

    def __calque_plain__(self) -> UUID:
        return self._plain

    def __eq__(self, other: object) -> bool:
        return self._plain == other

    def __lt__(self, other: UUID) -> bool:
        return self._plain < other

    def __gt__(self, other: UUID) -> bool:
        return self._plain > other

    def __le__(self, other: UUID) -> bool:
        return self._plain <= other

    def __ge__(self, other: UUID) -> bool:
        return self._plain >= other

    def __hash__(self) -> int:
        return hash(self._plain)

    def __int__(self) -> int:
        return int(self._plain)

    def __str__(self) -> str:
        return str(self._plain)

    def __repr__(self) -> str:
        return repr(self._plain)


def remember(value: object, received: object) -> object:
    """A value with the memory of what it was read from."""
    kept: Received
    match value:
        case int():
            kept = ReceivedInt(value)
        case Decimal():
            kept = ReceivedDecimal(value)
        case bytes():
            kept = ReceivedBytes(value)
        case dt.datetime():
            kept = ReceivedDateTime.combine(value.date(), value.timetz())
        case dt.time():
            kept = ReceivedTime.fromisoformat(value.isoformat())
        case UUID():
            kept = ReceivedUUID(value)
        case _:
            return value
    kept.received = received
    return kept


def read_bytes(text: str) -> bytes:
    """Base64 of either alphabet (RFC 4648, sections 4 and 5), padded or not.

    White space is skipped (RFC 2045). ValueError for anything else.
    """
    packed = "".join(text.split()).rstrip("=").translate(_FROM_URL_ALPHABET)
    padding = "=" * (-len(packed) % 4)
    return binascii.a2b_base64(packed + padding, strict_mode=True)


_FROM_URL_ALPHABET = str.maketrans("-_", "+/")


def read_date_time(text: str) -> dt.datetime:
    """A date-time of ISO 8601 or RFC 5322, however incomplete; ValueError for no date."""
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return _read_mail_date(text)


def _read_mail_date(text: str) -> dt.datetime:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text)
    except (TypeError, IndexError, OverflowError):
        raise ValueError("no date") from None
