"""What opens the connections of a client of httpx2, and how another takes its place.

No argument of httpx2 does it. Should it be built in another way some day, its own stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

if TYPE_CHECKING:
    import ssl

Client = TypeVar("Client")
Found = TypeVar("Found")


def rewired(client: Client, wrap: Callable[[Found], Found]) -> Client:
    """The client, whose connections are opened by what `wrap` makes of its own."""
    mounted = cast("dict[object, object]", _attributes(client).get("_mounts", {}))
    for transport in (_attributes(client).get("_transport"), *mounted.values()):
        pool = _attributes(_attributes(transport).get("_pool"))
        if "_network_backend" in pool:
            pool["_network_backend"] = wrap(cast("Found", pool["_network_backend"]))
    return client


def _attributes(value: object) -> dict[str, object]:
    return getattr(value, "__dict__", {})


class Connected(Protocol):
    """A connection, as httpcore2 has it."""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes: ...

    def write(self, buffer: bytes, timeout: float | None = None) -> None: ...

    def close(self) -> None: ...

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> Connected: ...

    def get_extra_info(self, info: str) -> object: ...


class Opener(Protocol):
    """What opens connections, as httpcore2 has it."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[object] | None = None,
    ) -> Connected: ...

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[object] | None = None,
    ) -> Connected: ...

    def sleep(self, seconds: float) -> None: ...


class AsyncConnected(Protocol):
    """As `Connected`, for tasks."""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes: ...

    async def write(self, buffer: bytes, timeout: float | None = None) -> None: ...

    async def aclose(self) -> None: ...

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> AsyncConnected: ...

    def get_extra_info(self, info: str) -> object: ...


class AsyncOpener(Protocol):
    """As `Opener`, for tasks."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[object] | None = None,
    ) -> AsyncConnected: ...

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[object] | None = None,
    ) -> AsyncConnected: ...

    async def sleep(self, seconds: float) -> None: ...
