"""Sending a request whose answer is not read, but opened: its body is read piece by piece.

What is an error is read whole, as everywhere: only a success stays open.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack, aclosing, closing, suppress

from .answers import is_error
from .deadlines import until
from .errors import ApiError, ApiTimeoutError
from .http_errors import failures_translated, too_late
from .receiving import (
    areceived,
    as_response,
    awhole,
    broken_off,
    received,
    whole,
)
from .request import RawResponse, Request
from .transport import (
    AsyncOpens,
    AsyncTransport,
    Opens,
    Transport,
)

_ENOUGH = 65_536
"""Bytes that are read of a body that is not what it should be."""

_PATIENCE = 5.0
"""Seconds that it is waited for: it may never end."""


class Opening:
    """A transport that leaves the body of a success to be read in pieces."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._stack = ExitStack()
        self._chunks: Iterator[bytes] | None = None
        self._whole = b""
        self._until: float | None = None

    def send(self, request: Request) -> RawResponse:
        """See `Transport`."""
        if not isinstance(self._transport, Opens):
            found = self._transport.send(request)
            self._whole = found.content
            return found
        began = time.monotonic()
        if request.time_left is not None:
            self._until = began + request.time_left
        with until(self._until), ExitStack() as stack, failures_translated():
            answer = stack.enter_context(self._transport.opened(request))
            content = b""
            if is_error(answer.status_code):
                content = whole(answer)
            else:
                self._chunks, self._stack = received(answer), stack.pop_all()
            return as_response(answer, content, began)

    def chunks(self) -> Iterator[bytes]:
        """The body as it arrives. Raises ApiError if it breaks."""
        if self._chunks is None:
            yield self._whole
            return
        while (chunk := self._next(self._chunks)) is not None:
            yield chunk

    def _next(self, chunks: Iterator[bytes]) -> bytes | None:
        try:
            with until(self._until), failures_translated():
                return next(chunks, None)
        except ApiTimeoutError as error:
            if self._until is not None and time.monotonic() >= self._until:
                raise too_late() from error
            raise

    def beginning(self) -> bytes:
        """The first of a body that is not what it should be; gives the connection back."""
        found = b""
        self._until = _sooner(self._until, time.monotonic() + _PATIENCE)
        with closing(self), suppress(ApiError):
            for chunk in self.chunks():
                found += chunk
                if len(found) >= _ENOUGH:
                    break
        return found

    def close(self) -> None:
        """Gives the connection back."""
        self._stack.close()


class AsyncOpening:
    """A transport that leaves the body of a success to be read in pieces."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport
        self._stack = AsyncExitStack()
        self._chunks: AsyncIterator[bytes] | None = None
        self._whole = b""
        self._until: float | None = None

    async def send(self, request: Request) -> RawResponse:
        """See `AsyncTransport`."""
        import anyio

        if not isinstance(self._transport, AsyncOpens):
            found = await self._transport.send(request)
            self._whole = found.content
            return found
        if request.time_left is not None:
            self._until = anyio.current_time() + request.time_left
        with anyio.move_on_after(request.time_left):
            return await self._sent(self._transport, request)
        raise too_late()

    async def _sent(self, transport: AsyncOpens, request: Request) -> RawResponse:
        began = time.monotonic()
        with failures_translated():
            async with AsyncExitStack() as stack:
                answer = await stack.enter_async_context(transport.opened(request))
                content = b""
                if is_error(answer.status_code):
                    content = await awhole(answer)
                else:
                    self._chunks, self._stack = areceived(answer), stack.pop_all()
                return as_response(answer, content, began)

    async def chunks(self) -> AsyncGenerator[bytes]:
        """The body as it arrives. Raises ApiError if it breaks."""
        if self._chunks is None:
            yield self._whole
            return
        with failures_translated():
            while (chunk := await self._next(self._chunks)) is not None:
                yield chunk

    async def _next(self, chunks: AsyncIterator[bytes]) -> bytes | None:
        import anyio

        left = None if self._until is None else self._until - anyio.current_time()
        with anyio.move_on_after(left):
            return await anext(chunks, None)
        raise too_late()

    async def beginning(self) -> bytes:
        """As that of `Opening`."""
        import anyio

        found = b""
        self._until = _sooner(self._until, anyio.current_time() + _PATIENCE)
        with suppress(ApiError):
            async with aclosing(self), aclosing(self.chunks()) as chunks:
                async for chunk in chunks:
                    found += chunk
                    if len(found) >= _ENOUGH:
                        break
        return found

    async def aclose(self) -> None:
        """Gives the connection back, also while the task is cancelled."""
        import anyio

        with anyio.CancelScope(shield=True):
            try:
                if self._chunks is not None:
                    await broken_off(self._chunks)
            finally:
                # A task that asyncio itself cancels is not shielded.
                await self._stack.aclose()


def _sooner(one: float | None, other: float) -> float:
    return other if one is None else min(one, other)
