"""How requests are sent by a caller's own client of httpx2: as that is set up, and no other way.

It is not closed, and keeps what it keeps; but redirects are the affair of the call.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from typing import TypedDict

from .deadlines import until
from .http_errors import failures_translated, too_late
from .messages import encoded
from .receiving import as_response, awhole, whole
from .request import RawResponse, Request
from .transport import (
    AsyncHttpAnswer,
    AsyncHttpClient,
    HttpAnswer,
    HttpClient,
    StepTimeouts,
)
from .uploads import awaiting_sent, sent


class ClientTransport:
    """Sends requests of threads by a caller's own client."""

    __slots__ = ("_client",)

    def __init__(self, client: HttpClient) -> None:
        self._client = client

    def send(self, request: Request) -> RawResponse:
        """See `Transport`."""
        began = time.monotonic()
        left = request.time_left
        with (
            until(None if left is None else began + left),
            failures_translated(),
            self.opened(request) as answer,
        ):
            return as_response(answer, whole(answer), began)

    def opened(self, request: Request) -> AbstractContextManager[HttpAnswer]:
        """See `Opens`."""
        return self._client.stream(
            request.method, content=sent(request), **_on_the_wire(request)
        )

    def close(self) -> None:
        """Nothing: the client is its owner's."""


class AsyncClientTransport:
    """Sends requests of tasks by a caller's own client."""

    __slots__ = ("_client",)

    def __init__(self, client: AsyncHttpClient) -> None:
        self._client = client

    async def send(self, request: Request) -> RawResponse:
        """See `AsyncTransport`."""
        import anyio

        # Also where the answer trickles in, each part in time by itself.
        with anyio.move_on_after(request.time_left):
            return await self._exchanged(request)
        raise too_late()

    @asynccontextmanager
    async def opened(self, request: Request) -> AsyncGenerator[AsyncHttpAnswer]:
        """See `AsyncOpens`."""
        async with (
            awaiting_sent(request) as content,
            self._client.stream(
                request.method, content=content, **_on_the_wire(request)
            ) as answer,
        ):
            yield answer

    async def aclose(self) -> None:
        """Nothing: the client is its owner's."""

    async def _exchanged(self, request: Request) -> RawResponse:
        began = time.monotonic()
        with failures_translated():
            async with self.opened(request) as answer:
                return as_response(answer, await awhole(answer), began)


class _Wire(TypedDict):
    """The arguments of `HttpClient.stream` besides the method and the content."""

    url: str
    headers: Sequence[tuple[bytes, bytes]]
    timeout: StepTimeouts
    follow_redirects: bool
    extensions: Mapping[str, object]


def _on_the_wire(request: Request) -> _Wire:
    timeout = request.timeout
    return {
        "url": request.url,
        "headers": encoded(request.headers),
        "timeout": (timeout.connect, timeout.read, timeout.write, timeout.pool),
        "follow_redirects": False,
        "extensions": {},
    }
