"""Bodies that are read while they are sent: their length, their memory, their retries."""

from __future__ import annotations

import io
import os
import socket
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from threading import Thread
from types import ModuleType

import pytest

from tests.bodies.shelf import Shelf, parts
from tests.runtime.loopback import CUT, Answer, Server, http

AGAIN = http(503, headers={"Retry-After": "0"})


def pieces() -> Iterator[bytes]:
    yield b"one"
    yield b""
    yield b"two"


async def awaited() -> AsyncIterator[bytes]:
    for piece in pieces():
        yield piece


def once(content: bytes) -> Iterator[bytes]:
    yield content


class Unseekable:
    """A file that is read once, such as the standard input."""

    def __init__(self, content: bytes) -> None:
        self._content = io.BytesIO(content)

    def read(self, size: int, /) -> bytes:
        return self._content.read(size)


@pytest.mark.parametrize("content", [b"one", bytearray(b"one")])
def test_bytes(shelf: Shelf, server: Server, content: object) -> None:
    shelf.call(server.url, "put_raw", body=content)
    asked = server.asked[0]
    assert asked.body == b"one"
    assert asked.headers["content-type"] == "application/octet-stream"


def test_a_file_tells_its_length(shelf: Shelf, server: Server, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(os.urandom(200_000))
    with path.open("rb") as opened:
        opened.seek(10)
        shelf.call(server.url, "put_raw", body=opened)
        assert not opened.closed
    asked = server.asked[0]
    assert asked.body == path.read_bytes()[10:]
    assert asked.headers["content-length"] == "199990"
    assert "transfer-encoding" not in asked.headers


@pytest.mark.parametrize("content", [Unseekable, once])
def test_an_unknown_length_is_sent_in_chunks(
    shelf: Shelf, server: Server, content: Callable[[bytes], object]
) -> None:
    shelf.call(server.url, "put_raw", body=content(b"abc"))
    asked = server.asked[0]
    assert asked.body == b"abc"
    assert asked.headers["transfer-encoding"] == "chunked"
    assert "content-length" not in asked.headers


def test_iterators(shelf: Shelf, server: Server) -> None:
    shelf.call(server.url, "put_raw", body=pieces())
    assert server.asked[0].body == b"onetwo"


def test_asynchronous_iterators(shelf: Shelf, server: Server) -> None:
    if shelf.kind == "sync":
        with pytest.raises(TypeError, match="needs the asynchronous client"):
            shelf.call(server.url, "put_raw", body=awaited())
        assert server.asked == []
    else:
        shelf.call(server.url, "put_raw", body=awaited())
        assert server.asked[0].body == b"onetwo"


@pytest.mark.parametrize("content", [{"a": b"b"}, 7, io.StringIO("text")])
def test_what_cannot_be_sent_is_refused(
    shelf: Shelf, server: Server, content: object
) -> None:
    with pytest.raises(TypeError, match=r"bytes|binary mode"):
        shelf.call(server.url, "put_raw", body=content)
    assert server.asked == []


def test_pieces_that_are_not_bytes_are_refused(shelf: Shelf, server: Server) -> None:
    with pytest.raises(TypeError, match="what was read is a str"):
        shelf.call(server.url, "put_raw", body=["text"])


def test_text(shelf: Shelf, server: Server) -> None:
    shelf.call(server.url, "put_note", body="Käse")
    asked = server.asked[0]
    assert (asked.headers["content-type"], asked.body) == (
        "text/plain",
        "Käse".encode(),
    )


@pytest.mark.parametrize("failure", [AGAIN, CUT], ids=["503", "cut"])
def test_a_file_is_sent_again_from_where_it_stood(
    shelf: Shelf, failure: Answer, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789" * 10_000)
    with Server(failure, http(204)) as server, path.open("rb") as opened:
        opened.seek(5)
        shelf.call(server.url, "put_raw", body=opened)
    assert [asked.body for asked in server.asked] == [path.read_bytes()[5:]] * 2


def test_a_form_with_files_is_sent_again(shelf: Shelf) -> None:
    with Server(AGAIN, http(204)) as server:
        shelf.call(
            server.url,
            "create_album",
            title="A",
            cover=io.BytesIO(b"cover"),
            tracks=[io.BytesIO(b"one"), b"two"],
        )
    first, second = server.asked
    assert first.body == second.body
    assert [part.content for part in parts(second)][2:] == [b"cover", b"one", b"two"]


def test_what_is_read_once_is_sent_once(shelf: Shelf, package: ModuleType) -> None:
    for content in (pieces(), Unseekable(b"abc")):
        with Server(AGAIN) as server:
            with pytest.raises(package.ServerError) as caught:
                shelf.call(server.url, "put_raw", body=content)
            assert caught.value.attempts == len(server.asked) == 1


def test_what_can_be_iterated_anew_is_sent_again(shelf: Shelf) -> None:
    with Server(AGAIN, http(204)) as server:
        shelf.call(server.url, "put_raw", body=[b"one", b"two"])
    assert [asked.body for asked in server.asked] == [b"onetwo"] * 2


def test_what_was_not_begun_is_tried_again(
    shelf: Shelf, package: ModuleType, unused_port: int
) -> None:
    with pytest.raises(package.ApiConnectionError) as caught:
        shelf.call(f"http://127.0.0.1:{unused_port}", "put_raw", body=pieces())
    assert caught.value.attempts == 3


def test_a_signature_needs_the_whole_body(
    shelf: Shelf, server: Server, package: ModuleType
) -> None:
    shelf.call(server.url, "put_signed", body=b"bytes")
    assert "x-ms-content-sha256" in server.asked[0].headers
    with pytest.raises(package.ConfigurationError, match="give it as bytes"):
        shelf.call(server.url, "put_signed", body=io.BytesIO(b"bytes"))
    assert len(server.asked) == 1


class Endless:
    """A file of so many zeroes, none of which exists before it is read."""

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int, /) -> bytes:
        piece = bytes(min(size, self.left))
        self.left -= len(piece)
        return piece


def swallow(listener: socket.socket) -> None:
    """Reads a request that ends with the last chunk, and keeps none of it."""
    connection, _ = listener.accept()
    with connection:
        end = b""
        while not end.endswith(b"\r\n0\r\n\r\n"):
            end = (end + connection.recv(65_536))[-7:]
        connection.sendall(b"HTTP/1.1 204 X\r\n\r\n")


def test_a_large_file_takes_little_memory(shelf: Shelf) -> None:
    content = Endless(48 * 1024 * 1024)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=swallow, args=(listener,))
        thread.start()
        tracemalloc.start()
        try:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            shelf.call(url, "create_album", title="A", cover=content)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        thread.join(timeout=10)
    assert content.left == 0
    assert peak < 16 * 1024 * 1024
