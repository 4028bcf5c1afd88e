"""What type checkers say of programs that read streams: right ones, wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.made import write
from tests.streaming.document import DOCUMENT
from tests.typed import MYPY, PYRIGHT, assert_typed

pytestmark = pytest.mark.tools

HEAD = """
from clock import AsyncClockClient, AsyncStream, ClockClient, ServerSentEvent, Stream
from clock.models import TypedResponseItem
client = ClockClient(credential='token')
aclient = AsyncClockClient(credential='token')
"""

RIGHT = [
    "stream: Stream[TypedResponseItem] = client.ticks.typed(options={'timeout': 3})",
    "with client.ticks.typed() as opened: numbers: list[int] = [tick.at for tick in opened]",
    "with client.ticks.events() as events: texts: list[str] = [event.data for event in events]",
    "status: int = stream.response.status",
    "astream: AsyncStream[ServerSentEvent] = aclient.ticks.events()",
    "async def f(s: AsyncStream[ServerSentEvent]) -> list[str]: return [e.event async for e in s]",
]

WRONG = [
    "with client.ticks.typed() as other: wrong: list[str] = [tick.at for tick in other]",
    "client.ticks.typed().at",
    "async def g() -> object: return await aclient.ticks.typed()",
    "with aclient.ticks.typed() as never: pass",
]


@pytest.mark.parametrize("command", [MYPY, PYRIGHT], ids=["mypy", "pyright"])
def test_type_checkers_pass_what_is_right_and_find_what_is_wrong(
    command: list[str], tmp_path: Path
) -> None:
    write(DOCUMENT, "clock", tmp_path)
    assert_typed(command, tmp_path, tmp_path, HEAD, RIGHT, WRONG)
