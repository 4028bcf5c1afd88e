"""How the content of a request is handed over to be sent, and who is told how far it is."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import aclosing, asynccontextmanager

from .options import UploadProgress
from .request import Request

_PIECE = 65_536


def sent(request: Request) -> bytes | Iterable[bytes] | None:
    """The content, in pieces where it is read while it is sent, or where somebody is told."""
    content, tell = request.content, request.upload_progress
    if content is None:
        return None
    if isinstance(content, bytes):
        return content if tell is None else _told(_cut(content), len(content), tell)
    chunks = content.chunks()
    return chunks if tell is None else _told(chunks, content.length, tell)


@asynccontextmanager
async def awaiting_sent(
    request: Request,
) -> AsyncGenerator[bytes | AsyncGenerator[bytes] | None]:
    """As `sent`, for the time that it is sent: a stream may be left before its end."""
    content, tell = request.content, request.upload_progress
    if content is None or (tell is None and isinstance(content, bytes)):
        yield content
        return
    if not isinstance(content, bytes):
        chunks, length = content.achunks(), content.length
    else:
        chunks, length = _acut(content), len(content)
    async with aclosing(chunks):
        if tell is None:
            yield chunks
            return
        async with aclosing(_atold(chunks, length, tell)) as told:
            yield told


def _told(
    pieces: Iterator[bytes], length: int | None, tell: UploadProgress
) -> Iterator[bytes]:
    done = 0
    for piece in pieces:
        yield piece
        # Whoever asks for the next one has sent this one.
        done += len(piece)
        tell(done, length)


async def _atold(
    pieces: AsyncGenerator[bytes], length: int | None, tell: UploadProgress
) -> AsyncGenerator[bytes]:
    done = 0
    async for piece in pieces:
        yield piece
        done += len(piece)
        tell(done, length)


def _cut(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _PIECE):
        yield content[start : start + _PIECE]


async def _acut(content: bytes) -> AsyncGenerator[bytes]:
    for piece in _cut(content):
        yield piece
