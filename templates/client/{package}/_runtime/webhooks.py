"""Webhooks: what the service sends on its own, as values of the types of this package."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar, cast

import msgspec

from .codec import decode_lenient
from .headers import Headers
from .issue import DecodeError, Issue
from .webhook_errors import WebhookPayloadError
from .webhook_signature import Secret, checked

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

TOLERANCE = 300.0
"""How many seconds old, or early, a webhook may be, unless it is said otherwise."""


class Delivery(msgspec.Struct, Generic[T_co], frozen=True, kw_only=True):
    """A webhook that was received and found genuine.

    `id` stays the same when the service sends it again: who has seen it need not act
    again. `headers` are those that came with it; `issues` lists where the payload
    departs from the API's description. `repr` shows neither the payload nor the headers.
    """

    payload: T_co
    id: str
    sent_at: dt.datetime
    headers: Headers = Headers()
    issues: tuple[Issue, ...] = ()

    def __repr__(self) -> str:
        return (
            f"Delivery(id={self.id!r}, sent_at={self.sent_at.isoformat()}, "
            f"issues={len(self.issues)}, payload=<{type(self.payload).__name__}>)"
        )


class Webhook(Generic[T]):
    """One webhook, or callback, of the service; `T` is what its body is read as.

    The type stands behind a function, so that no model is imported before it is needed.
    """

    __slots__ = ("_payload", "name")

    def __init__(self, *, name: str, payload: Callable[[], object]) -> None:
        self.name = name
        self._payload = payload

    def __repr__(self) -> str:
        return f"Webhook(name={self.name!r})"

    def unwrap(
        self,
        body: bytes | str,
        headers: Mapping[str, str],
        *,
        secret: Secret,
        tolerance: float = TOLERANCE,
        strict: bool = False,
        now: Callable[[], float] = time.time,
    ) -> T:
        """What a request to the address of the webhook carries, if its signature holds.

        `body` is the body as it came, not parsed and written anew. `secret` is that of the
        webhook, or a list while it is changed. `tolerance` is how many seconds old, or
        early, it may be by the clock `now`. What departs from the API's description is
        returned all the same, unless `strict`.

        Raises SignatureError where no signature holds, or it is too old;
        WebhookPayloadError for a body that can't be read; ConfigurationError for a
        secret that is none.
        """
        return self.receive(
            body,
            headers,
            secret=secret,
            tolerance=tolerance,
            strict=strict,
            now=now,
        ).payload

    def receive(
        self,
        body: bytes | str,
        headers: Mapping[str, str],
        *,
        secret: Secret,
        tolerance: float = TOLERANCE,
        strict: bool = False,
        now: Callable[[], float] = time.time,
    ) -> Delivery[T]:
        """As `unwrap`, with the id of the webhook, when it was sent, and its issues."""
        content = _content(body)
        signature = checked(content, headers, secret, tolerance=tolerance, now=now())
        payload, issues = self._read(content, strict)
        return Delivery(
            payload=payload,
            id=signature.id,
            sent_at=dt.datetime.fromtimestamp(signature.signed_at, dt.UTC),
            headers=Headers(headers),
            issues=issues,
        )

    def parse_unverified(self, body: bytes | str, *, strict: bool = False) -> T:
        """What a body says, whoever sent it.

        For services that sign in another way, which the caller has checked before.
        Raises WebhookPayloadError, as `unwrap` does.
        """
        return self._read(_content(body), strict)[0]

    def _read(self, content: bytes, strict: bool) -> tuple[T, tuple[Issue, ...]]:
        try:
            value, issues = decode_lenient(content, self._payload())
        except DecodeError as error:
            words = f"the body of {self.name!r} cannot be read as JSON"
            raise WebhookPayloadError(words, error.issues) from error
        if strict and issues:
            words = f"the body of {self.name!r} departs from its description"
            raise WebhookPayloadError(words, tuple(issues))
        # The package states T and the type of the payload side by side.
        return cast("T", value), tuple(issues)


def _content(body: bytes | str) -> bytes:
    return body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
