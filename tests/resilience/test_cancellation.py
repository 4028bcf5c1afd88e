"""Calls that are cancelled, at every step of the event loop that they take.

Whatever was cut short, the client goes on: no connection is left in use, or broken in the
pool, and the next call is answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from types import ModuleType
from typing import Any, Literal, TypeAlias

import anyio
import pytest

from tests.resilience.answers import BODIES, framed
from tests.resilience.vault import TOKEN, Form, awaited, pooled
from tests.runtime.loopback import Answer, Asked, Server, http

Backend: TypeAlias = Literal["asyncio", "trio"]
BACKENDS: tuple[Backend, ...] = ("asyncio", "trio")
Use = Callable[[ModuleType, Any], Coroutine[Any, Any, object]]

ENTRY = http(200, BODIES["entry"])


class Stepwise:
    """What is awaited, counting its steps; before one of them something is done."""

    def __init__(
        self, awaited: Coroutine[Any, Any, object], at: int, do: Callable[[], object]
    ) -> None:
        self._awaited = awaited
        self._at = at
        self._do = do
        self.steps = 0

    def __await__(self) -> Generator[Any, Any, object]:
        inner = self._awaited.__await__()
        go: Callable[[], Any] = inner.__next__
        while True:
            self.steps += 1
            if self.steps == self._at:
                self._do()
            try:
                wanted = go()
            except StopIteration as done:
                return done.value
            try:
                given = yield wanted
            except BaseException as error:
                go = _throwing(inner, error)
            else:
                go = _sending(inner, given)


def _throwing(
    inner: Generator[Any, Any, Any], error: BaseException
) -> Callable[[], Any]:
    return lambda: inner.throw(error)


def _sending(inner: Generator[Any, Any, Any], value: object) -> Callable[[], Any]:
    return lambda: inner.send(value)


def taking(form: Form) -> Use:
    async def take(package: ModuleType, client: Any) -> object:
        return await awaited(package, client, form, None)

    return take


async def put(_package: ModuleType, client: Any) -> object:
    async def pieces() -> AsyncIterator[bytes]:
        for piece in (b"a", b"b", b"c"):
            await anyio.sleep(0)
            yield piece

    return await client.store.put_file(body=pieces())


async def leave_early(_package: ModuleType, client: Any) -> object:
    async with client.store.watch() as stream:
        return await anext(aiter(stream))


async def in_a_crowd(package: ModuleType, client: Any) -> object:
    """A call that has to wait for a connection, as others are first."""
    return await awaited(package, client, "entry", None)


USES: dict[str, Use] = {
    **{form: taking(form) for form in ("entry", "events", "download")},
    "put": put,
    "leaving early": leave_early,
    "in a crowd": in_a_crowd,
}


def script(asked: Asked, _number: int) -> Answer:
    """Refuses the first attempts; answers the second, the end of it bit by bit."""
    if asked.method == "PUT":
        return ENTRY
    if "x-retry-count" not in asked.headers:
        return http(503, headers={"Retry-After": "0"})
    forms: dict[str, Form] = {
        "/entry": "entry",
        "/events": "events",
        "/note": "note",
        "/file": "file",
        "/lines": "lines",
    }
    data = b"".join(framed(forms[asked.target], "chunks"))
    return Answer(data[:-3], drip=data[-3:])


async def cut_short(package: ModuleType, client: Any, use: Use, step: int) -> bool:
    """Whether a call was cancelled at a step; if it has not that many it was not."""
    scope = anyio.CancelScope()
    stepwise = Stepwise(use(package, client), step, scope.cancel)
    with scope:
        await stepwise
    return stepwise.steps >= step


async def cut_short_by_task(
    package: ModuleType, client: Any, use: Use, step: int
) -> bool:
    """As `cut_short`, in the way of asyncio."""
    task: asyncio.Task[object]

    async def run() -> None:
        await stepwise

    stepwise = Stepwise(use(package, client), step, lambda: task.cancel())
    task = asyncio.create_task(run())
    await asyncio.wait([task])
    assert task.cancelled() or task.exception() is None
    return stepwise.steps >= step


async def at_every_step(
    package: ModuleType,
    server: Server,
    use: Use,
    cut: Callable[[ModuleType, Any, Use, int], Coroutine[Any, Any, bool]],
) -> None:
    """One client whose calls are cut short, and another one for each of them."""
    settings: dict[str, object] = {
        "base_url": server.url,
        "credential": TOKEN,
        "network": package.Network(max_connections=1),
    }
    async with package.AsyncVaultClient(**settings) as kept:
        step, was_cut = 0, True
        while was_cut:
            step += 1
            async with anyio.create_task_group() as tasks:
                for _ in range(2 if use is in_a_crowd else 0):
                    tasks.start_soon(awaited, package, kept, "note", None)
                was_cut = await cut(package, kept, use, step)
            pooled(kept)
            async with package.AsyncVaultClient(**settings) as fresh:
                await cut(package, fresh, use, step)
                pooled(fresh)
                with anyio.fail_after(30):
                    assert await awaited(package, fresh, "entry", None) == "Rex"
            with anyio.fail_after(30):
                assert await awaited(package, kept, "entry", None) == "Rex"
        assert step > 5
        assert await anyio.to_thread.run_sync(server.settled, pooled(kept))
    assert await anyio.to_thread.run_sync(server.settled, 0)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", USES)
def test_a_call_is_cancelled_at_every_step(
    package: ModuleType, backend: Backend, name: str
) -> None:
    with Server(script=script) as server:
        anyio.run(
            at_every_step, package, server, USES[name], cut_short, backend=backend
        )


@pytest.mark.parametrize("name", USES)
def test_a_task_is_cancelled_at_every_step(package: ModuleType, name: str) -> None:
    with Server(script=script) as server:
        anyio.run(at_every_step, package, server, USES[name], cut_short_by_task)
