"""Calls over a real socket under a clock of the test's own, and what docs/runtime.md says of them.

`said` states the section "Retries" of that page once more, from its words alone.
"""

from __future__ import annotations

import io
import socket
from collections.abc import Iterable, Mapping
from contextlib import aclosing, closing
from dataclasses import dataclass, field
from typing import NamedTuple

import anyio
import pytest
from _runtime.call import AsyncCaller, Caller
from _runtime.clock import Clock
from _runtime.errors import StatusError
from _runtime.headers import Headers
from _runtime.http_dates import format_http_date
from _runtime.http_transport import AsyncHttpTransport, HttpTransport
from _runtime.network import DEFAULT_NETWORK
from _runtime.operation import Empty, Idempotency, Operation
from _runtime.options import Settings
from _runtime.prepare import Arguments
from _runtime.raw import Raw
from _runtime.request import RawResponse, Request, Stream
from _runtime.session import Session
from _runtime.transport import AsyncTransport, Transport
from tests.runtime.calls import API, Kind
from tests.runtime.loopback import Answer, Asked, Server
from tests.runtime.loopback import http as answered

NOW = 1_700_000_000.0
CHANCE = 0.5

# The delay that the fields of an answer ask for; None where they ask for none.
DELAYS: Mapping[str, tuple[Mapping[str, str], float | None]] = {
    "none": ({}, None),
    "seconds": ({"Retry-After": "7"}, 7.0),
    "at once": ({"Retry-After": "0"}, 0.0),
    "the most": ({"Retry-After": "60"}, 60.0),
    "too long": ({"Retry-After": "61"}, 61.0),
    "date": ({"Retry-After": format_http_date(NOW + 12)}, 12.0),
    "past": ({"Retry-After": format_http_date(NOW - 12)}, 0.0),
    "far date": ({"Retry-After": format_http_date(NOW + 90)}, 90.0),
    "garbage": ({"Retry-After": "soon"}, None),
    "negative": ({"Retry-After": "-3"}, None),
    "milliseconds": ({"retry-after-ms": "1500"}, 1.5),
    "both": ({"Retry-After": "9", "retry-after-ms": "20"}, 0.02),
    "too many milliseconds": ({"retry-after-ms": "60001"}, 60.001),
    "garbled milliseconds": ({"Retry-After": "9", "retry-after-ms": "x"}, 9.0),
}
WISHES: Mapping[str, bool | None] = {
    "": None,
    "true": True,
    "false": False,
    "maybe": None,
}
METHODS = ("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY", "POST", "PATCH")


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """A call and what it is answered with, over and over.

    `body`: `bytes`, a `file` that can be read again, or an `iterator` that cannot.
    """

    status: int
    method: str = "GET"
    key: bool = False
    delay: str = "none"
    wish: str = ""
    body: str = ""
    max_retries: int = 1
    deadline: float | None = None
    budget: int = 100

    @property
    def fields(self) -> dict[str, str]:
        """The header fields of each answer."""
        wish = {"x-should-retry": self.wish} if self.wish else {}
        return {**DELAYS[self.delay][0], **wish}


def said(call: Combination) -> list[float]:
    """The pauses before the attempts after the first."""
    wish = WISHES[call.wish]
    passes = call.status in (408, 429, 500, 502, 503, 504)
    idempotent = call.method not in ("POST", "PATCH")
    safe = idempotent or call.key or call.status in (429, 503)
    if wish is None:
        wish = passes and safe
    told = DELAYS[call.delay][1]
    if not wish or call.body == "iterator" or (told is not None and told > 60):
        return []
    pauses: list[float] = []
    for number in range(min(call.max_retries, call.budget)):
        grown = min(0.5 * 2**number, 8.0) * CHANCE
        pause = grown if told is None else told
        if call.deadline is not None and sum(pauses) + pause >= call.deadline:
            break
        pauses.append(pause)
    return pauses


@dataclass(slots=True)
class World:
    """Time that only sleeping moves, and a server that answers as it is told."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list[float])
    answer: Answer = field(default_factory=lambda: answered(200))

    @property
    def clock(self) -> Clock:
        """The clock of a client."""
        return Clock(
            monotonic=lambda: self.now,
            time=lambda: NOW + self.now,
            chance=lambda: CHANCE,
        )

    def script(self, asked: Asked, number: int) -> Answer:
        """What the server answers."""
        return self.answer

    def sleep(self, seconds: float) -> None:
        """In the place of `time.sleep`."""
        self.slept.append(seconds)
        self.now += seconds

    async def asleep(self, seconds: float) -> None:
        """In the place of `anyio.sleep`."""
        self.sleep(seconds)

    def stop_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Lets nothing sleep but in the time of the test."""
        monkeypatch.setattr("time.sleep", self.sleep)
        monkeypatch.setattr("anyio.sleep", self.asleep)


class Line:
    """A transport over one connection that stays, with as little about it as can be."""

    def __init__(self, server: Server) -> None:
        self._socket = socket.create_connection(("127.0.0.1", server.port))

    def send(self, request: Request) -> RawResponse:
        """See `Transport`."""
        content = request.content
        if isinstance(content, Stream):
            content = b"".join(content.chunks())
        content = content or b""
        path = request.url[request.url.index("/", 8) :]
        fields = dict(request.headers.multi_items())
        fields["Content-Length"] = str(len(content))
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        line = f"{request.method} {path} HTTP/1.1\r\n"
        self._socket.sendall(f"{line}{head}\r\n".encode("latin-1") + content)
        return self._received()

    def _received(self) -> RawResponse:
        """The answer, which has no content."""
        data = b""
        while not data.endswith(b"\r\n\r\n"):
            data += self._socket.recv(65536)
        first, *lines = data.decode("latin-1").strip().split("\r\n")
        pairs = [line.split(": ", 1) for line in lines]
        fields = Headers([(name, value) for name, value in pairs])
        return RawResponse(status=int(first.split()[1]), headers=fields)

    def close(self) -> None:
        """Ends the connection."""
        self._socket.close()


class AsyncLine:
    """The same for a task, which may well wait for it: there is no other."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def send(self, request: Request) -> RawResponse:
        """See `AsyncTransport`."""
        return self._line.send(request)


class Came(NamedTuple):
    """What came of a call: its pauses, the retry counts that arrived, its attempts."""

    call: Combination
    slept: tuple[float, ...]
    counts: tuple[str | None, ...]
    attempts: int

    @property
    def as_said(self) -> bool:
        """Whether it is what the documentation says."""
        pauses = said(self.call)
        counts = (None, *(str(number + 1) for number in range(len(pauses))))
        whole = (tuple(pauses), counts, len(pauses) + 1)
        return whole == (self.slept, self.counts, self.attempts)


class Calls:
    """Makes the calls of combinations over a line, one after the other."""

    def __init__(self, server: Server, world: World) -> None:
        self.server = server
        self.world = world

    def made(self, kind: Kind, calls: Iterable[Combination]) -> list[Came]:
        """What comes of each call over a line."""
        with closing(Line(self.server)) as line:
            if kind == "sync":
                return [self._one(line, call) for call in calls]
            return anyio.run(self._all, AsyncLine(line), calls, backend=kind)

    def made_by_http(self, kind: Kind, calls: Iterable[Combination]) -> list[Came]:
        """What comes of each call over the HTTP client that packages use."""
        if kind == "sync":
            with closing(HttpTransport(DEFAULT_NETWORK)) as sending:
                return [self._one(sending, call) for call in calls]

        async def main() -> list[Came]:
            async with aclosing(AsyncHttpTransport(DEFAULT_NETWORK)) as sending:
                return await self._all(sending, calls)

        return anyio.run(main, backend=kind)

    def _one(self, transport: Transport, call: Combination) -> Came:
        caller = Caller(self._session(call), transport)
        self._prepare(call)
        with pytest.raises(StatusError) as caught:
            caller.respond(operation(call), arguments(call), None)
        return self._came(call, caught.value)

    async def _all(
        self, transport: AsyncTransport, calls: Iterable[Combination]
    ) -> list[Came]:
        found: list[Came] = []
        for call in calls:
            caller = AsyncCaller(self._session(call), transport)
            self._prepare(call)
            with pytest.raises(StatusError) as caught:
                await caller.respond(operation(call), arguments(call), None)
            found.append(self._came(call, caught.value))
        return found

    def _prepare(self, call: Combination) -> None:
        self.world.now = 0.0
        self.world.slept.clear()
        self.world.answer = answered(call.status, headers=call.fields)
        self.server.asked.clear()

    def _session(self, call: Combination) -> Session:
        session = Session(
            API,
            Settings(max_retries=call.max_retries, deadline=call.deadline),
            variables={},
            url=self.server.url,
            credential="a-token",
            clock=self.world.clock,
        )
        for _ in range(100 - call.budget):
            assert session.budget.take()
        return session

    def _came(self, call: Combination, error: StatusError) -> Came:
        return Came(
            call,
            tuple(self.world.slept),
            tuple(asked.headers.get("x-retry-count") for asked in self.server.asked),
            error.attempts,
        )


def operation(call: Combination) -> Operation[None]:
    """The operation that is called."""
    return Operation[None](
        id="Pets_Try",
        method=call.method,
        path="/pets",
        content_type="application/octet-stream" if call.body else None,
        body=Raw() if call.body else None,
        idempotency=Idempotency(key="Idempotency-Key") if call.key else None,
        answers={200: Empty()},
    )


def arguments(call: Combination) -> Arguments:
    """Its arguments, a body that was not read yet among them."""
    bodies: dict[str, object] = {
        "": None,
        "bytes": b"fed",
        "file": io.BytesIO(b"fed"),
        "iterator": iter([b"f", b"ed"]),
    }
    return Arguments(body=bodies[call.body])
