"""What tasks open connections by: they hand on no more than an answer.

httpcore2 closes a connection whose TLS fails, and leaves it open where the task is
cancelled meanwhile, as at every deadline. Here it is closed, whatever ended it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

import anyio
import httpcore2

from .surplus import Surplus

if TYPE_CHECKING:
    import ssl

_AT_ONCE = 262_144
"""How many bytes asyncio takes off a socket at once: what it held back, nobody would see."""


class AsyncBackend(httpcore2.AsyncNetworkBackend):
    """Opens connections, under asyncio and under trio."""

    def __init__(self) -> None:
        # Type checkers see the form that it has without anyio.
        anyio_backend = httpcore2.AnyIOBackend()
        self._opener = cast("httpcore2.AsyncNetworkBackend", anyio_backend)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        connect = self._opener.connect_tcp
        return AsyncConnection(
            await connect(host, port, timeout, local_address, socket_options)
        )

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        connect = self._opener.connect_unix_socket
        return AsyncConnection(await connect(path, timeout, socket_options))

    async def sleep(self, seconds: float) -> None:
        await self._opener.sleep(seconds)


class AsyncConnection(httpcore2.AsyncNetworkStream):
    """A connection that is closed if its TLS does not come about.

    It tells of a surplus by being readable.
    """

    def __init__(self, stream: httpcore2.AsyncNetworkStream) -> None:
        self._stream = stream
        self._surplus = Surplus()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._surplus.kept:
            return self._surplus.taken()
        most = max(max_bytes, _AT_ONCE)
        return self._surplus.without(await self._stream.read(most, timeout))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        start = self._stream.start_tls
        try:
            return AsyncConnection(await start(ssl_context, server_hostname, timeout))
        except BaseException:
            with anyio.CancelScope(shield=True):
                await self._stream.aclose()
            raise

    def get_extra_info(self, info: str) -> object:
        return self._surplus.told(info, self._stream.get_extra_info)
