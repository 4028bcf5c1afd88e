"""The whole answer of a call, for callers that need more of it than its value."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from contextvars import ContextVar
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar, cast

import msgspec

from .errors import ApiError, SentRequest
from .headers import Headers
from .issue import Issue
from .request import RawResponse

if TYPE_CHECKING:
    from .options import Settings
    from .transport import AsyncTransport, Transport

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound=ApiError)


class Response(msgspec.Struct, Generic[T_co], frozen=True, kw_only=True):
    """What a call returned, and how.

    `request` says where it came from. `elapsed` is in seconds and covers the whole call,
    `attempts` counts the requests sent, `issues` lists where the answer departs from the
    API's description, `history` has the redirects that led to it. `repr` shows neither
    the value nor the body.
    """

    value: T_co
    request: SentRequest
    status: int
    headers: Headers
    content: bytes
    request_id: str | None
    elapsed: float
    attempts: int
    issues: tuple[Issue, ...] = ()
    history: tuple[RawResponse, ...] = ()

    def __repr__(self) -> str:
        return (
            f"Response(status={self.status}, request_id={self.request_id!r}, "
            f"attempts={self.attempts}, elapsed={self.elapsed:.3f}, "
            f"issues={len(self.issues)}, value=<{type(self.value).__name__}>)"
        )


def placed(error: E, response: Response[object]) -> E:
    """An error that tells of the request that an answer was to, and its attempts."""
    error.request, error.attempts = response.request, response.attempts
    return error


class Slot:
    """Where one call leaves its whole answer for whoever asked for it."""

    __slots__ = ("async_through", "claimed", "response", "through")

    def __init__(self) -> None:
        self.claimed = False
        self.response: Response[object] | None = None
        self.through: Callable[[Transport, Settings], Transport] | None = None
        """How the call is sent, if not as usual; of a call that is awaited, the other."""
        self.async_through: (
            Callable[[AsyncTransport, Settings], AsyncTransport] | None
        ) = None


# A context variable is per task and per thread: concurrent calls never see each other's.
_WANTED: ContextVar[Slot | None] = ContextVar("_WANTED", default=None)


def claim_slot() -> Slot | None:
    """The slot for the call that begins now, if its whole answer is wanted.

    Only the first call to ask gets it: calls made on the way, by a token provider for
    instance, are not the one that was asked about.
    """
    slot = _WANTED.get()
    if slot is None or slot.claimed:
        return None
    slot.claimed = True
    return slot


def with_response(call: Callable[P, T]) -> Callable[P, Response[T]]:
    """The same operation, returning the whole `Response` in the place of its value.

        response = with_response(client.pets.list)(limit=10)
        response.status, response.headers, response.value

    Raises TypeError, when called, for a function that is no operation of a client.
    """

    def called(*args: P.args, **kwargs: P.kwargs) -> Response[T]:
        found = filled(Slot(), lambda: call(*args, **kwargs))
        return cast("Response[T]", found)

    return called


def async_with_response(
    call: Callable[P, Awaitable[T]],
) -> Callable[P, Coroutine[None, None, Response[T]]]:
    """`with_response` for an operation of an asynchronous client.

    response = await async_with_response(client.pets.list)(limit=10)
    """

    async def called(*args: P.args, **kwargs: P.kwargs) -> Response[T]:
        found = await async_filled(Slot(), lambda: call(*args, **kwargs))
        return cast("Response[T]", found)

    return called


def filled(slot: Slot, call: Callable[[], object]) -> Response[object]:
    """The whole answer of a call, by way of a slot. Raises TypeError if it is no call."""
    token = _WANTED.set(slot)
    try:
        call()
    finally:
        _WANTED.reset(token)
    return _filled(slot)


async def async_filled(
    slot: Slot, call: Callable[[], Awaitable[object]]
) -> Response[object]:
    """As `filled`, of a call that is awaited."""
    token = _WANTED.set(slot)
    try:
        await call()
    finally:
        _WANTED.reset(token)
    return _filled(slot)


def _filled(slot: Slot) -> Response[object]:
    if slot.response is None:
        raise TypeError(
            "with_response() takes an operation of a client that answers at once; pages "
            "have their own `response`"
        )
    return slot.response
