"""How tokens are bought at a token endpoint, kept, and renewed in time (RFC 6749)."""

from __future__ import annotations

from collections.abc import Generator
from typing import Protocol
from urllib.parse import urlencode, urljoin

import msgspec

from .effects import Effect, Enter, Outcome, Sleep, answered
from .errors import (
    AnsweredError,
    ApiConnectionError,
    ApiError,
    ApiTimeoutError,
    SentRequest,
    reason_phrase,
)
from .gate import Gate
from .headers import Headers
from .json_values import as_object
from .request import RawResponse, Request
from .retries import Situation, retry_delay
from .token_source import Asking

LEEWAY = 60.0
"""Seconds before its end from which a token is renewed; half its life if that is less."""


class TokenError(AnsweredError):
    """The token endpoint gave no token.

    `code` and `message` are its own, such as `invalid_client` (RFC 6749, section 5.2).
    """

    def __init__(
        self, message: str, *, response: RawResponse, code: str | None = None
    ) -> None:
        super().__init__(message, response=response)
        self.code: str | None = code

    def _summary(self) -> str:
        status = f"{self.status} {reason_phrase(self.status)}".rstrip()
        said = (f"no token: {status}", self.code, self.message)
        return ": ".join(part for part in said if part)


class Endpoint(msgspec.Struct, frozen=True):
    """Where tokens are bought; `discovered`: where a description says where that is."""

    url: str
    discovered: bool = False


class Purchase(msgspec.Struct, frozen=True):
    """What is sent for a token: a form and header fields."""

    form: dict[str, str]
    fields: dict[str, str]
    safe_to_repeat: bool


class Buyer(Protocol):
    """What is exchanged for tokens."""

    def purchase(self, scopes: tuple[str, ...]) -> Purchase:
        """What to send for a token of these scopes."""
        ...

    def renewed(self, refresh_token: str) -> None:
        """Learns of a refresh token that came with a token."""
        ...


class _Held(msgspec.Struct, frozen=True):
    """A token, when to renew it, and when it ends, by the monotonic clock."""

    text: str
    renew: float | None = None
    ends: float | None = None


class Tokens:
    """The tokens of one client, one for each set of scopes, bought one at a time."""

    __slots__ = ("_buyer", "_endpoint", "_gate", "_held", "_url")

    def __init__(self, buyer: Buyer, endpoint: Endpoint) -> None:
        self._buyer = buyer
        self._endpoint = endpoint
        self._url = None if endpoint.discovered else endpoint.url
        self._gate = Gate()
        self._held: dict[frozenset[str], _Held] = {}

    def token(self, asking: Asking) -> Generator[Effect, Outcome, str]:
        """See `TokenSource`."""
        now = asking.clock.monotonic
        held = self._fitting(asking.scopes, now())
        if held is not None:
            return held.text
        yield Enter(self._gate, asking.time_left)
        try:
            # Whoever was here before may have bought it.
            held = self._fitting(asking.scopes, now())
            if held is None:
                held = yield from self._renewed(asking)
            return held.text
        finally:
            self._gate.leave()

    @property
    def url(self) -> str:
        """See `TokenSource`."""
        return self._endpoint.url

    def forget(self, request: Request) -> None:
        """See `TokenSource`."""
        field = request.headers.get("authorization")
        for scopes, held in list(self._held.items()):
            if field == f"Bearer {held.text}":
                self._held.pop(scopes, None)

    def _fitting(self, scopes: tuple[str, ...], now: float) -> _Held | None:
        """A token for at least these scopes that need not be renewed."""
        wanted = frozenset(scopes)
        for bought, held in list(self._held.items()):
            if wanted <= bought and (held.renew is None or now < held.renew):
                return held
        return None

    def _renewed(self, asking: Asking) -> Generator[Effect, Outcome, _Held]:
        scopes = frozenset(asking.scopes)
        old = self._held.get(scopes)
        try:
            held = yield from self._bought(asking)
        except (ApiConnectionError, ApiTimeoutError):
            now = asking.clock.monotonic()
            if old is None or old.ends is None or now >= old.ends:
                raise
            return old
        self._held[scopes] = held
        return held

    def _bought(self, asking: Asking) -> Generator[Effect, Outcome, _Held]:
        if self._url is None:
            self._url = yield from _discovered(self._endpoint.url, asking)
        purchase = self._buyer.purchase(asking.scopes)
        request = Request(
            method="POST",
            url=self._url,
            headers=Headers(
                {
                    "User-Agent": asking.user_agent,
                    "Accept": "application/json",
                    "Content-Type": "application/x-www-form-urlencoded",
                    **purchase.fields,
                }
            ),
            content=urlencode(purchase.form).encode("ascii"),
            timeout=asking.timeout,
        )
        asked = asking.clock.monotonic()
        answer = yield from _answer(request, purchase.safe_to_repeat, asking)
        try:
            held, refresh_token = _read(answer, asked)
        except ApiError as error:
            error.request = SentRequest.of(request)
            raise
        if refresh_token is not None:
            self._buyer.renewed(refresh_token)
        return held


def _discovered(url: str, asking: Asking) -> Generator[Effect, Outcome, str]:
    """The token endpoint of an OpenID provider (OpenID Connect Discovery 1.0)."""
    fields = {"User-Agent": asking.user_agent, "Accept": "application/json"}
    request = Request(
        method="GET", url=url, headers=Headers(fields), timeout=asking.timeout
    )
    answer = yield from _answer(request, True, asking)
    found = _members(answer).get("token_endpoint")
    if answer.status != 200 or not isinstance(found, str):
        error = TokenError("the description names no token_endpoint", response=answer)
        error.request = SentRequest.of(request)
        raise error
    return urljoin(url, found)


def _answer(
    request: Request, safe_to_repeat: bool, asking: Asking
) -> Generator[Effect, Outcome, RawResponse]:
    """The answer of the token endpoint, asked again as operations are."""
    retries = 0
    while True:
        outcome = yield from answered(request.within(asking.time_left))
        situation = Situation(
            method=request.method,
            repeatable=safe_to_repeat,
            retries=retries,
            max_retries=asking.max_retries,
            time_left=asking.time_left,
            window_left=None,
            now=asking.clock.time(),
            chance=asking.clock.chance(),
        )
        delay = retry_delay(outcome, situation)
        if delay is None:
            break
        retries += 1
        yield Sleep(delay)
    if isinstance(outcome, RawResponse):
        return outcome
    outcome.request = SentRequest.of(request)
    outcome.attempts = retries + 1
    raise outcome


def _read(answer: RawResponse, asked: float) -> tuple[_Held, str | None]:
    """The token of an answer, and the refresh token if one came with it.

    Raises TokenError for an answer without a bearer token.
    """
    members = _members(answer)
    token, kind = members.get("access_token"), members.get("token_type", "bearer")
    if not 200 <= answer.status < 300 or not isinstance(token, str) or not token:
        code, said = members.get("error"), members.get("error_description")
        raise TokenError(
            said if isinstance(said, str) else "",
            response=answer,
            code=code if isinstance(code, str) else None,
        )
    if str(kind).lower() != "bearer":
        raise TokenError(f"its type is {kind!r}, not bearer", response=answer)
    refresh_token = members.get("refresh_token")
    life = _seconds(members.get("expires_in"))
    held = _Held(token)
    if life is not None:
        renew = asked + life - min(LEEWAY, life / 2)
        held = _Held(token, renew=renew, ends=asked + life)
    return held, refresh_token if isinstance(refresh_token, str) else None


def _members(answer: RawResponse) -> dict[str, object]:
    try:
        body: object = msgspec.json.decode(answer.content)
    except (msgspec.DecodeError, RecursionError):
        return {}
    return as_object(body) or {}


def _seconds(value: object) -> float | None:
    """A number of seconds; some services write it as a string."""
    try:
        seconds = float(value) if isinstance(value, str | int | float) else -1.0
    except ValueError:
        return None
    return seconds if seconds > 0 else None
