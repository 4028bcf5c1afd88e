"""The service that a test calls, and the two clients that it is called with."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from tests.behaviour.driver import AsyncDriver, Driver, SyncDriver
from tests.behaviour.service import Service


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither credentials nor proxies of whoever runs the tests."""
    for name in ("ENDPOINT", "TOKEN", "ACCESS_KEY", "CONNECTION_STRING"):
        monkeypatch.delenv(f"ACS_{name}", raising=False)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def service() -> Iterator[Service]:
    """A service that has found nothing wrong, and leaves nothing behind."""
    before = set(threading.enumerate())
    with Service() as running:
        yield running
    assert running.refusals == []
    assert running.faults == []
    left = set(threading.enumerate()) - before
    assert [thread for thread in left if "process_request" in thread.name] == []


@pytest.fixture(params=[SyncDriver, AsyncDriver], ids=["sync", "async"])
def driver(request: pytest.FixtureRequest, service: Service) -> Iterator[Driver]:
    """Depends on the service, so that clients are closed while it still runs."""
    made: Driver = request.param()
    yield made
    made.close()


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port that connections can be made to, where nobody ever says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        yield port
