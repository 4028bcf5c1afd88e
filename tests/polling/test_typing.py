"""What type checkers say of programs that wait for operations: right ones, wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.made import write
from tests.polling.document import CONFIG, DOCUMENT
from tests.typed import MYPY, PYRIGHT, assert_typed

pytestmark = pytest.mark.tools

HEAD = """
from collections.abc import Iterator
from shipyard import AsyncPoller, AsyncShipyardClient, OperationState, Poller, Response, ShipyardClient
from shipyard import OperationCanceledError, OperationFailedError, async_resume, resume
from shipyard.models import Report, Ship
client = ShipyardClient(credential='token')
aclient = AsyncShipyardClient(credential='token')
"""

RIGHT = [
    "poller: Poller[Report] = client.yard.report()",
    "pages: int = client.yard.report().result(timeout=60).pages",
    "ship: Ship = client.yard.build('a', name='Argo').result()",
    "made: Report = client.yard.monitored().result()",
    "own: Report = client.yard.own().result()",
    "plan: bytes = client.yard.plan().result()",
    "nothing: Poller[None] = client.yard.scrap('a')",
    "whole: Response[Report] = poller.response()",
    "words: list[str] = [state.status for state in poller]",
    "states: Iterator[OperationState] = iter(poller)",
    "kept: str | None = poller.position",
    "again: Poller[Report] = resume(client.yard.report, 'kept', options={'timeout': 5})",
    "async def f() -> AsyncPoller[Report]: return await aclient.yard.report()",
    "async def g() -> Report: return await (await aclient.yard.report())",
    "async def h() -> Report: return await (await aclient.yard.report()).result()",
    "async def i(p: AsyncPoller[Ship]) -> list[str]: return [s.phase async for s in p]",
    "apoller: AsyncPoller[Ship] = async_resume(aclient.yard.build, 'kept')",
]

WRONG = [
    "text: str = client.yard.report().result()",
    "client.yard.report().pages",
    "client.yard.report().result('60')",
    "client.yard.scrap('a').result().name",
    "other: Poller[Ship] = resume(client.yard.report, 'kept')",
    "resume(client.yard.plain, 'kept')",
    "resume(client.yard.report, None)",
    "resume(aclient.yard.report, 'kept')",
    "async def j() -> object: return (await aclient.yard.report()).result().pages",
]


@pytest.mark.parametrize("command", [MYPY, PYRIGHT], ids=["mypy", "pyright"])
def test_type_checkers_pass_what_is_right_and_find_what_is_wrong(
    command: list[str], tmp_path: Path
) -> None:
    write(DOCUMENT, "shipyard", tmp_path, CONFIG)
    assert_typed(command, tmp_path, tmp_path, HEAD, RIGHT, WRONG)
