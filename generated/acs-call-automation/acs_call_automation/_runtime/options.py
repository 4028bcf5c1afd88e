"""What a caller may set: for a client, and again for a single call.

`RequestOptions` overrides the client's own settings for one call; what it does not name
stays as the client has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, TypedDict

import msgspec

from .headers import Headers, field_name, field_value

QueryValue: TypeAlias = (
    str | int | float | bool | list[str] | list[int] | list[float] | None
)
"""A value of a query parameter that the API does not declare; a list is repeated."""


class Timeout(msgspec.Struct, frozen=True, kw_only=True):
    """How long each step of one attempt may take, in seconds; None is without limit.

    `connect`: to open a connection, TLS included. `read` and `write`: for the next bytes
    to arrive or to leave. `pool`: for a connection to become free.
    """

    connect: float | None = 5.0
    read: float | None = 60.0
    write: float | None = 60.0
    pool: float | None = 60.0

    def clipped(self, limit: float | None) -> Timeout:
        """The same with no step longer than `limit` seconds."""
        if limit is None:
            return self
        return Timeout(
            connect=_smaller(self.connect, limit),
            read=_smaller(self.read, limit),
            write=_smaller(self.write, limit),
            pool=_smaller(self.pool, limit),
        )


DEFAULT_TIMEOUT = Timeout()
"""60 seconds, 5 to connect."""


class RequestOptions(TypedDict, total=False):
    """Settings of one call, each overriding the client's own.

    `timeout`: seconds, or a `Timeout`. `max_retries`: attempts after the first.
    `deadline`: seconds for the whole call, retries and pauses included, or None.
    `headers`: sent besides the operation's own, or in their place. `query`: likewise.
    `idempotency_key`: sent instead of the one made for this call. `strict_responses`:
    whether an answer that departs from the API's description is an error.
    """

    timeout: float | Timeout
    max_retries: int
    deadline: float | None
    headers: Mapping[str, str]
    query: Mapping[str, QueryValue]
    idempotency_key: str
    strict_responses: bool


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings in force: of a client, or of one call of it."""

    timeout: Timeout = DEFAULT_TIMEOUT
    max_retries: int = 2
    deadline: float | None = None
    headers: Headers = Headers()
    """The client's own: below the parameters of an operation."""
    call_headers: Headers = Headers()
    """Those of this one call: above everything."""
    query: Mapping[str, object] = {}
    idempotency_key: str | None = None
    strict_responses: bool = False
    keep_unknown: bool = False

    def overridden(self, options: RequestOptions | None) -> Settings:
        """These settings with the options of one call in their place.

        Raises TypeError for an option that does not exist, ValueError for a value that
        makes no sense.
        """
        if not options:
            return self
        _refuse_unknown(options)
        return Settings(
            timeout=as_timeout(options.get("timeout", self.timeout)),
            max_retries=as_count(options.get("max_retries", self.max_retries)),
            deadline=as_deadline(options.get("deadline", self.deadline)),
            headers=self.headers,
            call_headers=Headers(as_fields(options.get("headers", {}))),
            query=options.get("query", self.query),
            idempotency_key=options.get("idempotency_key", self.idempotency_key),
            strict_responses=options.get("strict_responses", self.strict_responses),
            keep_unknown=self.keep_unknown,
        )


def as_timeout(value: float | Timeout) -> Timeout:
    """A number of seconds limits every step, except that connecting has 5 seconds at most."""
    if isinstance(value, Timeout):
        for seconds in (value.connect, value.read, value.write, value.pool):
            _refuse_not_positive("timeout", seconds)
        return value
    _refuse_not_positive("timeout", value)
    return Timeout(connect=min(5.0, value), read=value, write=value, pool=value)


def as_count(value: int) -> int:
    """A number of retries. Raises ValueError if it is negative."""
    if value < 0:
        raise ValueError(f"max_retries must not be negative, and is {value!r}")
    return value


def as_deadline(value: float | None) -> float | None:
    """Seconds for a whole call. Raises ValueError if they are not positive."""
    _refuse_not_positive("deadline", value)
    return value


def as_fields(headers: Mapping[str, str]) -> dict[str, str]:
    """Header fields that a caller gave. Raises ValueError for one that HTTP forbids."""
    return {
        field_name(name): field_value(name, value) for name, value in headers.items()
    }


def _refuse_unknown(options: RequestOptions) -> None:
    known = RequestOptions.__annotations__
    for name in options:
        if name not in known:
            raise TypeError(
                f"{name!r} is not an option of a call; the options are {', '.join(known)}"
            )


def _refuse_not_positive(name: str, seconds: float | None) -> None:
    # Written so that NaN is refused too.
    if seconds is not None and not seconds > 0:
        raise ValueError(
            f"{name} must be a positive number of seconds, and is {seconds!r}"
        )


def _smaller(seconds: float | None, limit: float) -> float:
    return limit if seconds is None else min(seconds, limit)
