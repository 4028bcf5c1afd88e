"""Bytes that are read while they arrive, over a real socket."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import anyio
import pytest

from calque.document.node import Json
from tests.made import imported, write
from tests.runtime.calls import KINDS, Kind
from tests.runtime.loopback import Answer, Server, http
from tests.typed import MYPY, PYRIGHT, assert_typed

DOCUMENT: Json = {
    "openapi": "3.1.0",
    "info": {"title": "Store", "version": "1.0.0"},
    "servers": [{"url": "http://127.0.0.1"}],
    "paths": {
        "/files/{id}": {
            "get": {
                "operationId": "getFile",
                "tags": ["files"],
                "parameters": [
                    {
                        "name": "id",
                        "in": "path",
                        "required": True,
                        "schema": {"type": "string"},
                    }
                ],
                "responses": {
                    "200": {
                        "description": "The file.",
                        "content": {"application/octet-stream": {}},
                    }
                },
            },
        }
    },
}

Use = Callable[[Any, Kind], Awaitable[object]]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("store")
    write(DOCUMENT, "store", folder)
    with imported(folder, "store") as found:
        yield found


def downloaded(
    package: ModuleType, kind: Kind, server: Server, use: Use, **settings: object
) -> object:
    """What is made of a download; its connection is back or closed before the client is."""

    async def asynchronous() -> object:
        async with package.AsyncStoreClient(base_url=server.url, **settings) as client:
            call = package.async_download(client.files.get_file)
            async with call("a") as found:
                return await use(found, kind)

    async def synchronous() -> object:
        with (
            package.StoreClient(base_url=server.url, **settings) as client,
            package.download(client.files.get_file)("a") as found,
        ):
            return await use(found, kind)

    if kind == "sync":
        return anyio.run(synchronous)
    return anyio.run(asynchronous, backend=kind)


async def whole(found: Any, kind: Kind) -> object:
    if kind == "sync":
        return b"".join(found)
    return b"".join([piece async for piece in found])


def saving(target: object, told: list[tuple[int, int | None]]) -> Use:
    def tell(done: int, of: int | None) -> None:
        told.append((done, of))

    async def save(found: Any, kind: Kind) -> object:
        done = found.save(target, progress=tell)
        return done if kind == "sync" else await done

    return save


def cut(body: bytes, length: int, **fields: str) -> Answer:
    """An answer that breaks off after a body shorter than it says."""
    answer = http(200, body, None, {"Content-Length": str(length), **fields})
    return Answer(answer.data, close=True)


def part(body: bytes, said: str) -> Answer:
    return http(206, body, None, {"Content-Range": said})


@pytest.mark.parametrize("kind", KINDS)
def test_pieces_and_what_is_known_before_them(package: ModuleType, kind: Kind) -> None:
    async def look(found: Any, kind: Kind) -> object:
        assert found.response.status == 200
        assert found.length == 5
        return await whole(found, kind)

    with Server(http(200, b"bytes", None)) as server:
        assert downloaded(package, kind, server, look) == b"bytes"
    assert server.asked[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("kind", KINDS)
def test_lines(package: ModuleType, kind: Kind) -> None:
    async def lines(found: Any, kind: Kind) -> object:
        if kind == "sync":
            return list(found.lines())
        return [line async for line in found.lines()]

    with Server(http(200, "ä\r\n\nb\x0bc".encode(), None)) as server:
        assert downloaded(package, kind, server, lines) == ["ä", "", "b\x0bc"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_written_and_progress_told(
    package: ModuleType, kind: Kind, tmp_path: Path
) -> None:
    told: list[tuple[int, int | None]] = []
    with Server(http(200, b"bytes", None)) as server:
        downloaded(package, kind, server, saving(tmp_path / "file", told))
    assert (tmp_path / "file").read_bytes() == b"bytes"
    assert told[-1] == (5, 5)
    file = io.BytesIO()
    with Server(http(200, b"bytes", None)) as server:
        downloaded(package, kind, server, saving(file, told))
    assert file.getvalue() == b"bytes"


@pytest.mark.parametrize("kind", KINDS)
def test_what_breaks_off_goes_on_where_it_did(
    package: ModuleType, kind: Kind, tmp_path: Path
) -> None:
    answers = (
        cut(b"abc", 9, ETag='"v"'),
        http(503, headers={"Retry-After": "0"}),
        Answer(
            part(b"def", "bytes 3-8/9").data.replace(b": 3\r", b": 6\r"), close=True
        ),
        part(b"ghi", "bytes 6-8/9"),
    )
    with Server(*answers) as server:
        downloaded(
            package, kind, server, saving(tmp_path / "file", []), strict_responses=True
        )
    assert (tmp_path / "file").read_bytes() == b"abcdefghi"
    ranges = [asked.headers.get("range") for asked in server.asked]
    assert ranges == [None, "bytes=3-", "bytes=3-", "bytes=6-"]
    assert {asked.headers.get("if-range") for asked in server.asked[1:]} == {'"v"'}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("fields", "more", "asked"),
    [
        ({}, (), 1),
        ({"ETag": 'W/"v"'}, (), 1),
        ({"ETag": '"v"'}, (http(200, b"other", None),), 2),
        ({"ETag": '"v"'}, (part(b"ijk", "bytes 5-8/9"),), 2),
    ],
    ids=["no tag", "weak tag", "changed", "another part"],
)
def test_what_cannot_go_on_is_an_error_and_leaves_no_file(
    package: ModuleType,
    kind: Kind,
    fields: dict[str, str],
    more: tuple[Answer, ...],
    asked: int,
    tmp_path: Path,
) -> None:
    with Server(cut(b"abc", 9, **fields), *more) as server:
        with pytest.raises(package.ApiConnectionError):
            downloaded(package, kind, server, saving(tmp_path / "file", []))
        assert server.settled(0)
    assert len(server.asked) == asked
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_without_retries_nothing_goes_on(package: ModuleType, kind: Kind) -> None:
    with (
        Server(cut(b"abc", 9, ETag='"v"')) as server,
        pytest.raises(package.ApiConnectionError),
    ):
        downloaded(package, kind, server, whole, max_retries=0)
    assert len(server.asked) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_is_an_error(package: ModuleType, kind: Kind) -> None:
    with Server(http(404, b"{}")) as server, pytest.raises(package.NotFoundError):
        downloaded(package, kind, server, whole)


@pytest.mark.parametrize("kind", KINDS)
def test_memory_does_not_grow_with_the_answer(
    package: ModuleType, kind: Kind, tmp_path: Path
) -> None:
    size = 32 * 1024 * 1024
    answer = http(200, b"x" * size, None)
    with Server(answer) as server:
        tracemalloc.start()
        try:
            downloaded(package, kind, server, saving(tmp_path / "file", []))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert (tmp_path / "file").stat().st_size == size
    assert peak < size / 4


HEAD = """
from store import AsyncDownload, AsyncStoreClient, Download, StoreClient, async_download, download
client = StoreClient()
aclient = AsyncStoreClient()
"""

RIGHT = [
    "found: Download = download(client.files.get_file)('a', options={'timeout': 3})",
    "with found as opened: texts: list[str] = list(opened.lines())",
    "pieces: list[bytes] = list(found)",
    "afound: AsyncDownload = async_download(aclient.files.get_file)(id='a')",
    "async def f() -> None: await afound.save('a', progress=print)",
]

WRONG = [
    "download(client.files.get_file)()",
    "download(client.files.get_file)(7)",
    "download(aclient.files.get_file)('a')",
    "with afound as never: pass",
]


@pytest.mark.tools
@pytest.mark.parametrize("command", [MYPY, PYRIGHT], ids=["mypy", "pyright"])
def test_type_checkers_pass_what_is_right_and_find_what_is_wrong(
    command: list[str], tmp_path: Path
) -> None:
    write(DOCUMENT, "store", tmp_path)
    assert_typed(command, tmp_path, tmp_path, HEAD, RIGHT, WRONG)
