"""What transports of our own make of requests, servers and proxies that are unusual."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import anyio
import pytest
from _runtime.errors import ApiError
from _runtime.http_transport import AsyncHttpTransport, HttpTransport
from _runtime.network import DEFAULT_NETWORK, Network
from _runtime.request import Request
from tests.runtime.calls import KINDS, Kind

TCP_CORK: int | None = getattr(socket, "TCP_CORK", None)
"""What has what is written wait for more: Linux knows of it."""
GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood"


def sent(
    kind: Kind, request: Request, network: Network = DEFAULT_NETWORK, times: int = 1
) -> list[bytes | ApiError]:
    """What comes of a request that one client sends several times."""
    found: list[bytes | ApiError] = []
    if kind == "sync":
        transport = HttpTransport(network)
        for _ in range(times):
            try:
                found.append(transport.send(request).content)
            except ApiError as error:
                found.append(error)
        transport.close()
        return found

    async def main() -> None:
        transport = AsyncHttpTransport(network)
        for _ in range(times):
            try:
                found.append((await transport.send(request)).content)
            except ApiError as error:
                found.append(error)
        await transport.aclose()

    anyio.run(main, backend=kind)
    return found


@contextmanager
def listening(serve: Callable[[socket.socket], None]) -> Generator[str]:
    """Where each connection is served by a function, until that returns."""
    listener = socket.create_server(("127.0.0.1", 0))

    def work() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            Thread(target=handled, args=(connection,), daemon=True).start()

    def handled(connection: socket.socket) -> None:
        with connection:
            try:
                serve(connection)
            except OSError:
                # The client was first.
                return

    Thread(target=work, daemon=True).start()
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def encrypted(
    files: Path, serve: Callable[[ssl.SSLSocket], None]
) -> Callable[[socket.socket], None]:
    """The same, over TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files / "server.pem", files / "server.key")

    def secure(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as found:
            serve(found)

    return secure


@pytest.mark.skipif(TCP_CORK is None, reason="not on this system")
@pytest.mark.parametrize("kind", KINDS)
def test_a_surplus_in_a_record_of_its_own_answers_no_other_call(
    kind: Kind, files: Path
) -> None:
    def serve(connection: ssl.SSLSocket) -> None:
        assert TCP_CORK is not None
        while connection.recv(65536):
            # Both records arrive together.
            connection.setsockopt(socket.IPPROTO_TCP, TCP_CORK, 1)
            connection.sendall(GOOD)
            connection.sendall(GOOD.replace(b"good", b"evil"))
            connection.setsockopt(socket.IPPROTO_TCP, TCP_CORK, 0)

    with listening(encrypted(files, serve)) as place:
        request = Request(method="GET", url=f"https://{place}")
        found = sent(kind, request, Network(verify=files / "ca.pem"), 2)
    assert found == [b"good", b"good"]
