"""Answers that never end, each byte of which comes in time: the deadline ends them."""

from __future__ import annotations

import gc
import gzip
import os
from collections.abc import Iterator
from types import ModuleType

import pytest

from tests.resilience.answers import OK
from tests.resilience.vault import Form, Vault
from tests.runtime.calls import KINDS, Kind
from tests.runtime.loopback import Answer, Server

DEADLINE = "DeadlineExceededError"
LENGTH = b"Content-Length: 1000\r\n\r\n"
# A hundred bytes a second: each of them would take ten seconds and more.
SLOW = {
    "status line": Answer(b"", drip=b"HTTP/1.1 200 " + b"O" * 1000),
    "header": Answer(OK, drip=b"X: " + b"y" * 1000),
    "1xx": Answer(b"", drip=b"HTTP/1.1 103 E\r\n\r\n" * 60),
    "body": Answer(OK + LENGTH, drip=b"x" * 1000),
    "chunks": Answer(OK + b"Transfer-Encoding: chunked\r\n\r\n", drip=b"1;" * 500),
    "gzip": Answer(
        OK + b"Content-Encoding: gzip\r\n" + LENGTH, drip=gzip.compress(os.urandom(980))
    ),
    "silence": Answer(OK + LENGTH, drip=b"x", hang=True),
    "error": Answer(b"HTTP/1.1 500 X\r\n" + LENGTH, drip=b"x" * 1000),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["note", "download", "events"])
@pytest.mark.parametrize("name", SLOW)
def test_what_trickles_in_ends_with_the_deadline(
    package: ModuleType, kind: Kind, form: Form, name: str
) -> None:
    with Server(SLOW[name]) as server, Vault(package, kind, server.url) as vault:
        assert vault.outcome(form, {"deadline": 0.3, "timeout": 60}) == DEADLINE
        assert server.settled(0)
        assert server.all_left()
        assert vault.pooled == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_flood_without_an_answer_ends_with_the_deadline(
    package: ModuleType, kind: Kind
) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\n\r\n"
    with (
        Server(Answer(hints, flood=True)) as server,
        Vault(package, kind, server.url) as vault,
    ):
        assert vault.outcome("note", {"deadline": 0.3}) == DEADLINE
        assert server.settled(0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_that_nobody_takes_ends_with_the_deadline(
    package: ModuleType, kind: Kind
) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield bytes(65_536)

    with Server(deaf=True) as server, Vault(package, kind, server.url) as vault:
        with pytest.raises(package.DeadlineExceededError):
            vault.put(endless(), {"deadline": 0.3})
        assert vault.pooled == 0


@pytest.mark.parametrize("kind", KINDS)
def test_tls_that_comes_to_nothing_ends_with_the_deadline(
    package: ModuleType, kind: Kind
) -> None:
    with Server(deaf=True) as server:
        url = server.url.replace("http:", "https:")
        with Vault(package, kind, url) as vault:
            assert vault.outcome("note", {"deadline": 0.3}) == DEADLINE
            assert vault.pooled == 0
    # Python tells of sockets that nobody closed, and the tests take that for an error.
    gc.collect()
