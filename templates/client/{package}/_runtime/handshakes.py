"""Connections whose TLS does not come about: they are closed, whatever ended it.

httpcore2 closes them where it fails, and leaves them open where the task is cancelled, as
at every deadline.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .network_backends import AsyncConnected, AsyncOpener

if TYPE_CHECKING:
    import ssl


def closing_halves(opener: AsyncOpener) -> AsyncOpener:
    """What opens connections that are closed unless they are whole."""
    return _Backend(opener)


class _Backend:
    """Opens connections that are closed unless they are whole."""

    def __init__(self, opener: AsyncOpener) -> None:
        self._opener = opener

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[object] | None = None,
    ) -> AsyncConnected:
        connect = self._opener.connect_tcp
        return _Connection(
            await connect(host, port, timeout, local_address, socket_options)
        )

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[object] | None = None,
    ) -> AsyncConnected:
        connect = self._opener.connect_unix_socket
        return _Connection(await connect(path, timeout, socket_options))

    async def sleep(self, seconds: float) -> None:
        await self._opener.sleep(seconds)


class _Connection:
    """A connection that is closed if its TLS does not come about."""

    __slots__ = ("_stream",)

    def __init__(self, stream: AsyncConnected) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> AsyncConnected:
        import anyio

        start = self._stream.start_tls
        try:
            return _Connection(await start(ssl_context, server_hostname, timeout))
        except BaseException:
            with anyio.CancelScope(shield=True):
                await self._stream.aclose()
            raise

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
