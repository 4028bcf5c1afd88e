"""What threads open connections by: they keep deadlines, and hand on no more than an answer."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from socket import SOCK_STREAM, getaddrinfo
from typing import TYPE_CHECKING

import httpcore2

from .deadlines import left_for
from .surplus import Surplus

if TYPE_CHECKING:
    import ssl


class Backend(httpcore2.SyncBackend):
    """Opens connections that heed `until`."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        def connected(to: tuple[str, int]) -> httpcore2.NetworkStream:
            left = left_for("Connect", timeout)
            connect = super(Backend, self).connect_tcp
            return Connection(connect(*to, left, local_address, socket_options))

        # One by one: each would take as long as all of them may.
        *others, last = _addresses(host, port)
        for each in others:
            with suppress(httpcore2.ConnectError, httpcore2.ConnectTimeout):
                return connected(each)
        return connected(last)

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        left = left_for("Connect", timeout)
        return Connection(super().connect_unix_socket(path, left, socket_options))


def _addresses(host: str, port: int) -> list[tuple[str, int]]:
    try:
        found = getaddrinfo(host, port, type=SOCK_STREAM)
    except OSError as error:
        raise httpcore2.ConnectError(error) from error
    return [(str(address[0]), int(address[1])) for *_, address in found]


class Connection(httpcore2.NetworkStream):
    """A connection that heeds `until`, and tells of a surplus by being readable."""

    def __init__(self, stream: httpcore2.NetworkStream) -> None:
        self._stream = stream
        self._surplus = Surplus()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._surplus.kept:
            return self._surplus.taken()
        left = left_for("Read", timeout)
        return self._surplus.without(self._stream.read(max_bytes, left))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, left_for("Write", timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        left = left_for("Connect", timeout)
        return Connection(self._stream.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> object:
        return self._surplus.told(info, self._stream.get_extra_info)
