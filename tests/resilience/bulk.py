"""A server of bodies too large to be kept, and a process that moves them, with its memory.

    python -m tests.resilience.bulk FOLDER URL KIND WAY SIZE

prints by how many bytes the most that the process ever took up grew with the transfer.
FOLDER holds the generated package; WAY is one of `WAYS`.
"""

from __future__ import annotations

import importlib
import os
import re
import resource
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any, Self

import anyio

PIECE = bytes(65_536)
ENTRY = b'HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{"name": "Rex"}'
ROOT = Path(__file__).parents[2]


class Bulk:
    """Takes bodies and sends them, a small one first, and keeps nothing but sizes."""

    def __init__(self, size: int) -> None:
        self._sizes = iter((len(PIECE), size))
        self.taken: list[int] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(timeout=10)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as stream:
                while line := stream.readline():
                    self._answer(line.split()[0], stream, connection)

    def _answer(self, method: bytes, stream: Any, connection: socket.socket) -> None:
        fields: dict[bytes, bytes] = {}
        while (line := stream.readline().strip()) != b"":
            name, _, value = line.partition(b":")
            fields[name.lower()] = value.strip()
        if method == b"GET":
            size = next(self._sizes)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size)
            for _ in range(size // len(PIECE)):
                connection.sendall(PIECE)
            return
        if b"content-length" in fields:
            self.taken.append(_skipped(stream, int(fields[b"content-length"])))
        else:
            self.taken.append(_chunks_skipped(stream))
        connection.sendall(ENTRY)


def _skipped(stream: Any, size: int) -> int:
    left = size
    while left and (piece := stream.read1(min(left, len(PIECE)))):
        left -= len(piece)
    return size - left


def _chunks_skipped(stream: Any) -> int:
    whole = 0
    while size := int(stream.readline(), 16):
        whole += _skipped(stream, size)
        stream.readline()
    stream.readline()
    return whole


def _pieces(size: int) -> Iterator[bytes]:
    for _ in range(size // len(PIECE)):
        yield PIECE


async def _apieces(size: int) -> AsyncIterator[bytes]:
    for piece in _pieces(size):
        yield piece


BODIES: dict[str, Callable[[Path, int], object]] = {
    "path": lambda path, size: path,
    "file": lambda path, size: path.open("rb"),
    "iterator": lambda path, size: _pieces(size),
    "asynchronous iterator": lambda path, size: _apieces(size),
}
WAYS = ("download", *BODIES)
"""Those that need no more memory for more; `whole` does, which is to be noticed."""


def _sync(package: ModuleType, url: str, way: str, path: Path) -> Callable[[int], None]:
    def move(size: int) -> None:
        with package.VaultClient(base_url=url, credential="t") as client:
            if way == "download":
                with package.download(client.store.get_file)() as found:
                    found.save(path)
            elif way == "whole":
                client.store.get_file()
            else:
                client.store.put_file(body=BODIES[way](path, size))

    return move


def _async(
    package: ModuleType, url: str, way: str, path: Path
) -> Callable[[int], Awaitable[None]]:
    async def move(size: int) -> None:
        async with package.AsyncVaultClient(base_url=url, credential="t") as client:
            if way == "download":
                async with package.async_download(client.store.get_file)() as found:
                    await found.save(path)
            elif way == "whole":
                await client.store.get_file()
            else:
                await client.store.put_file(body=BODIES[way](path, size))

    return move


def most_memory() -> int:
    """The most bytes of memory that this process ever took up.

    Where there is a /proc it knows; elsewhere that of a child begins with its parent's.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text("ascii"))
        if found is not None:
            return int(found[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def main(folder: str, url: str, kind: str, way: str, size: int) -> int:
    """Moves a small body, then a large one; by how much the most grew with that."""
    sys.path.insert(0, folder)
    package = importlib.import_module("vault")
    grown: list[int] = []
    for each in (len(PIECE), size):
        path = Path(folder, f"{each}.bin")
        if kind == "sync":
            _sync(package, url, way, path)(each)
        else:
            anyio.run(_async(package, url, way, path), each, backend=kind)
        grown.append(most_memory())
    return grown[1] - grown[0]


def grown(folder: Path, url: str, kind: str, way: str, size: int) -> int:
    """What `main` finds, in a process of its own."""
    program = [sys.executable, "-m", "tests.resilience.bulk", str(folder)]
    path = [str(ROOT / "templates/client/{package}"), str(ROOT)]
    done = subprocess.run(
        [*program, url, kind, way, str(size)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path)},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


if __name__ == "__main__":
    _, where, server, how, which, last = sys.argv
    print(main(where, server, how, which, int(last)))
