"""What transports of our own make of requests, servers and proxies that are unusual."""

from __future__ import annotations

import socket
import ssl
import sys
from base64 import b64encode
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import anyio
import httpx2
import pytest
from _runtime.client_transport import AsyncClientTransport, ClientTransport
from _runtime.errors import (
    ApiConnectionError,
    ApiError,
    ApiTimeoutError,
    ConfigurationError,
)
from _runtime.headers import Headers
from _runtime.http_errors import raise_translated
from _runtime.http_transport import AsyncHttpTransport, HttpTransport
from _runtime.network import DEFAULT_NETWORK, Network
from _runtime.options import Timeout
from _runtime.request import Request
from tests.runtime.calls import KINDS, Kind
from tests.runtime.loopback import Server, http, speak_h2

TCP_CORK: int | None = getattr(socket, "TCP_CORK", None)
"""What has what is written wait for more: Linux knows of it."""
GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood"


def sent(
    kind: Kind,
    request: Request,
    network: Network = DEFAULT_NETWORK,
    times: int = 1,
    *,
    own: bool = False,
) -> list[bytes | ApiError]:
    """What comes of a request that one client, or one of the caller's own, sends."""
    found: list[bytes | ApiError] = []
    if kind == "sync":
        with httpx2.Client() as http_client:
            ours = HttpTransport(network)
            transport = ClientTransport(http_client) if own else ours
            for _ in range(times):
                try:
                    found.append(transport.send(request).content)
                except ApiError as error:
                    found.append(error)
            ours.close()
        return found

    async def main() -> None:
        async with httpx2.AsyncClient() as http_client:
            ours = AsyncHttpTransport(network)
            transport = AsyncClientTransport(http_client) if own else ours
            for _ in range(times):
                try:
                    found.append((await transport.send(request)).content)
                except ApiError as error:
                    found.append(error)
            await ours.aclose()

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
    files: Path, serve: Callable[[ssl.SSLSocket], None], protocols: Sequence[str] = ()
) -> Callable[[socket.socket], None]:
    """The same, over TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files / "server.pem", files / "server.key")
    context.set_alpn_protocols(protocols)

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


@pytest.mark.parametrize("kind", KINDS)
def test_a_surplus_where_reading_stops_answers_no_other_call(kind: Kind) -> None:
    # As much as httpcore2 asks for at a time.
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 65494\r\n\r\n"
    body = bytes(65_536 - len(head))

    def serve(connection: socket.socket) -> None:
        while connection.recv(65536):
            connection.sendall(head + body + GOOD.replace(b"good", b"evil"))

    with listening(serve) as place:
        found = sent(kind, Request(method="GET", url=f"http://{place}"), times=3)
    assert found == [body] * 3


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "url",
    [
        f"http://{'a' * 64}.test/",
        "http://a..test/",
        "https://.test/",
        "http://b\xfccher.test/",
        "http://[::1/",
        "http://me:hu/sh@pets.test/",
        "http://pets.test/\xe9",
        "http://pets.test/a b",
        "http://pets.test/a\r\nX-Admin:1",
        "ftp://pets.test/",
    ],
)
def test_a_url_that_leads_nowhere(kind: Kind, url: str) -> None:
    [error] = sent(kind, Request(method="GET", url=url))
    assert isinstance(error, ApiConnectionError)
    assert (error.permanent, error.request_sent) == (True, False)
    assert str(error).startswith("the URL cannot be used: ")
    assert "hu" not in str(error)
    assert error.__cause__ is None


FIELDS = [{"X-\xe9": "s3cret"}, {"X Y": "s3cret"}, {"X": "s3cret\r\nX-Admin: 1"}]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fields", [*FIELDS, {"X": "s3cret \ud800"}])
@pytest.mark.parametrize("own", [True, False])
def test_a_field_that_is_none(kind: Kind, fields: dict[str, str], own: bool) -> None:
    request = Request(method="GET", url="http://h", headers=Headers(fields))
    [error] = sent(kind, request, own=own)
    assert isinstance(error, ApiConnectionError)
    assert (error.permanent, error.request_sent) == (True, False)
    assert str(error) == "the request breaks the rules of HTTP"
    assert error.__cause__ is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("length", "reason"), [("2", "Too much data"), ("5", "Too little data")]
)
def test_content_of_another_length_than_said(
    kind: Kind, length: str, reason: str
) -> None:
    def serve(connection: socket.socket) -> None:
        while connection.recv(65536):
            continue

    fields = Headers({"Content-Length": length})
    with listening(serve) as place:
        request = Request(
            method="POST", url=f"http://{place}", headers=fields, content=b"abc"
        )
        [error] = sent(kind, request)
    assert isinstance(error, ApiConnectionError)
    assert (error.permanent, error.request_sent) == (True, True)
    assert str(error).startswith(f"the request breaks the rules of HTTP: {reason}")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("begun", [False, True])
def test_a_server_that_breaks_the_rules_of_http_2(
    kind: Kind, begun: bool, files: Path
) -> None:
    def answer(state: Any, stream: int) -> bytes:
        if begun:
            state.send_headers(stream, [(":status", "200")])
        # Data of no stream at all.
        return bytes([0, 0, 1]) + bytes(7)

    def serve(connection: ssl.SSLSocket) -> None:
        speak_h2(connection, answer)

    trusting = ssl.create_default_context(cafile=files / "ca.pem")
    network = Network(verify=trusting, http2=True)
    with listening(encrypted(files, serve, ["h2"])) as place:
        errors = sent(kind, Request(method="GET", url=f"https://{place}"), network, 2)
    for error in errors:
        assert isinstance(error, ApiConnectionError)
        assert (error.permanent, error.request_sent) == (False, True)
        assert "HTTP/2" in str(error)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "proxy", ["http://me:hu/sh@h", "http://me:hush@", "https://b\xfccher"]
)
def test_a_proxy_that_is_none(kind: Kind, proxy: str) -> None:
    with pytest.raises(ConfigurationError, match="proxy must be a URL") as caught:
        sent(kind, Request(method="GET", url="http://h"), Network(proxy=proxy))
    assert "hu" not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("password", ["p\xe4ss", "p%C3%A4ss"])
def test_a_password_of_a_proxy_may_be_of_any_characters(
    kind: Kind, password: str
) -> None:
    with Server(http(200)) as server:
        proxy = server.url.replace("//", f"//me:{password}@")
        sent(kind, Request(method="GET", url="http://h"), Network(proxy=proxy))
    [asked] = server.asked
    expected = b64encode("me:p\xe4ss".encode()).decode()
    assert asked.headers["proxy-authorization"] == f"Basic {expected}"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("scheme", "target"),
    [("http", "http://[::1]:8080/a"), ("https", "[::1]:8080")],
)
def test_a_proxy_is_told_ipv6_in_brackets(kind: Kind, scheme: str, target: str) -> None:
    request = Request(method="GET", url=f"{scheme}://[::1]:8080/a")
    with Server(http(502)) as server:
        sent(kind, request, Network(proxy=server.url))
    [asked] = server.asked
    assert asked.target == target
    assert asked.headers["host"] == "[::1]:8080"


@pytest.mark.parametrize("kind", KINDS)
def test_a_tunnel_that_fails_holds_no_connection(kind: Kind) -> None:
    # The proxy says that there is a tunnel, and breaks off where TLS begins.
    def serve(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        connection.recv(65536)

    with listening(serve) as place:
        network = Network(proxy=f"http://{place}", max_connections=1)
        request = Request(
            method="GET", url="https://h", timeout=Timeout(pool=1.0, read=10.0)
        )
        errors = sent(kind, request, network, 3)
    assert [str(error).partition(":")[0] for error in errors] == [
        "could not connect"
    ] * 3


@pytest.mark.skipif(
    sys.platform != "linux", reason="others refuse what they can't take"
)
def test_the_addresses_of_a_name_have_one_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[float | None] = []
    connect = socket.create_connection

    def noted(
        address: tuple[str, int], timeout: float | None, **rest: Any
    ) -> socket.socket:
        tried.append(timeout)
        return connect(address, timeout, **rest)

    def nine_times(host: str, port: int, *, type: int) -> list[tuple[object, ...]]:
        return [*socket.getaddrinfo(*place, type=type)] * 9

    with ExitStack() as stack:
        deaf = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        place: tuple[str, int] = deaf.getsockname()
        for _ in range(4):
            # Nobody takes them, and so no more than a few are let in.
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(place)
        monkeypatch.setattr("_runtime.connections.getaddrinfo", nine_times)
        monkeypatch.setattr("socket.create_connection", noted)
        timeout = Timeout(connect=0.2)
        request = Request(
            method="GET", url="http://many.test", timeout=timeout, time_left=0.5
        )
        [error] = sent("sync", request)
    assert isinstance(error, ApiTimeoutError)
    assert not error.request_sent
    # Of nine addresses, as many as there was time for.
    assert 1 <= len(tried) <= 3


def test_a_proxy_that_speaks_no_socks() -> None:
    # As socksio has it, without which all else is tried here.
    malformed = type("SOCKSError", (Exception,), {"__module__": "socksio.exceptions"})
    with pytest.raises(
        ApiConnectionError, match="could not connect: Malformed"
    ) as found:
        raise_translated(malformed("Malformed reply"))
    assert not found.value.request_sent
