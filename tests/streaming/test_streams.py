"""Answers that go on, read over a real socket while they arrive."""

from __future__ import annotations

import tracemalloc
from typing import Any

import anyio
import pytest

from tests.runtime.loopback import Answer, Server, http
from tests.streaming.clock import Clock

EVENTS = "text/event-stream"


def going_on(body: bytes) -> Answer:
    """An answer that has begun, and neither ends nor goes on."""
    head = b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n"
    return Answer(head + b"%x\r\n%b\r\n" % (len(body), body), hang=True)


def at(items: list[Any]) -> list[int]:
    return [item.at for item in items]


def test_events_whose_data_has_a_type(clock: Clock) -> None:
    body = b': hello\n\ndata: {"at": 1}\n\nevent: x\ndata: {"at":\ndata: 2}\n\ndata: [DONE]\n\ndata: lost\n\n'
    with Server(http(200, body, EVENTS)) as server:
        assert at(clock.read(server, "typed")) == [1, 2]
    assert server.asked[0].headers["accept"] == EVENTS


def test_events_as_they_are(clock: Clock) -> None:
    body = b"event: a\nid: 7\nretry: 10\ndata: [DONE]\n\ndata\n\ndata: cut"
    with Server(http(200, body, EVENTS)) as server:
        first, second = clock.read(server, "events")
    event = clock.package.ServerSentEvent
    assert first == event(event="a", id="7", retry=10, data="[DONE]")
    assert second == event(event="message", id="7", retry=10, data="")


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("lines", b'{"at": 1}\n\n {"at": 2}\r\n{"at": 3}'),
        ("sequence", b'\x1e{"at": 1}\n\x1e{"at":\n 2}\n\x1e{"at": 3}\n'),
    ],
)
def test_values_of_json(clock: Clock, method: str, body: bytes) -> None:
    with Server(http(200, body, None)) as server:
        assert at(clock.read(server, method)) == [1, 2, 3]


def test_items_are_told_as_they_come_and_leaving_closes(clock: Clock) -> None:
    with Server(going_on(b'data: {"at": 1}\n\ndata: {"at": 2}\n\n')) as server:
        # The server never ends: only what has come is waited for.
        assert at(clock.read(server, "typed", most=2)) == [1, 2]


def test_a_stream_has_its_answer(clock: Clock) -> None:
    def look(stream: Any) -> None:
        assert stream.response.status == 200
        assert stream.response.request_id == "r"

    with Server(http(200, b"", EVENTS, {"X-Request-Id": "r"})) as server:
        assert clock.read(server, "typed", then=look) == []


def test_a_stream_is_tried_again_until_it_begins(clock: Clock) -> None:
    again = http(503, headers={"Retry-After": "0"})
    with Server(again, again, http(200, b'{"at": 1}', None)) as server:
        assert at(clock.read(server, "lines")) == [1]
    assert len(server.asked) == 3


def test_an_error_is_an_error(clock: Clock) -> None:
    with Server(http(404, b'{"message": "No such clock"}')) as server:
        with pytest.raises(clock.package.NotFoundError, match="No such clock"):
            clock.read(server, "typed")
        assert server.settled(0)


@pytest.mark.parametrize("method", ["typed", "events", "lines", "sequence"])
@pytest.mark.parametrize(
    ("body", "media_type", "said"),
    [
        (
            b'{"error": {"code": "quota", "message": "No more today"}}',
            "application/json; charset=utf-8",
            "application/json came in place of .*: quota: No more today",
        ),
        (b"<!doctype html><h1>Sign in</h1>", "Text/HTML", "text/html came in place of"),
    ],
    ids=["json", "html"],
)
def test_another_media_type_is_an_error(
    clock: Clock, method: str, body: bytes, media_type: str, said: str
) -> None:
    with Server(http(200, body, media_type, {"X-Request-Id": "r"})) as server:
        with pytest.raises(clock.package.ResponseDecodeError, match=said) as caught:
            clock.read(server, method)
        assert server.settled(0)
    error = caught.value
    assert (error.status, error.content, error.request_id) == (200, body, "r")
    assert (error.request.method, error.attempts) == ("GET", 1)


def test_another_media_type_is_not_waited_for(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{clock.package.__name__}._runtime.opening._PATIENCE", 0.2)
    head = b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: 999\r\n\r\n"
    with Server(Answer(head + b"<p>", hang=True)) as server:
        with pytest.raises(clock.package.ResponseDecodeError) as caught:
            clock.read(server, "typed")
        assert server.settled(0)
    assert caught.value.text == "<p>"


def test_another_media_type_is_not_read_without_end(clock: Clock) -> None:
    head = b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n\r\n"
    with Server(Answer(head + b"<p>" * 100_000, flood=True)) as server:
        with pytest.raises(clock.package.ResponseDecodeError) as caught:
            clock.read(server, "typed")
        assert server.settled(0)
    assert 65_536 <= len(caught.value.content) < 1_000_000


@pytest.mark.parametrize("media_type", [None, "text/plain", "application/jsonl"])
def test_lines_go_by_many_names(clock: Clock, media_type: str | None) -> None:
    with Server(http(200, b'{"at": 1}', media_type)) as server:
        assert at(clock.read(server, "lines")) == [1]


def test_no_content_is_no_item(clock: Clock) -> None:
    with Server(http(204, headers={"Content-Type": "text/html"})) as server:
        assert clock.read(server, "typed") == []


def test_a_stream_that_breaks_is_an_error(clock: Clock) -> None:
    answer = going_on(b'{"at": 1}\n')._replace(hang=False, close=True)
    with Server(answer) as server:
        with pytest.raises(clock.package.ApiConnectionError, match="broke"):
            clock.read(server, "lines")
        assert server.settled(0)


def test_silence_is_an_error(clock: Clock) -> None:
    with Server(going_on(b'{"at": 1}\n')) as server:
        with pytest.raises(clock.package.ApiTimeoutError):
            clock.read(server, "lines", timeout=0.2)
        assert server.settled(0)


def test_a_deadline_holds_for_all_of_a_stream(clock: Clock) -> None:
    head = b"HTTP/1.1 200 X\r\nContent-Length: 100000\r\n\r\n"
    with Server(Answer(head, drip=b"\n" * 1000)) as server:
        with pytest.raises(
            clock.package.ApiTimeoutError, match="the deadline passed before"
        ):
            clock.read(server, "lines", deadline=0.2)
        assert server.settled(0)


def test_what_is_no_json_is_an_error(clock: Clock) -> None:
    with Server(going_on(b"data: {\n\n")) as server:
        with pytest.raises(clock.package.ResponseDecodeError, match="an item cannot"):
            clock.read(server, "typed")
        assert server.settled(0)


def test_what_departs_is_told(clock: Clock) -> None:
    def look(stream: Any) -> None:
        assert "at" in str(stream.issues[0])

    with Server(http(200, b'{"at": "x"}\n', None)) as server:
        (item,) = clock.read(server, "lines", then=look)
        assert item.at == "x"
        with pytest.raises(clock.package.ResponseDecodeError, match="departs"):
            clock.read(server, "lines", strict_responses=True)
        assert server.settled(0)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_cancelling_closes(clock: Clock, backend: str) -> None:
    async def main(server: Server) -> None:
        settings = {"base_url": server.url, "credential": "secret"}
        async with clock.package.AsyncClockClient(**settings) as client:
            with anyio.move_on_after(0.2) as scope:
                async with client.ticks.typed() as stream:
                    async for item in stream:
                        assert item.at == 1
            assert scope.cancelled_caught
            assert await anyio.to_thread.run_sync(server.settled, 0)

    with Server(going_on(b'data: {"at": 1}\n\n')) as server:
        anyio.run(main, server, backend=backend)


def test_a_failure_of_the_callers_closes(clock: Clock) -> None:
    def fail(stream: Any) -> None:
        raise KeyError("mine")

    with Server(going_on(b'data: {"at": 1}\n\n')) as server:
        with pytest.raises(KeyError, match="mine"):
            clock.read(server, "typed", most=1, then=fail)
        assert server.settled(0)


def test_nothing_is_asked_for_before_a_stream_is_opened(clock: Clock) -> None:
    with (
        Server(going_on(b'{"at": 1}\n')) as server,
        clock.package.ClockClient(base_url=server.url, credential="secret") as client,
    ):
        stream = client.ticks.lines()
        with pytest.raises(RuntimeError, match="not open"):
            assert stream.response
        assert server.asked == []
        for item in stream:
            assert item.at == 1
            break
        del stream
        assert server.settled(0)


def test_a_long_stream_takes_little_memory(clock: Clock) -> None:
    line = b'{"at": 1, "more": "' + b"x" * 10_000 + b'"}\n'
    with Server(http(200, line * 2_000, None)) as server:
        tracemalloc.start()
        try:
            before, _ = tracemalloc.get_traced_memory()
            tracemalloc.reset_peak()
            count = _count(clock, server)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert count == 2_000
    assert peak - before < 8_000_000


def _count(clock: Clock, server: Server) -> int:
    settings = {"base_url": server.url, "credential": "secret"}
    if clock.kind == "sync":
        with (
            clock.package.ClockClient(**settings) as client,
            client.ticks.lines() as stream,
        ):
            return sum(1 for _ in stream)

    async def main() -> int:
        count = 0
        async with (
            clock.package.AsyncClockClient(**settings) as client,
            client.ticks.lines() as stream,
        ):
            async for _ in stream:
                count += 1
        return count

    return anyio.run(main, backend=clock.kind)
