"""Operations that answer at once or with a stream, over a real socket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import anyio
import pytest

from tests.made import imported, write
from tests.runtime.calls import KINDS, Kind
from tests.runtime.loopback import Asked, Server, http
from tests.streaming.either_document import DOCUMENT
from tests.typed import MYPY, PYRIGHT, assert_typed

EVENTS = http(200, b'data: {"at": 1}\n\ndata: {"at": 2}\n\n', "text/event-stream")
LINES = http(200, b'{"at": 1}\n{"at": 2}\n', None)
WHOLE = http(200, b'{"text": "all"}')


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("either")
    write(DOCUMENT, "either", folder)
    with imported(folder, "either") as found:
        yield found


def called(
    package: ModuleType, kind: Kind, url: str, name: str, *, streams: bool, **given: Any
) -> object:
    """The instants of a stream, or the text of the answer at once."""
    if kind == "sync":
        with package.ClockClient(base_url=url) as client:
            found = getattr(client.ticks, name)(**given)
            if not streams:
                return found.text
            with found as stream:
                return [tick.at for tick in stream]

    async def main() -> object:
        async with package.AsyncClockClient(base_url=url) as client:
            found = getattr(client.ticks, name)(**given)
            if not streams:
                return (await found).text
            async with found as stream:
                return [tick.at async for tick in stream]

    return anyio.run(main, backend=kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_member_of_the_body_asks_for_a_stream(
    package: ModuleType, kind: Kind
) -> None:
    def asked(given: dict[str, Any], streams: bool) -> Asked:
        with Server(EVENTS if streams else WHOLE) as server:
            found = called(
                package, kind, server.url, "told", streams=streams, prompt="x", **given
            )
        assert found == ([1, 2] if streams else "all")
        return server.asked[0]

    streamed = asked({"stream": True}, True)
    assert json.loads(streamed.body) == {"prompt": "x", "stream": True}
    assert streamed.headers["accept"] == "text/event-stream"
    for given in ({}, {"stream": False}, {"stream": None}):
        whole = asked(given, False)
        assert json.loads(whole.body) == {"prompt": "x", **given}
        assert whole.headers["accept"] == "application/json"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("given", [{}, {"stream": True}])
def test_what_streams_by_default_does(
    package: ModuleType, kind: Kind, given: dict[str, bool]
) -> None:
    with Server(LINES) as server:
        found = called(package, kind, server.url, "asked", streams=True, **given)
    assert found == [1, 2]


@pytest.mark.parametrize("kind", KINDS)
def test_a_parameter_asks_for_no_stream(package: ModuleType, kind: Kind) -> None:
    with Server(WHOLE) as server:
        found = called(package, kind, server.url, "asked", streams=False, stream=False)
    assert found == "all"
    assert server.asked[0].target == "/asked?stream=false"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("name", "body"), [("apart", LINES), ("other", EVENTS)])
def test_without_a_switch_there_are_two_methods(
    package: ModuleType, kind: Kind, name: str, body: Any
) -> None:
    with Server(body, WHOLE) as server:
        streamed = called(package, kind, server.url, f"{name}_stream", streams=True)
        assert streamed == [1, 2]
        assert called(package, kind, server.url, name, streams=False) == "all"


HEAD = """
from either import AsyncClockClient, AsyncStream, ClockClient, Stream
from either.models import Tick, Whole
client = ClockClient()
aclient = AsyncClockClient()
"""

RIGHT = [
    "stream: Stream[Tick] = client.ticks.told(prompt='x', stream=True)",
    "whole: Whole = client.ticks.told(prompt='x')",
    "whole = client.ticks.told(prompt='x', stream=False)",
    "whole = client.ticks.told(prompt='x', stream=None)",
    "stream = client.ticks.asked()",
    "whole = client.ticks.asked(stream=False)",
    "stream = client.ticks.apart_stream()",
    "astream: AsyncStream[Tick] = aclient.ticks.told(prompt='x', stream=True)",
    "async def f() -> Whole: return await aclient.ticks.told(prompt='x')",
]

WRONG = [
    "other: Whole = client.ticks.told(prompt='x', stream=True)",
    "another: Stream[Tick] = client.ticks.told(prompt='x')",
    "last: Whole = client.ticks.asked()",
    "client.ticks.told(stream=True)",
    "async def g() -> object: return await aclient.ticks.told(prompt='x', stream=True)",
]


@pytest.mark.tools
@pytest.mark.parametrize("command", [MYPY, PYRIGHT], ids=["mypy", "pyright"])
def test_type_checkers_know_which_of_the_two_comes(
    command: list[str], tmp_path: Path
) -> None:
    write(DOCUMENT, "either", tmp_path)
    assert_typed(command, tmp_path, tmp_path, HEAD, RIGHT, WRONG)
