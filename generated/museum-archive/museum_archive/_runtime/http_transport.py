"""How requests are sent over connections of our own, by threads and by tasks.

Over the pools of httpcore2, on which httpx2 stands itself: what a client of httpx2 adds to
them (redirects, cookies, credentials, defaults) is done by calls already, or not wanted.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, AsyncIterable, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from .deadlines import until
from .http_errors import raise_translated, too_late
from .messages import CoreAnswer, addressed, on_the_wire
from .network import DEFAULT_NETWORK, Network
from .pools import Pools, new_async_pool, new_pool
from .receiving import as_response, awhole, whole
from .request import RawResponse, Request
from .uploads import awaiting_sent, sent

if TYPE_CHECKING:
    import httpcore2


class HttpTransport:
    """Sends requests of threads."""

    __slots__ = ("_pools",)

    def __init__(self, network: Network = DEFAULT_NETWORK) -> None:
        self._pools: Pools[httpcore2.ConnectionPool] = Pools(network, new_pool)

    def send(self, request: Request) -> RawResponse:
        """See `Transport`."""
        began = time.monotonic()
        left = request.time_left
        with until(None if left is None else began + left):
            try:
                answer = self._asked(request)
                try:
                    content = whole(answer)
                finally:
                    answer.close()
            except Exception as error:
                raise_translated(error)
        return as_response(answer, content, began)

    @contextmanager
    def opened(self, request: Request) -> Generator[CoreAnswer]:
        """See `Opens`."""
        answer = self._asked(request)
        try:
            yield answer
        finally:
            answer.close()

    def close(self) -> None:
        """Closes the connections."""
        for pool in self._pools.close():
            pool.close()

    def _asked(self, request: Request) -> CoreAnswer:
        address, target = addressed(request)
        wire = on_the_wire(request, address, target, sent(request))
        return CoreAnswer(self._pools.of(address).handle_request(wire))


class AsyncHttpTransport:
    """Sends requests of tasks."""

    __slots__ = ("_pools",)

    def __init__(self, network: Network = DEFAULT_NETWORK) -> None:
        self._pools: Pools[httpcore2.AsyncConnectionPool]
        self._pools = Pools(network, new_async_pool)

    async def send(self, request: Request) -> RawResponse:
        """See `AsyncTransport`."""
        if request.time_left is None:
            return await self._exchanged(request)
        import anyio

        # Also where the answer trickles in, each part in time by itself.
        with anyio.move_on_after(request.time_left):
            return await self._exchanged(request)
        raise too_late()

    @asynccontextmanager
    async def opened(self, request: Request) -> AsyncGenerator[CoreAnswer]:
        """See `AsyncOpens`."""
        async with awaiting_sent(request) as content:
            answer = await self._asked(request, content)
            try:
                yield answer
            finally:
                await answer.aclose()

    async def aclose(self) -> None:
        """Closes the connections."""
        for pool in self._pools.close():
            await pool.aclose()

    async def _exchanged(self, request: Request) -> RawResponse:
        began = time.monotonic()
        try:
            async with self.opened(request) as answer:
                content = await awhole(answer)
        except Exception as error:
            raise_translated(error)
        return as_response(answer, content, began)

    async def _asked(
        self, request: Request, content: bytes | AsyncIterable[bytes] | None
    ) -> CoreAnswer:
        address, target = addressed(request)
        wire = on_the_wire(request, address, target, content)
        return CoreAnswer(await self._pools.of(address).handle_async_request(wire))
