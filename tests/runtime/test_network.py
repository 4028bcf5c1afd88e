"""Ways to a service: proxies, sockets, certificates, HTTP/2, other libraries, processes."""

from __future__ import annotations

import logging
import os
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any, Literal

import anyio
import httpx2
import msgspec
import pytest
from _runtime.api import Api
from _runtime.auth import AnyCredential
from _runtime.errors import ApiConnectionError, ConfigurationError
from _runtime.headers import Headers
from _runtime.mutual_tls import MutualTls
from _runtime.network import ClientCertificate, Network
from _runtime.operation import Operation
from _runtime.options import RequestOptions
from _runtime.request import RawResponse, Request
from _runtime.tls import shared_ssl_context, ssl_context
from tests.runtime.calls import API, GET, KINDS, AsyncPetClient, Kind, Pet, PetClient
from tests.runtime.loopback import Server, http, speak_h2

OK = http(200, b'{"name": "Rex"}')
ROOT = Path(__file__).parents[2]
RUNTIME = ROOT / "templates" / "client" / "{package}"
REX = b'HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{"name": "Rex"}'


def get(client: PetClient) -> Pet:
    return client.caller.call(GET, path={"id": 1})


def ask(
    kind: Kind,
    url: str,
    network: Network | None = None,
    *,
    api: Api = API,
    operation: Operation[Pet] = GET,
    credential: AnyCredential | None = "t",
    options: RequestOptions | None = None,
) -> Pet:
    """What a client of a kind gets."""
    if kind == "sync":
        with PetClient(
            api, base_url=url, credential=credential, network=network
        ) as client:
            return client.caller.call(operation, path={"id": 1}, options=options)

    async def main() -> Pet:
        async with AsyncPetClient(
            api, base_url=url, credential=credential, network=network
        ) as client:
            return await client.caller.call(operation, path={"id": 1}, options=options)

    return anyio.run(main, backend=kind)


class Secure:
    """A server that speaks TLS, answers each connection once, and knows its clients."""

    def __init__(self, files: Path, protocols: list[str] | None = None) -> None:
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(files / "server.pem", files / "server.key")
        self.context.load_verify_locations(files / "ca.pem")
        self.context.verify_mode = ssl.CERT_OPTIONAL
        if protocols:
            self.context.set_alpn_protocols(protocols)
        self.clients: list[bytes | None] = []
        self.protocols: list[str | None] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._listener.getsockname()[1]}"
        Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
            except OSError:
                return
            try:
                with self.context.wrap_socket(plain, server_side=True) as connection:
                    self._answer(connection)
            except OSError:
                plain.close()

    def _answer(self, connection: ssl.SSLSocket) -> None:
        self.clients.append(connection.getpeercert(binary_form=True))
        self.protocols.append(connection.selected_alpn_protocol())
        if connection.selected_alpn_protocol() == "h2":
            speak_h2(connection, rex_h2)
            return
        connection.recv(65536)
        connection.sendall(REX)


def rex_h2(state: Any, stream: int) -> bytes:
    state.send_headers(stream, [(":status", "200")])
    state.send_data(stream, b'{"name": "Rex"}', end_stream=True)
    return b""


@pytest.fixture
def secure(files: Path) -> Iterator[Secure]:
    server = Secure(files)
    yield server
    server.close()


def test_a_proxy_is_asked_with_the_whole_url() -> None:
    with Server(OK) as proxy:
        network = Network(proxy=proxy.url.replace("http://", "http://me:hush@"))
        with PetClient(
            API, base_url="http://pets.test/v1", credential="t", network=network
        ) as client:
            assert get(client).name == "Rex"
    (asked,) = proxy.asked
    assert asked.target == "http://pets.test/v1/pets/1"
    assert asked.headers["host"] == "pets.test"
    assert "proxy-authorization" in asked.headers
    assert "hush" not in repr(network)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("network", "message"),
    [
        (Network(proxy="proxy.test:8080"), "proxy must be a URL"),
        (Network(verify=Path("/nowhere.pem")), "/nowhere.pem cannot be read"),
        (
            Network(certificate=ClientCertificate("/nowhere.pem")),
            "client certificate cannot be used: No such file",
        ),
    ],
)
def test_a_network_that_cannot_be_had(
    network: Network, message: str, kind: Kind
) -> None:
    with pytest.raises(ConfigurationError, match=message):
        ask(kind, "https://h", network)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("network", "module", "message"),
    [
        (Network(http2=True), "h2", "extra http2"),
        (Network(proxy="socks5://h"), "socksio", "pip install socksio"),
    ],
)
def test_what_an_extra_is_needed_for(
    network: Network,
    module: str,
    message: str,
    kind: Kind,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(name: str) -> None:
        assert name == module

    monkeypatch.setattr("importlib.util.find_spec", missing)
    with pytest.raises(ConfigurationError, match=message):
        ask(kind, "https://h", network)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("variable", ["HTTP_PROXY", "ALL_PROXY"])
def test_the_environment_names_a_proxy(
    kind: Kind, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "near.test, 127.0.0.1")
    with Server(OK) as proxy, Server(OK) as near:
        monkeypatch.setenv(variable, proxy.url)
        assert ask(kind, "http://pets.test/v1").name == "Rex"
        assert ask(kind, near.url).name == "Rex"
    assert [asked.target for asked in proxy.asked] == ["http://pets.test/v1/pets/1"]
    assert [asked.target for asked in near.asked] == ["/pets/1"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_unix_socket(tmp_path: Path, kind: Kind) -> None:
    path = str(tmp_path / "socket")
    asked: list[bytes] = []
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                asked.append(connection.recv(65536))
                connection.sendall(REX)

        thread = Thread(target=serve)
        thread.start()
        assert ask(kind, "http://pets", Network(unix_socket=path)).name == "Rex"
        thread.join()
    lines = asked[0].lower().split(b"\r\n")
    assert lines[0] == b"get /pets/1 http/1.1"
    assert b"host: pets" in lines


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6")
def test_ipv6() -> None:
    try:
        listener = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("no IPv6 address")

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            asked.append(connection.recv(65536))
            connection.sendall(REX)

    asked: list[bytes] = []
    thread = Thread(target=serve)
    with listener:
        thread.start()
        url = f"http://[::1]:{listener.getsockname()[1]}/v1/"
        with PetClient(API, base_url=url, credential="t") as client:
            assert get(client).name == "Rex"
        thread.join()
    assert asked[0].startswith(b"GET /v1/pets/1 HTTP/1.1\r\n")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("verify", ["system", "certifi"])
def test_a_server_that_nobody_vouches_for(
    secure: Secure, kind: Kind, verify: Literal["system", "certifi"]
) -> None:
    with pytest.raises(ApiConnectionError, match=r"verify=\"certifi\"") as caught:
        ask(kind, secure.url, Network(verify=verify))
    assert caught.value.permanent
    assert caught.value.attempts == 1


@pytest.mark.parametrize("kind", KINDS)
def test_trust_in_a_file_and_in_a_context(
    secure: Secure, files: Path, kind: Kind
) -> None:
    own = ssl.create_default_context(cafile=files / "ca.pem")
    for verify in (files / "ca.pem", own):
        assert ask(kind, secure.url, Network(verify=verify)).name == "Rex"
    assert secure.clients == [None, None]


@pytest.mark.parametrize("kind", KINDS)
def test_trust_in_what_certifi_has(
    secure: Secure, files: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certifi.where", lambda: str(files / "ca.pem"))
    shared_ssl_context.cache_clear()
    try:
        assert ask(kind, secure.url, Network(verify="certifi")).name == "Rex"
    finally:
        shared_ssl_context.cache_clear()


@pytest.mark.parametrize("kind", KINDS)
def test_certifi_may_be_missing(
    secure: Secure, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "certifi", None)
    shared_ssl_context.cache_clear()
    with pytest.raises(ConfigurationError, match="pip install certifi"):
        ask(kind, secure.url, Network(verify="certifi"))
    assert secure.clients == []


TRUSTING = f"""
import sys
sys.path[:0] = [{str(RUNTIME)!r}, {str(ROOT)!r}]
from _runtime.errors import ApiError, ConfigurationError
from tests.runtime.test_network import ask
try:
    print(ask(sys.argv[1], sys.argv[2]).name)
except (ApiError, ConfigurationError) as error:
    print(error)
"""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("store", "says"),
    [
        ("ca.pem", ["Rex"]),
        # As in a slim container.
        ("", ["ca-certificates", 'verify="certifi"']),
        ("none.pem", ["none.pem cannot be read: [Errno 2]"]),
    ],
)
def test_the_store_of_the_system(
    secure: Secure,
    files: Path,
    tmp_path: Path,
    kind: Kind,
    store: str,
    says: list[str],
) -> None:
    variables = {"SSL_CERT_FILE": str(files / store)} if store else {}
    variables["SSL_CERT_DIR"] = str(tmp_path)
    ran = subprocess.run(
        [sys.executable, "-c", TRUSTING, kind, secure.url],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    assert [words for words in says if words not in ran.stdout] == []


def test_trust_is_read_once(files: Path) -> None:
    trusted = Network(verify=files / "ca.pem")
    assert ssl_context(trusted) is ssl_context(trusted)
    assert ssl_context(Network()) is ssl_context(Network())
    assert ssl_context(Network(verify="certifi")) is not ssl_context(Network())
    # Contexts say which protocols are offered, at every connection anew.
    assert ssl_context(Network(http2=True)) is not ssl_context(Network())
    certified = msgspec.structs.replace(
        trusted,
        certificate=ClientCertificate(files / "client.pem", files / "client.key"),
    )
    assert ssl_context(certified) is not ssl_context(trusted)


MUTUAL = Api(
    package="pet_shop",
    version="1",
    environment="PETS",
    server="https://unused",
    schemes={"certificate": MutualTls(), "bearer": API.schemes["bearer"]},
    security=(("certificate", "bearer"),),
    requires_credential=True,
)
MUTUAL_GET = msgspec.structs.replace(GET, security=(("certificate", "bearer"),))


@pytest.mark.parametrize("kind", KINDS)
def test_a_certificate_is_a_credential(
    secure: Secure, files: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = ClientCertificate(files / "client.pem", str(files / "client.key"))
    trusted = Network(verify=files / "ca.pem")
    with_it = msgspec.structs.replace(trusted, certificate=certificate)

    def get_mutual(network: Network, credential: AnyCredential | None) -> None:
        ask(
            kind,
            secure.url,
            network,
            api=MUTUAL,
            operation=MUTUAL_GET,
            credential=credential,
        )

    get_mutual(trusted, {"certificate": certificate, "bearer": "t"})
    get_mutual(with_it, {"bearer": "t"})
    monkeypatch.setenv("PETS_TOKEN", "t")
    monkeypatch.setenv("PETS_CERTIFICATE_FILE", str(files / "client.pem"))
    monkeypatch.setenv("PETS_KEY_FILE", str(files / "client.key"))
    get_mutual(trusted, None)
    own = ssl.PEM_cert_to_DER_cert((files / "client.pem").read_text())
    assert secure.clients == [own] * 3


@pytest.mark.parametrize("kind", KINDS)
def test_http_2(files: Path, kind: Kind, caplog: pytest.LogCaptureFixture) -> None:
    pytest.importorskip("h2")
    server = Secure(files, ["h2", "http/1.1"])
    network = Network(
        http2=True, verify=ssl.create_default_context(cafile=files / "ca.pem")
    )
    options: RequestOptions = {"headers": {"X-Key": "s3cret"}}
    with caplog.at_level(logging.DEBUG):
        pet = ask(kind, server.url, network, credential="t0ken", options=options)
    server.close()
    assert pet.name == "Rex"
    assert server.protocols == ["h2"]
    assert [secret for secret in ("s3cret", "t0ken") if secret in caplog.text] == []


class Canned:
    """A transport that sends nothing."""

    def __init__(self) -> None:
        self.asked: list[Request] = []

    def send(self, request: Request) -> RawResponse:
        self.asked.append(request)
        fields = Headers({"content-type": "application/json"})
        return RawResponse(status=200, headers=fields, content=b'{"name": "Rex"}')


def test_anything_that_sends() -> None:
    canned = Canned()
    with PetClient(
        API, base_url="https://h", credential="t", transport=canned
    ) as client:
        assert get(client).name == "Rex"
    assert canned.asked[0].url == "https://h/pets/1"


def test_a_wsgi_application_in_process() -> None:
    from wsgiref.types import StartResponse, WSGIEnvironment

    def application(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "application/json")])
        return [f'{{"name": "{environ["PATH_INFO"]}"}}'.encode()]

    with (
        httpx2.Client(transport=httpx2.WSGITransport(application)) as own,
        PetClient(
            API, base_url="https://h/v1", credential="t", http_client=own
        ) as client,
    ):
        assert get(client).name == "/v1/pets/1"
