"""How httpx2 sends our requests, synchronously and asynchronously.

One client of httpx2 per transport, made with the first request. It keeps no cookies and
follows no redirects: each request stands by itself.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from os import getpid
from typing import TYPE_CHECKING, TypedDict

from .deadlines import until
from .headers import Headers
from .http_clients import new_async_client, new_client
from .http_errors import failures_translated, too_late
from .locks import ProcessLock
from .network import DEFAULT_NETWORK, Network
from .receiving import awhole, whole
from .request import RawResponse, Request
from .transport import (
    AsyncHttpAnswer,
    AsyncHttpClient,
    HttpAnswer,
    HttpClient,
    StepTimeouts,
)
from .uploads import awaiting_sent, sent
from .urls import target_of

if TYPE_CHECKING:
    import httpx2


class HttpTransport:
    """Sends requests with a caller's own client, or with one of its own."""

    __slots__ = ("_closed", "_given", "_lock", "_network", "_own", "_process")

    def __init__(
        self, client: HttpClient | None = None, network: Network = DEFAULT_NETWORK
    ) -> None:
        self._given = client
        self._network = network
        self._own: httpx2.Client | None = None
        self._closed = False
        self._process = getpid()
        self._lock = ProcessLock()

    def send(self, request: Request) -> RawResponse:
        """See `Transport`."""
        began = time.monotonic()
        left = request.time_left
        with (
            until(None if left is None else began + left),
            failures_translated(),
            self.opened(request) as answer,
        ):
            return RawResponse(
                status=answer.status_code,
                headers=Headers(answer.headers.multi_items()),
                content=whole(answer),
                elapsed=time.monotonic() - began,
            )

    def opened(self, request: Request) -> AbstractContextManager[HttpAnswer]:
        """See `Opens`."""
        client = self._given or self._own_client()
        wire = _on_the_wire(request, exact=self._given is None)
        return client.stream(request.method, content=sent(request), **wire)

    def close(self) -> None:
        """Closes the connections, unless they are those of a caller's own client."""
        with self._lock:
            self._closed = True
            if self._own is not None:
                self._own.close()

    def _own_client(self) -> httpx2.Client:
        with self._lock:
            if self._process != getpid():
                # A fork: the connections are those of the parent.
                self._own, self._process = None, getpid()
            if self._closed:
                raise RuntimeError("the client is closed")
            if self._own is None:
                self._own = new_client(self._network)
            return self._own


class AsyncHttpTransport:
    """Sends requests with a caller's own client, or with one of its own."""

    __slots__ = ("_closed", "_given", "_network", "_own", "_process")

    def __init__(
        self, client: AsyncHttpClient | None = None, network: Network = DEFAULT_NETWORK
    ) -> None:
        self._given = client
        self._network = network
        self._own: httpx2.AsyncClient | None = None
        self._closed = False
        self._process = getpid()

    async def send(self, request: Request) -> RawResponse:
        """See `AsyncTransport`."""
        import anyio

        # Also where the answer trickles in, each part in time by itself.
        with anyio.move_on_after(request.time_left):
            return await self._exchange(request)
        raise too_late()

    @asynccontextmanager
    async def opened(self, request: Request) -> AsyncGenerator[AsyncHttpAnswer]:
        """See `AsyncOpens`."""
        client = self._given or self._own_client()
        wire = _on_the_wire(request, exact=self._given is None)
        async with (
            awaiting_sent(request) as content,
            client.stream(request.method, content=content, **wire) as answer,
        ):
            yield answer

    async def aclose(self) -> None:
        """Closes the connections, unless they are those of a caller's own client."""
        self._closed = True
        if self._own is not None:
            await self._own.aclose()

    async def _exchange(self, request: Request) -> RawResponse:
        began = time.monotonic()
        with failures_translated():
            async with self.opened(request) as answer:
                return RawResponse(
                    status=answer.status_code,
                    headers=Headers(answer.headers.multi_items()),
                    content=await awhole(answer),
                    elapsed=time.monotonic() - began,
                )

    def _own_client(self) -> httpx2.AsyncClient:
        if self._process != getpid():
            # A fork: the connections are those of the parent.
            self._own, self._process = None, getpid()
        if self._closed:
            raise RuntimeError("the client is closed")
        if self._own is None:
            self._own = new_async_client(self._network)
        return self._own


class _Wire(TypedDict):
    """The arguments of `HttpClient.stream` besides the method and the content."""

    url: str
    headers: Sequence[tuple[bytes, bytes]]
    timeout: StepTimeouts
    follow_redirects: bool
    extensions: Mapping[str, object]


def _on_the_wire(request: Request, *, exact: bool) -> _Wire:
    """What httpx2 is told of a request.

    httpx2 logs the URL that it is given. With `exact` that is one without credentials,
    and the path and query to send go beside it, as they stand. Whether a caller's own
    client heeds them depends on its transport, so that is given the whole URL.
    """
    timeout = request.timeout
    extensions = {"target": target_of(request.url).encode("ascii")} if exact else {}
    return {
        "url": request.shown_url if exact else request.url,
        "headers": [
            (name.encode("ascii"), value.encode())
            for name, value in request.headers.multi_items()
        ],
        "timeout": (timeout.connect, timeout.read, timeout.write, timeout.pool),
        "follow_redirects": False,
        "extensions": extensions,
    }
