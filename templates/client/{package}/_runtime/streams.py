"""Content that is sent piece by piece, and which of it can be sent again."""

from __future__ import annotations

import io
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Iterator,
    Sequence,
)
from os import PathLike, stat
from pathlib import Path
from typing import cast

from .files import AsyncContent, BinaryFile
from .request import Stream

_CHUNK = 65_536
_ASYNCHRONOUS = "an asynchronous iterator needs the asynchronous client"


def content_of(sources: Sequence[AsyncContent]) -> bytes | Stream:
    """The sources one after the other: as bytes where all are, else as a stream."""
    known = [source for source in sources if isinstance(source, bytes)]
    if len(known) == len(sources):
        return b"".join(known)
    return SourceStream([_Source(source) for source in sources])


class SourceStream:
    """Sources that are read while they are sent, with a constant amount of memory."""

    __slots__ = ("_begun", "_sources", "length")

    def __init__(self, sources: Sequence[_Source]) -> None:
        self._sources = sources
        self._begun = False
        lengths = [source.length for source in sources]
        known = [length for length in lengths if length is not None]
        self.length = sum(known) if len(known) == len(lengths) else None
        """How many bytes there are; None if nobody knows before the end."""

    @property
    def spent(self) -> bool:
        """Whether it was begun and cannot begin anew."""
        return self._begun and not all(source.again for source in self._sources)

    def chunks(self) -> Iterator[bytes]:
        """The bytes, from the beginning. Raises TypeError for asynchronous sources."""
        if any(isinstance(source.content, AsyncIterable) for source in self._sources):
            raise TypeError(_ASYNCHRONOUS)
        return self._chunks()

    def _chunks(self) -> Iterator[bytes]:
        self._begun = True
        for source in self._sources:
            yield from source.chunks()

    async def achunks(self) -> AsyncGenerator[bytes]:
        """The bytes, from the beginning; files are read in a thread of their own."""
        self._begun = True
        for source in self._sources:
            if isinstance(source.content, AsyncIterable):
                async for chunk in source.content:
                    yield _bytes(chunk)
            elif isinstance(source.content, BinaryFile | PathLike):
                async for chunk in _read_beside(source.chunks()):
                    yield chunk
            else:
                for chunk in source.chunks():
                    yield chunk


def _read(file: BinaryFile) -> Iterator[bytes]:
    while chunk := _bytes(file.read(_CHUNK)):
        yield chunk


async def _read_beside(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    import anyio.to_thread

    while chunk := await anyio.to_thread.run_sync(next, chunks, b""):
        yield chunk


class _Source:
    """One source: its length if it has one, and whether it can be read again."""

    __slots__ = ("_start", "again", "content", "length")

    def __init__(self, content: AsyncContent) -> None:
        if isinstance(content, io.TextIOBase):
            raise TypeError("the file is open as text: open it in binary mode")
        self.content = content
        self.length: int | None = None
        self._start: int | None = None
        if isinstance(content, bytes):
            self.length = len(content)
            self.again = True
        elif isinstance(content, PathLike):
            self.length = stat(content).st_size
            self.again = True
        elif isinstance(content, BinaryFile):
            self._start, self.length = _extent(content)
            self.again = self._start is not None
        else:
            # What is its own iterator, such as a generator, runs once.
            self.again = not isinstance(content, Iterator | AsyncIterator)

    def chunks(self) -> Iterator[bytes]:
        """The bytes, from where the source stood at first."""
        content = self.content
        if isinstance(content, bytes):
            yield content
        elif isinstance(content, PathLike):
            with Path(content).open("rb") as file:
                yield from _read(file)
        elif isinstance(content, BinaryFile):
            if self._start is not None:
                cast("io.IOBase", content).seek(self._start)
            yield from _read(content)
        elif not isinstance(content, AsyncIterable):
            for chunk in content:
                # An empty chunk would end a body that is sent in chunks.
                if _bytes(chunk):
                    yield chunk


def _extent(file: BinaryFile) -> tuple[int | None, int | None]:
    """Where a file stands and how many bytes follow; None where it cannot tell."""
    seekable = getattr(file, "seekable", None)
    if not callable(seekable) or not seekable():
        return None, None
    there = cast("io.IOBase", file)
    start = there.tell()
    end = there.seek(0, io.SEEK_END)
    there.seek(start)
    return start, max(0, end - start)


def _bytes(chunk: object) -> bytes:
    if not isinstance(chunk, bytes):
        raise TypeError(
            f"a body is made of bytes; what was read is a {type(chunk).__name__}"
        )
    return chunk
