"""Bodies from wherever they may come, and who is told how far they are."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.resilience.answers import BODIES
from tests.resilience.vault import Vault
from tests.runtime.calls import KINDS, Kind
from tests.runtime.loopback import Answer, Asked, Server, http

SIZE = 200_000
CONTENT = bytes(range(250)) * (SIZE // 250)
ENTRY = http(200, BODIES["entry"])


def pieces() -> Iterator[bytes]:
    for start in range(0, SIZE, 50_000):
        yield CONTENT[start : start + 50_000]


async def apieces() -> AsyncIterator[bytes]:
    for piece in pieces():
        yield piece


SOURCES: dict[str, tuple[Callable[[Path], object], int | None]] = {
    "bytes": (lambda path: CONTENT, SIZE),
    "path": (lambda path: path, SIZE),
    "file": (lambda path: io.BytesIO(CONTENT), SIZE),
    "iterator": (lambda path: pieces(), None),
    "list": (lambda path: list(pieces()), None),
    "asynchronous iterator": (lambda path: apieces(), None),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "content"
    found.write_bytes(CONTENT)
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SOURCES)
def test_progress_is_told(
    package: ModuleType, kind: Kind, name: str, path: Path
) -> None:
    source, length = SOURCES[name]
    if kind == "sync" and name.startswith("async"):
        pytest.skip("an asynchronous iterator needs the asynchronous client")
    told: list[tuple[int, int | None]] = []

    def tell(done: int, of: int | None) -> None:
        told.append((done, of))

    with Server(ENTRY) as server, Vault(package, kind, server.url) as vault:
        assert vault.put(source(path), {"upload_progress": tell}) == "Rex"
    asked = server.asked[0]
    assert asked.body == CONTENT
    assert asked.headers.get("content-length") == (str(length) if length else None)
    assert [of for _, of in told] == [length] * len(told)
    done = [done for done, _ in told]
    assert len(done) >= 4
    assert done == sorted(set(done))
    assert done[-1] == SIZE


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["path", "file", "list", "bytes"])
def test_what_can_be_read_again_is_sent_again(
    package: ModuleType, kind: Kind, name: str, path: Path
) -> None:
    def script(_asked: Asked, number: int) -> Answer:
        return ENTRY if number else http(503, headers={"Retry-After": "0"})

    with (
        Server(script=script) as server,
        Vault(package, kind, server.url, max_retries=1) as vault,
    ):
        assert vault.put(SOURCES[name][0](path)) == "Rex"
    assert [asked.body for asked in server.asked] == [CONTENT, CONTENT]


@pytest.mark.parametrize("kind", KINDS)
def test_a_path_that_leads_nowhere_is_told_before_anything_is_sent(
    package: ModuleType, kind: Kind, tmp_path: Path
) -> None:
    with Server(ENTRY) as server, Vault(package, kind, server.url) as vault:
        with pytest.raises(FileNotFoundError):
            vault.put(tmp_path / "nothing")
        with pytest.raises(TypeError, match="upload_progress takes a function"):
            vault.put(b"a", {"upload_progress": 7})
    assert server.asked == []
