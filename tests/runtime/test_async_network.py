"""Ways to a service, for tasks of asyncio and of trio: as `test_network` for threads."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable, MutableMapping
from threading import Thread
from typing import Any, TypeAlias

import anyio
import httpx2
import pytest
from _runtime.headers import Headers
from _runtime.network import Network
from _runtime.request import RawResponse, Request
from _runtime.transport import AsyncHttpClient, AsyncTransport
from tests.runtime.calls import API, GET, AsyncPetClient
from tests.runtime.loopback import Server, http

pytestmark = pytest.mark.parametrize("backend", ["asyncio", "trio"])

Message: TypeAlias = MutableMapping[str, Any]

NONE: list[object] = []
OK = http(200, b'{"name": "Rex"}')


def name(
    backend: str,
    url: str,
    *,
    network: Network | None = None,
    http_client: AsyncHttpClient | None = None,
    transport: AsyncTransport | None = None,
) -> str:
    """The name of the pet that a client gets."""

    async def main() -> str:
        async with AsyncPetClient(
            API,
            base_url=url,
            credential="t",
            network=network,
            http_client=http_client,
            transport=transport,
        ) as client:
            return (await client.caller.call(GET, path={"id": 1})).name

    return anyio.run(main, backend=backend)


def test_a_proxy_is_asked_with_the_whole_url(backend: str) -> None:
    with Server(OK) as proxy:
        network = Network(proxy=proxy.url.replace("http://", "http://me:hush@"))
        assert name(backend, "http://pets.test/v1", network=network) == "Rex"
        assert proxy.settled(0)
    (asked,) = proxy.asked
    assert asked.target == "http://pets.test/v1/pets/1"
    assert "proxy-authorization" in asked.headers


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6")
def test_ipv6(backend: str) -> None:
    try:
        listener = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("no IPv6 address")
    asked: list[bytes] = []

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            asked.append(connection.recv(65536))
            connection.sendall(OK.data)

    with listener:
        thread = Thread(target=serve)
        thread.start()
        url = f"http://[::1]:{listener.getsockname()[1]}/v1/"
        assert name(backend, url) == "Rex"
        thread.join()
    assert asked[0].startswith(b"GET /v1/pets/1 HTTP/1.1\r\n")


def test_anything_that_sends(backend: str) -> None:
    class Canned:
        async def send(self, request: Request) -> RawResponse:
            fields = Headers({"content-type": "application/json"})
            body = b'{"name": "%b"}' % request.url.encode()
            return RawResponse(status=200, headers=fields, content=body)

    assert name(backend, "https://h/v1", transport=Canned()) == "https://h/v1/pets/1"


def test_an_asgi_application_in_process(backend: str) -> None:
    async def application(
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        while (await receive()).get("more_body"):
            continue
        await send({"type": "http.response.start", "status": 200, "headers": NONE})
        body = f'{{"name": "{scope["path"]}"}}'.encode()
        await send({"type": "http.response.body", "body": body})

    own = httpx2.AsyncClient(transport=httpx2.ASGITransport(application))
    assert name(backend, "https://h/v1", http_client=own) == "/v1/pets/1"
    anyio.run(own.aclose, backend=backend)
