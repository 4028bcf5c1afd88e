"""Processes that fork with a client in their hands, whatever its threads are at."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from types import ModuleType
from typing import Any

import anyio
import pytest

from tests.resilience.answers import BODIES
from tests.resilience.vault import TOKEN, Vault
from tests.runtime.calls import KINDS, Kind
from tests.runtime.loopback import Server, http

ENTRY = http(200, BODIES["entry"])

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork"),
    # Python warns of forks while there are threads, which is what is tried here.
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
    # That of the parent is still set in the child.
    pytest.mark.filterwarnings("ignore:It looks like Trio's signal:RuntimeWarning"),
]


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(ENTRY) as running:
        yield running


def forked(work: Callable[[], bool]) -> int:
    """The exit code of a child that does a piece of work: 0 if it is done well."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = 0 if work() else 2
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_child_has_connections_of_its_own(
    package: ModuleType, server: Server
) -> None:
    with package.VaultClient(base_url=server.url, credential=TOKEN) as client:
        for _ in range(3):
            assert client.store.get_entry().name == "Rex"
            assert forked(lambda: client.store.get_entry().name == "Rex") == 0
        assert client.store.get_entry().name == "Rex"
    # One of the parent, and one of each child.
    assert server.connections == 4
    assert server.settled(0)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_child_may_run_a_loop_of_its_own(
    package: ModuleType, server: Server, backend: str
) -> None:
    async def ask(client: Any) -> bool:
        return bool((await client.store.get_entry()).name == "Rex")

    async def main() -> None:
        client = package.AsyncVaultClient(base_url=server.url, credential=TOKEN)
        async with client:
            assert await ask(client)

            # A thread beside the loop has none of its own, and so nor has its child.
            def work() -> bool:
                return anyio.run(ask, client, backend=backend)

            with ThreadPoolExecutor(1) as threads:
                child = threads.submit(forked, work)
                assert await anyio.to_thread.run_sync(child.result) == 0
            assert await ask(client)

    anyio.run(main, backend=backend)
    assert server.connections == 2
    assert server.settled(0)


def asked(name: str, url: str, backend: str | None) -> str:
    """What a process of its own gets: it makes its own client."""
    package = importlib.import_module(name)
    if backend is None:
        with package.VaultClient(base_url=url, credential=TOKEN) as client:
            return str(client.store.get_entry().name)

    async def main() -> str:
        async with package.AsyncVaultClient(base_url=url, credential=TOKEN) as client:
            return str((await client.store.get_entry()).name)

    return anyio.run(main, backend=backend)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", ["fork", "spawn", "forkserver"])
def test_processes_of_a_pool(
    package: ModuleType, server: Server, way: str, kind: Kind
) -> None:
    backend = None if kind == "sync" else kind
    context = multiprocessing.get_context(way)
    with package.VaultClient(base_url=server.url, credential=TOKEN) as client:
        assert client.store.get_entry().name == "Rex"
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            child = pool.submit(asked, package.__name__, server.url, backend)
            assert child.result(60) == "Rex"
        assert client.store.get_entry().name == "Rex"
    assert len(server.asked) == 3
    assert server.settled(0)


_inherited: list[Callable[[], str]] = []


def _by_inheritance() -> str:
    return _inherited[0]()


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_forked_worker_may_use_an_inherited_client(
    package: ModuleType, server: Server, backend: str
) -> None:
    client = package.VaultClient(base_url=server.url, credential=TOKEN)
    aclient = package.AsyncVaultClient(base_url=server.url, credential=TOKEN)

    async def main() -> str:
        async with aclient:
            return str((await aclient.store.get_entry()).name)

    def work() -> str:
        return f"{client.store.get_entry().name} {anyio.run(main, backend=backend)}"

    _inherited[:] = [work]
    assert client.store.get_entry().name == "Rex"
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        assert pool.submit(_by_inheritance).result(60) == "Rex Rex"
    assert client.store.get_entry().name == "Rex"
    client.close()
    assert len(server.asked) == 4


def test_a_child_does_not_wait_for_threads_that_it_has_not(
    package: ModuleType, server: Server
) -> None:
    def work() -> bool:
        # A departure is logged, a retry paid for: both take a lock.
        client._session.log.departs("op", [])
        client._session.budget.refund(retried=False)
        return bool(client.store.get_entry().name == "Rex")

    with package.VaultClient(base_url=server.url, credential=TOKEN) as client:
        locks = (client._session.log, client._session.budget, client._http._pools)
        for each in locks:
            each._lock.acquire()
        code = forked(work)
        for each in locks:
            each._lock.release()
        assert code == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_child_that_closes_a_client_closes_nothing_of_its_parent(
    package: ModuleType, server: Server, kind: Kind
) -> None:
    with Vault(package, kind, server.url) as vault:
        assert vault.take("entry") == "Rex"
        # Their locks may be held by threads that the child has not.
        assert forked(lambda: vault.client._http._pools.close() == []) == 0
        assert vault.take("entry") == "Rex"
    assert server.connections == 1


def test_a_client_does_not_travel(package: ModuleType) -> None:
    client = package.VaultClient(base_url="http://127.0.0.1", credential=TOKEN)
    with pytest.raises(TypeError, match="a client cannot be pickled: make one in each"):
        pickle.dumps(client)
    client.close()
