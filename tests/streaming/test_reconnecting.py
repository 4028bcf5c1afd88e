"""Server-sent events that go on where they broke off, and what ends them for good."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import anyio
import pytest

from calque.config import Config
from calque.document.node import Json
from tests.made import imported, write
from tests.runtime.calls import KINDS, Kind
from tests.runtime.loopback import Answer, Server, http

TICK: Json = {"type": "object", "properties": {"at": {"type": "integer"}}}


def _events(name: str, content: Json) -> Json:
    response: Json = {
        "description": "Ticks.",
        "content": {"text/event-stream": content},
    }
    return {"operationId": name, "tags": ["ticks"], "responses": {"200": response}}


DOCUMENT: Json = {
    "openapi": "3.1.0",
    "info": {"title": "Clock", "version": "1.0.0"},
    "servers": [{"url": "http://127.0.0.1"}],
    "paths": {
        "/typed": {"get": _events("typed", {"schema": TICK})},
        "/set": {
            "get": _events("set", {"schema": TICK, "x-speakeasy-sse-sentinel": "[END]"})
        },
        "/ended": {
            "get": _events(
                "ended", {"schema": TICK, "x-speakeasy-sse-sentinel": "[END]"}
            )
        },
        "/text": {
            "get": _events("text", {"x-speakeasy-sse-sentinel": 'that is "all"'})
        },
    },
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("clock")
    write(DOCUMENT, "clock", folder, Config(streams={"set": "[OVER]"}))
    with imported(folder, "clock") as found:
        yield found


def read(
    package: ModuleType,
    kind: Kind,
    server: Server,
    method: str = "typed",
    *,
    reconnecting: bool = True,
    **settings: object,
) -> list[Any]:
    """All items of a stream."""
    given = {"base_url": server.url, "max_retries": 0, **settings}

    def opened(client: Any) -> Any:
        stream = getattr(client.ticks, method)()
        return stream.reconnecting() if reconnecting else stream

    if kind == "sync":
        with package.ClockClient(**given) as client, opened(client) as stream:
            return list(stream)

    async def main() -> list[Any]:
        async with (
            package.AsyncClockClient(**given) as client,
            opened(client) as stream,
        ):
            return [each async for each in stream]

    return anyio.run(main, backend=kind)


def events(text: str, *, cut: bool = False) -> Answer:
    whole = http(200, text.encode(), "text/event-stream")
    return Answer(whole.data[:-1], close=True) if cut else whole


FIRST = 'retry: 1\nid: a\ndata: {"at": 1}\n\nid: b\ndata: {"at": 2}\n\n'


@pytest.mark.parametrize("kind", KINDS)
def test_events_go_on_after_the_last_that_was_told(
    package: ModuleType, kind: Kind
) -> None:
    answers = (
        # The last event of the first answer is cut, and with it its id.
        events(FIRST + 'id: c\ndata: {"at": 3}\n\n', cut=True),
        events('data: {"at": 3}\n\n'),
        events('id: d\ndata: {"at": 4}\n\ndata: [DONE]\n\n'),
    )
    with Server(*answers) as server:
        found = read(package, kind, server)
        assert server.settled(0)
    assert [tick.at for tick in found] == [1, 2, 3, 4]
    ids = [asked.headers.get("last-event-id") for asked in server.asked]
    assert ids == [None, "b", "b"]


@pytest.mark.parametrize("kind", KINDS)
def test_they_end_with_204(package: ModuleType, kind: Kind) -> None:
    with Server(events(FIRST), http(204)) as server:
        assert [tick.at for tick in read(package, kind, server)] == [1, 2]
    assert len(server.asked) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_they_end_with_an_error(package: ModuleType, kind: Kind) -> None:
    with Server(events(FIRST), http(404)) as server:
        with pytest.raises(package.NotFoundError, match=r"GET http.*/typed: 404"):
            read(package, kind, server)
        assert server.settled(0)


@pytest.mark.parametrize("kind", KINDS)
def test_they_end_with_the_deadline(package: ModuleType, kind: Kind) -> None:
    # Nothing is said of a delay: it is longer than that.
    with (
        Server(events('data: {"at": 1}\n\n')) as server,
        pytest.raises(package.DeadlineExceededError, match="goes on"),
    ):
        read(package, kind, server, deadline=2)
    assert len(server.asked) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_they_end_with_another_media_type(package: ModuleType, kind: Kind) -> None:
    with Server(events(FIRST), http(200, b"<p>", "text/html")) as server:
        with pytest.raises(package.ResponseDecodeError, match="text/html came"):
            read(package, kind, server)
        assert server.settled(0)
    assert len(server.asked) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_goes_on_unasked(package: ModuleType, kind: Kind) -> None:
    with Server(events(FIRST), events(FIRST, cut=True)) as server:
        found = read(package, kind, server, reconnecting=False)
        assert [tick.at for tick in found] == [1, 2]
        with pytest.raises(package.ApiConnectionError):
            read(package, kind, server, reconnecting=False)
    assert len(server.asked) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_the_description_may_say_what_the_last_event_is(
    package: ModuleType, kind: Kind
) -> None:
    typed = events('data: {"at": 1}\n\ndata: [END]\n\ndata: {"at": 2}\n\n')
    with Server(typed) as server:
        assert [tick.at for tick in read(package, kind, server, "ended")] == [1]
    text = events('data: [DONE]\n\ndata: that is "all"\n\ndata: no more\n\n')
    with Server(text) as server:
        assert [e.data for e in read(package, kind, server, "text")] == ["[DONE]"]


@pytest.mark.parametrize("kind", KINDS)
def test_settings_say_what_the_last_event_is(package: ModuleType, kind: Kind) -> None:
    body = events('data: {"at": 1}\n\ndata: [OVER]\n\ndata: {"at": 2}\n\n')
    with Server(body) as server:
        found = read(package, kind, server, "set")
        assert server.settled(0)
    assert [tick.at for tick in found] == [1]
    assert len(server.asked) == 1
