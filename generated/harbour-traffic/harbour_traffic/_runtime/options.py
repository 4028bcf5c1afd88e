"""What a caller may set: for a client, and again for a single call.

`RequestOptions` overrides the client's own settings for one call; what it does not name
stays as the client has it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias, TypedDict, Unpack, cast

import msgspec

from .headers import Headers, field_name, field_value

QueryValue: TypeAlias = (
    str | int | float | bool | list[str] | list[int] | list[float] | None
)
"""A value of a query parameter that the API does not declare; a list is repeated."""


UploadProgress: TypeAlias = Callable[[int, int | None], object]
"""Told how many bytes of a body were sent, and of how many; anew with each attempt."""


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


class ClientOptions(TypedDict, total=False):
    """Settings of a client: those of `RequestOptions` that make sense for all calls.

    `keep_unknown`: whether models keep the properties that the API does not declare.
    """

    timeout: float | Timeout
    max_retries: int
    deadline: float | None
    headers: Mapping[str, str] | None
    strict_responses: bool
    keep_unknown: bool
    follow_redirects: bool


class RequestOptions(TypedDict, total=False):
    """Settings of one call, each overriding the client's own.

    `timeout`: seconds, or a `Timeout`. `max_retries`: attempts after the first.
    `deadline`: seconds for the whole call, retries and pauses included, or None.
    `upload_progress`: told how many bytes of the body were sent, and of how many; None if
    nobody knows.
    `headers`: sent besides the operation's own, or in their place. `query`: likewise.
    `idempotency_key`: sent instead of the one made for this call. `strict_responses`:
    whether an answer that departs from the API's description is an error. `body`: members
    of a JSON object besides those of the body, or in their place. `base_url`: where this
    call goes. `follow_redirects`: whether it goes on where a redirect leads.
    """

    timeout: float | Timeout
    max_retries: int
    deadline: float | None
    headers: Mapping[str, str]
    query: Mapping[str, QueryValue]
    idempotency_key: str
    strict_responses: bool
    body: Mapping[str, object]
    base_url: str
    follow_redirects: bool
    upload_progress: UploadProgress


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
    follow_redirects: bool = False
    body: Mapping[str, object] = {}
    base_url: str | None = None
    upload_progress: UploadProgress | None = None

    def overridden(self, options: RequestOptions | None) -> Settings:
        """These settings with the options of one call in their place.

        Raises TypeError for an option that does not exist or is of another type,
        ValueError for a value that makes no sense.
        """
        if options is None:
            return self
        given = as_mapping("options", options)
        if not given:
            return self
        _refuse_unknown(given)
        return Settings(
            timeout=as_timeout(given.get("timeout", self.timeout)),
            max_retries=as_count(given.get("max_retries", self.max_retries)),
            deadline=as_deadline(given.get("deadline", self.deadline)),
            headers=self.headers,
            call_headers=Headers(as_fields(given.get("headers", {}))),
            query=as_mapping("query", given.get("query", self.query)),
            idempotency_key=_as_key(given.get("idempotency_key", self.idempotency_key)),
            strict_responses=as_flag(
                "strict_responses",
                given.get("strict_responses", self.strict_responses),
            ),
            keep_unknown=self.keep_unknown,
            follow_redirects=as_flag(
                "follow_redirects",
                given.get("follow_redirects", self.follow_redirects),
            ),
            body=as_mapping("body", given.get("body", self.body)),
            base_url=_as_url(given.get("base_url", self.base_url)),
            upload_progress=_as_progress(
                given.get("upload_progress", self.upload_progress)
            ),
        )


def client_settings(**given: Unpack[ClientOptions]) -> Settings:
    """The settings of a client.

    Raises TypeError for one of another type, ValueError for a value that makes no sense.
    """
    headers = given.get("headers")
    return Settings(
        timeout=as_timeout(given.get("timeout", DEFAULT_TIMEOUT)),
        max_retries=as_count(given.get("max_retries", 2)),
        deadline=as_deadline(given.get("deadline")),
        headers=Headers(as_fields({} if headers is None else headers)),
        strict_responses=as_flag(
            "strict_responses", given.get("strict_responses", False)
        ),
        keep_unknown=as_flag("keep_unknown", given.get("keep_unknown", False)),
        follow_redirects=as_flag(
            "follow_redirects", given.get("follow_redirects", False)
        ),
    )


def as_timeout(value: object) -> Timeout:
    """A number of seconds limits every step, except that connecting has 5 seconds at most.

    Raises TypeError for neither a number nor a Timeout, ValueError if it is not positive.
    """
    if isinstance(value, Timeout):
        for step in value.__struct_fields__:
            _seconds(f"timeout.{step}", getattr(value, step))
        return value
    seconds = _number_of_seconds("timeout", value, "a number of seconds or a Timeout")
    return Timeout(connect=min(5.0, seconds), read=seconds, write=seconds, pool=seconds)


def as_count(value: object) -> int:
    """A number of retries. Raises TypeError if it is none, ValueError if it is negative."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong_type("max_retries", "a number of retries, an int", value)
    if value < 0:
        raise ValueError(f"max_retries must not be negative, and is {value!r}")
    return value


def as_deadline(value: object) -> float | None:
    """Seconds for a whole call. Raises TypeError for no number, ValueError below zero."""
    return _seconds("deadline", value)


def as_fields(headers: object) -> dict[str, str]:
    """Header fields that a caller gave. Raises ValueError for one that HTTP forbids.

    TypeError for what is no mapping from str to str; the message keeps the value back.
    """
    fields: dict[str, str] = {}
    for name, value in as_mapping("headers", headers).items():
        if not isinstance(value, str):
            raise _wrong_type(f"headers: the value of {name!r}", "a str", value)
        fields[field_name(name)] = field_value(name, value)
    return fields


def as_mapping(name: str, value: object) -> Mapping[str, object]:
    """An argument that is a mapping by names. Raises TypeError if it is none."""
    if not isinstance(value, Mapping):
        raise _wrong_type(name, "a mapping such as a dict", value)
    mapping = cast("Mapping[object, object]", value)
    for key in mapping:
        if not isinstance(key, str):
            raise _wrong_type(f"{name}: the name {key!r}", "a str", key)
    return cast("Mapping[str, object]", mapping)


def as_flag(name: str, value: object) -> bool:
    """An argument that is True or False. Raises TypeError if it is neither."""
    if not isinstance(value, bool):
        raise _wrong_type(name, "True or False", value)
    return value


def _as_key(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise _wrong_type("idempotency_key", "a str", value)
    return value


def _as_url(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise _wrong_type("base_url", "a str", value)
    return value


def _as_progress(value: object) -> UploadProgress | None:
    if value is not None and not callable(value):
        raise _wrong_type("upload_progress", "a function", value)
    return cast("UploadProgress | None", value)


def _refuse_unknown(options: Mapping[str, object]) -> None:
    known = RequestOptions.__annotations__
    for name in options:
        if name not in known:
            raise TypeError(
                f"{name!r} is not an option of a call; the options are {', '.join(known)}"
            )


def _seconds(name: str, value: object) -> float | None:
    takes = "a number of seconds or None"
    return None if value is None else _number_of_seconds(name, value, takes)


def _number_of_seconds(name: str, value: object, takes: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise _wrong_type(name, takes, value)
    # Written so that NaN is refused too.
    if not value > 0:
        raise ValueError(
            f"{name} must be a positive number of seconds, and is {value!r}"
        )
    return value


def _wrong_type(name: str, takes: str, value: object) -> TypeError:
    # Not the value: it may be a secret.
    return TypeError(
        f"{name} takes {takes}, not a value of type {type(value).__name__}"
    )


def _smaller(seconds: float | None, limit: float) -> float:
    return limit if seconds is None else min(seconds, limit)
