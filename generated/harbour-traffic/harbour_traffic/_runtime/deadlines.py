"""When a thread stops waiting for a server, however little at a time that sends.

httpx2 limits each reading by itself, so that what trickles in would never end. Tasks are
cancelled at their deadline; of a thread, the connections ask here how long they may wait.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Literal

from .network_backends import Connected, Opener

if TYPE_CHECKING:
    import ssl

_UNTIL: ContextVar[float | None] = ContextVar("_UNTIL", default=None)


@contextmanager
def until(moment: float | None) -> Generator[None]:
    """Has this thread wait no longer than until then, by the monotonic clock."""
    token = _UNTIL.set(moment)
    try:
        yield
    finally:
        _UNTIL.reset(token)


def keeping_time(opener: Opener) -> Opener:
    """What opens connections that heed `until`."""
    return _Backend(opener)


class _Backend:
    """Opens connections that heed `until`."""

    def __init__(self, opener: Opener) -> None:
        self._opener = opener

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[object] | None = None,
    ) -> Connected:
        left = _left(timeout, "Connect")
        connect = self._opener.connect_tcp
        return _Connection(connect(host, port, left, local_address, socket_options))

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[object] | None = None,
    ) -> Connected:
        left = _left(timeout, "Connect")
        return _Connection(self._opener.connect_unix_socket(path, left, socket_options))

    def sleep(self, seconds: float) -> None:
        self._opener.sleep(seconds)


class _Connection:
    """A connection that heeds `until`."""

    __slots__ = ("_stream",)

    def __init__(self, stream: Connected) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout, "Read"))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout, "Write"))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> Connected:
        left = _left(timeout, "Connect")
        return _Connection(self._stream.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _left(
    timeout: float | None, step: Literal["Connect", "Read", "Write"]
) -> float | None:
    """How long a step may take. Raises the timeout of httpcore2 if it may not begin."""
    moment = _UNTIL.get()
    if moment is None:
        return timeout
    left = moment - time.monotonic()
    if left <= 0:
        raise _timeout(step)
    return left if timeout is None else min(timeout, left)


def _timeout(step: Literal["Connect", "Read", "Write"]) -> Exception:
    import httpcore2

    match step:
        case "Connect":
            return httpcore2.ConnectTimeout("the deadline passed")
        case "Read":
            return httpcore2.ReadTimeout("the deadline passed")
        case "Write":
            return httpcore2.WriteTimeout("the deadline passed")
