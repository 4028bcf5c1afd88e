"""Points in time as HTTP writes them (RFC 9110, section 5.6.7)."""

from __future__ import annotations

import datetime as dt

# Not strftime: its names follow the locale of the process.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


def format_http_date(seconds: float) -> str:
    """A Unix time as IMF-fixdate: `Sun, 06 Nov 1994 08:49:37 GMT`."""
    at = dt.datetime.fromtimestamp(seconds, dt.UTC)
    return (
        f"{_DAYS[at.weekday()]}, {at.day:02} {_MONTHS[at.month - 1]} {at.year:04} "
        f"{at.hour:02}:{at.minute:02}:{at.second:02} GMT"
    )


def parse_http_date(text: str) -> float | None:
    """The Unix time of an HTTP-date in any of its three forms; None if it is no date."""
    from email.utils import parsedate_to_datetime

    try:
        at = parsedate_to_datetime(text)
        # The asctime form names no zone; every HTTP-date is in GMT.
        return (at if at.tzinfo else at.replace(tzinfo=dt.UTC)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def http_date(value: dt.datetime | None) -> str | None:
    """A datetime as IMF-fixdate, fractions of a second dropped; None stays None.

    Raises ValueError for a datetime without a time zone.
    """
    return None if value is None else format_http_date(with_zone(value).timestamp())


def with_zone(value: dt.datetime) -> dt.datetime:
    """The datetime itself.

    Raises ValueError if it has no time zone: whether it means local time or UTC would be
    a guess.
    """
    if value.tzinfo is None:
        raise ValueError(
            f"{value!r} has no time zone: use datetime.now(timezone.utc), for instance"
        )
    return value
