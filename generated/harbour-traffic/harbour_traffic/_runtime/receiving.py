"""How the body of an answer is read: decoded, and never taken for whole where it is cut."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import suppress
from io import BytesIO

from .answers import is_error
from .content_codings import Decoder, decoder_of
from .errors import ApiConnectionError, ApiError
from .headers import Headers
from .http_errors import failures_translated
from .request import RawResponse
from .transport import AsyncHttpAnswer, HttpAnswer


def as_response(
    answer: HttpAnswer | AsyncHttpAnswer, content: bytes, began: float
) -> RawResponse:
    """An answer and its body; `began` is when sending did, by the monotonic clock."""
    fields = answer.headers
    return RawResponse(
        status=answer.status_code,
        headers=(
            fields if isinstance(fields, Headers) else Headers(fields.multi_items())
        ),
        content=content,
        elapsed=time.monotonic() - began,
    )


def whole(answer: HttpAnswer) -> bytes:
    """All of the body. Raises as `received`, unless the answer is an error all the same."""
    found = BytesIO()
    try:
        for piece in received(answer):
            found.write(piece)
    except ApiConnectionError:
        if not is_error(answer.status_code):
            raise
    return found.getvalue()


async def awhole(answer: AsyncHttpAnswer) -> bytes:
    """As `whole`, for a task."""
    found = BytesIO()
    try:
        async for piece in areceived(answer):
            found.write(piece)
    except ApiConnectionError:
        if not is_error(answer.status_code):
            raise
    return found.getvalue()


def received(answer: HttpAnswer) -> Iterator[bytes]:
    """The body as it arrives. Raises ApiConnectionError if it is damaged."""
    decoder = decoder_of(answer.headers.multi_items())
    # A client of the caller's own may have read it already.
    if decoder is None or answer.is_stream_consumed:
        return answer.iter_bytes()
    return _decoded(answer, decoder)


def _decoded(answer: HttpAnswer, decoder: Decoder) -> Iterator[bytes]:
    for piece in answer.iter_raw():
        yield from decoder.feed(piece)
    decoder.finish()


def areceived(answer: AsyncHttpAnswer) -> AsyncIterator[bytes]:
    """As `received`, for a task."""
    decoder = decoder_of(answer.headers.multi_items())
    if decoder is None or answer.is_stream_consumed:
        return answer.aiter_bytes()
    return _adecoded(answer, decoder)


async def _adecoded(answer: AsyncHttpAnswer, decoder: Decoder) -> AsyncGenerator[bytes]:
    pieces = answer.aiter_raw()
    try:
        async for piece in pieces:
            for part in decoder.feed(piece):
                yield part
        decoder.finish()
    except ApiConnectionError:
        await broken_off(pieces)
        raise


async def broken_off(pieces: AsyncIterator[bytes]) -> None:
    """Ends the reading from within.

    Otherwise generators of the HTTP library would be left half-way; trio warns of those.
    """
    import anyio

    with anyio.CancelScope() as scope, suppress(ApiError), failures_translated():
        scope.cancel()
        while await anext(pieces, None) is not None:
            continue
