"""HTTP fields: names without case, values that may repeat, and which of them may be shown.

Only the fields of an allow-list are shown in logs and in `repr`: a field that nobody
thought of may be a secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

REDACTED = "[redacted]"

# RFC 9110, section 5.6.2: a field name is a token.
_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
# RFC 9110, section 5.5: CR, LF and NUL are dangerous in a value, the other control
# characters are invalid; the tab is white space.
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")

_SHOWN = frozenset(
    {
        "accept",
        "accept-encoding",
        "accept-language",
        "accept-ranges",
        "age",
        "allow",
        "apim-request-id",
        "cache-control",
        "connection",
        "content-encoding",
        "content-language",
        "content-length",
        "content-range",
        "content-type",
        "date",
        "deprecation",
        "etag",
        "expires",
        "host",
        "idempotency-key",
        "if-match",
        "if-modified-since",
        "if-none-match",
        "if-unmodified-since",
        "keep-alive",
        "last-modified",
        "preference-applied",
        "prefer",
        "ratelimit",
        "ratelimit-limit",
        "ratelimit-policy",
        "ratelimit-remaining",
        "ratelimit-reset",
        "repeatability-first-sent",
        "repeatability-request-id",
        "repeatability-result",
        "request-id",
        "retry-after",
        "retry-after-ms",
        "server",
        "strict-transport-security",
        "sunset",
        "traceparent",
        "transfer-encoding",
        "user-agent",
        "vary",
        "via",
        "warning",
        "www-authenticate",
        "x-amzn-requestid",
        "x-correlation-id",
        "x-content-type-options",
        "x-ms-client-request-id",
        "x-ms-content-sha256",
        "x-ms-date",
        "x-ms-error-code",
        "x-ms-request-id",
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "x-request-id",
    }
)


def field_name(name: str) -> str:
    """The name itself.

    Raises ValueError if it is not a token (RFC 9110, section 5.1).
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not a valid header name")
    return name


def field_value(name: str, value: str) -> str:
    """The value without the white space around it, which is no part of a field value.

    Raises ValueError if a control character is in it; the message keeps the value back.
    """
    value = value.strip(" \t")
    if _CONTROL.search(value):
        raise ValueError(
            f"the value of header {name!r} holds a control character, such as a line break"
        )
    return value


class Headers(Mapping[str, str]):
    """The header fields of a request or of an answer; names are compared without case.

    A mapping from a name to its value, several values joined by `, ` (RFC 9110,
    section 5.2); `get_list` keeps them apart. `repr` shows the values of well-known
    harmless fields only.
    """

    __slots__ = ("_fields",)

    def __init__(
        self, fields: Mapping[str, str] | Iterable[tuple[str, str]] = ()
    ) -> None:
        pairs: Iterable[tuple[str, str]]
        if isinstance(fields, Mapping):
            pairs = cast("Mapping[str, str]", fields).items()
        else:
            pairs = fields
        self._fields: tuple[tuple[str, str], ...] = tuple(pairs)

    def __getitem__(self, name: str) -> str:
        values = self.get_list(name)
        if not values:
            raise KeyError(name)
        return ", ".join(values)

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        wanted = name.lower()
        return any(key.lower() == wanted for key, _ in self._fields)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(key.lower() for key, _ in self._fields))

    def __len__(self) -> int:
        return len({key.lower() for key, _ in self._fields})

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mapping):
            return NotImplemented
        pairs = cast("Mapping[object, object]", other).items()
        theirs = {str(key).lower(): value for key, value in pairs}
        return {key: self[key] for key in self} == theirs

    def __hash__(self) -> int:
        return hash(frozenset((key, self[key]) for key in self))

    def __repr__(self) -> str:
        return f"Headers({self.shown()!r})"

    def __reduce__(self) -> tuple[type[Headers], tuple[tuple[tuple[str, str], ...]]]:
        return Headers, (self._fields,)

    def get_list(self, name: str) -> list[str]:
        """Every value of a field in the order received, not split at commas."""
        wanted = name.lower()
        return [value for key, value in self._fields if key.lower() == wanted]

    def multi_items(self) -> tuple[tuple[str, str], ...]:
        """Each field line as it was written: name and value, repeated names apart."""
        return self._fields

    def replaced(self, fields: Mapping[str, str]) -> Headers:
        """These fields with others put in their place, or added."""
        if not fields:
            return self
        new = {key.lower() for key in fields}
        kept = [pair for pair in self._fields if pair[0].lower() not in new]
        return Headers([*kept, *fields.items()])

    def harmless(self) -> Headers:
        """Only the fields whose values are known to be no secrets."""
        return Headers([pair for pair in self._fields if pair[0].lower() in _SHOWN])

    def shown(self) -> dict[str, str]:
        """What may be logged: each field, its value redacted unless it is known harmless."""
        return {key: self[key] if key in _SHOWN else REDACTED for key in self}


def merged(*sources: Mapping[str, str | None]) -> Headers:
    """The fields of all sources; of one named twice, the last. None is no field."""
    fields: dict[str, tuple[str, str]] = {}
    for source in sources:
        for name, value in source.items():
            if value is not None:
                fields[name.lower()] = name, value
    return Headers(fields.values())


# In the order of preference: a service's own name before the usual one before proxies'.
_REQUEST_IDS = (
    "x-ms-request-id",
    "x-request-id",
    "request-id",
    "x-amzn-requestid",
    "apim-request-id",
    "x-correlation-id",
)


def request_id_of(headers: Headers) -> str | None:
    """What the service calls this request, for its support to look it up."""
    names = {name.lower() for name, _ in headers.multi_items()}
    found = (headers[name] for name in _REQUEST_IDS if name in names)
    return next((value for value in found if value), None)
