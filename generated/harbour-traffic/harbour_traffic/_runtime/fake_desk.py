"""Where the requests to a fake arrive: who answers them, in which order, and the record."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Protocol, TypeAlias

import msgspec

from .fake_requests import Asked
from .headers import Headers
from .request import RawResponse, Request

Reply: TypeAlias = Callable[[Asked], RawResponse]
"""What answers one request, or raises."""


class UnexpectedCallError(AssertionError):
    """A fake was asked for something that nobody told it to answer."""


class Answerer(Protocol):
    """What knows the answers of an operation."""

    @property
    def call(self) -> str:
        """The operation as a client calls it."""
        ...

    def chosen(self, request: Request) -> Answerer:
        """What of it answers a request."""
        ...

    def unprepared(self, asked: Asked) -> RawResponse:
        """The answer to what nobody prepared one for. Raises UnexpectedCallError."""
        ...


class Prepared(msgspec.Struct):
    """The answers of an operation, in their order; the last one goes on."""

    replies: list[Reply] = []
    given: int = 0

    def next(self) -> Reply | None:
        """The next answer; None where there are none."""
        if not self.replies:
            return None
        reply = self.replies[min(self.given, len(self.replies) - 1)]
        self.given += 1
        return reply


class Desk:
    """Where requests arrive. Safe to use from several threads.

    `known` finds the operations, by their ids, once they are needed.
    """

    def __init__(self, known: Callable[[], dict[str, Answerer]]) -> None:
        self._known = known
        self._operations: dict[str, Answerer] | None = None
        self._lock = threading.RLock()
        self._prepared: dict[str, Prepared] = {}
        self._calls: list[Asked] = []

    def answer(self, request: Request, content: bytes) -> RawResponse:
        """The answer to a request. Raises what was told to be raised."""
        if not request.operation:
            return self._token(request, content)
        with self._lock:
            operation = self._operation(request.operation).chosen(request)
            asked = Asked(call=operation.call, request=request, content=content)
            self._calls.append(asked)
            prepared = self._prepared.get(asked.call)
            reply = prepared.next() if prepared else None
        # Outside the lock: it may be the caller's own function, which may take its time.
        return reply(asked) if reply else operation.unprepared(asked)

    def prepare(self, call: str, reply: Reply, *, after: bool) -> None:
        """Puts an answer in the place of those of an operation, or after them."""
        with self._lock:
            if not after:
                self._prepared.pop(call, None)
            self._prepared.setdefault(call, Prepared()).replies.append(reply)

    def reset(self, call: str | None = None) -> None:
        """Forgets the answers and requests of an operation, or all of them."""
        with self._lock:
            for name in [call] if call else list(self._prepared):
                self._prepared.pop(name, None)
            self._calls = [a for a in self._calls if call not in (None, a.call)]

    def calls(self, call: str | None = None) -> list[Asked]:
        """The requests for an operation, or all of them, in their order."""
        with self._lock:
            return [asked for asked in self._calls if call in (None, asked.call)]

    def _operation(self, id_: str) -> Answerer:
        if self._operations is None:
            self._operations = self._known()
        if id_ not in self._operations:
            raise UnexpectedCallError(f"there is no operation {id_!r} in this package")
        return self._operations[id_]

    def _token(self, request: Request, content: bytes) -> RawResponse:
        """A token, and where tokens are had, for clients that buy their own."""
        asked = Asked(call="", request=request, content=content)
        with self._lock:
            self._calls.append(asked)
        return RawResponse(
            status=200,
            headers=Headers({"Content-Type": "application/json"}),
            content=msgspec.json.encode(dict(_token_members(request))),
        )


def _token_members(request: Request) -> Iterator[tuple[str, str | int]]:
    """What a token endpoint says (RFC 6749, section 5.1), and a description of one."""
    yield "access_token", "fake-token"
    yield "token_type", "Bearer"
    yield "expires_in", 3600
    yield "token_endpoint", request.url
