"""Retries of calls whose answers are read while they arrive: no connection is left behind."""

from __future__ import annotations

from itertools import islice

import anyio
import pytest
from _runtime.errors import ApiError, ApiTimeoutError, ServerError
from _runtime.json_lines import JsonLines
from _runtime.stream_state import StreamOperation
from _runtime.streaming import AsyncStream, Stream
from tests.runtime.calls import (
    API,
    IMPATIENT,
    KINDS,
    AsyncPetClient,
    ClientSettings,
    Kind,
    PetClient,
)
from tests.runtime.loopback import CUT, HANG, Answer, Server, http

WATCH = StreamOperation[int](
    id="Pets_Watch",
    method="GET",
    path="/pets",
    answers={},
    framing=JsonLines(lambda: int),
)
# More than is read at once: what is left early has not arrived as a whole.
COUNT = 100_000
OK = http(200, b"".join(b"%d\n" % n for n in range(COUNT)), "application/jsonl")
DOWN = http(503, b"x" * 100_000, "text/plain", {"retry-after-ms": "0"})
SETTINGS: ClientSettings = {"credential": "t", "clock": IMPATIENT, "max_retries": 2}
ROUNDS = 6


class Watcher:
    """Opens one stream after the other with a client of a kind.

    After each, `idle` connections are to be open at the server.
    """

    def __init__(self, kind: Kind, server: Server, idle: int) -> None:
        self._kind = kind
        self._server = server
        self._idle = idle

    def watched(self, items: int, timeout: float = 60.0) -> list[int]:
        """How many items came of each stream; so many are asked for."""
        given: ClientSettings = {**SETTINGS, "timeout": timeout}
        url = self._server.url
        if self._kind == "sync":
            with PetClient(API, base_url=url, **given) as client:
                return [self._one(client, items) for _ in range(ROUNDS)]

        async def main() -> list[int]:
            async with AsyncPetClient(API, base_url=url, **given) as client:
                return [await self._aone(client, items) for _ in range(ROUNDS)]

        return anyio.run(main, backend=self._kind)

    def _one(self, client: PetClient, items: int) -> int:
        try:
            with Stream(client.caller, WATCH) as stream:
                return len(list(islice(stream, items)))
        finally:
            assert self._server.settled(self._idle)

    async def _aone(self, client: AsyncPetClient, items: int) -> int:
        found = 0
        try:
            async with AsyncStream(client.caller, WATCH) as stream:
                async for _ in stream:
                    found += 1
                    if found == items:
                        break
                return found
        finally:
            assert self._server.settled(self._idle)


def in_rounds(*answers: Answer) -> Server:
    """A server that gives some answers again and again."""
    return Server(script=lambda _, number: answers[number % len(answers)])


def counts(server: Server) -> list[str | None]:
    """The retries that each request says it comes after."""
    return [asked.headers.get("x-retry-count") for asked in server.asked]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_read_to_its_end_leaves_one_connection(kind: Kind) -> None:
    with in_rounds(DOWN, CUT, OK) as server:
        assert Watcher(kind, server, 1).watched(COUNT + 1) == [COUNT] * ROUNDS
        assert server.settled(0)
        # What failed was read, and its connection used again; what was cut was not.
        assert server.connections == ROUNDS + 1
    assert counts(server) == [None, "1", "2"] * ROUNDS


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_left_early_leaves_no_connection(kind: Kind) -> None:
    with in_rounds(DOWN, DOWN, OK) as server:
        assert Watcher(kind, server, 0).watched(3) == [3] * ROUNDS
        assert server.connections == ROUNDS
    assert counts(server) == [None, "1", "2"] * ROUNDS


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("answer", "error", "idle"),
    [(DOWN, ServerError, 1), (HANG, ApiTimeoutError, 0)],
    ids=["down", "hang"],
)
def test_what_never_opens_leaves_no_connection_either(
    kind: Kind, answer: Answer, error: type[ApiError], idle: int
) -> None:
    with Server(answer) as server:
        watcher = Watcher(kind, server, idle)
        for _ in range(2):
            with pytest.raises(error) as caught:
                watcher.watched(1, timeout=0.1)
            assert caught.value.attempts == 3
            assert server.settled(0)
    assert counts(server) == [None, "1", "2"] * 2
