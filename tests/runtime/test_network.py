"""Ways to a service: proxies, sockets, certificates, HTTP/2, other libraries, processes."""

from __future__ import annotations

import logging
import os
import socket
import ssl
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Thread

import anyio
import httpx2
import msgspec
import pytest
from _runtime.api import Api
from _runtime.auth import OneCredential
from _runtime.errors import ApiConnectionError, ConfigurationError
from _runtime.headers import Headers
from _runtime.mutual_tls import MutualTls
from _runtime.network import ClientCertificate, Network
from _runtime.options import RequestOptions
from _runtime.request import RawResponse, Request
from _runtime.tls import shared_ssl_context, ssl_context
from tests.runtime.calls import API, GET, AsyncPetClient, Pet, PetClient
from tests.runtime.loopback import Server, http

OK = http(200, b'{"name": "Rex"}')
REX = b'HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{"name": "Rex"}'


def get(client: PetClient) -> Pet:
    return client.caller.call(GET, path={"id": 1})


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`ca.pem`, and certificates that it signed: `server.pem`, `client.pem`, with keys."""
    folder = tmp_path_factory.mktemp("certificates")

    def openssl(*arguments: str) -> None:
        subprocess.run(
            ["openssl", *arguments], cwd=folder, check=True, capture_output=True
        )

    new = ["req", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    usage = "basicConstraints=critical,CA:TRUE"
    openssl(
        *new,
        "-x509",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
        "-subj",
        "/CN=ca",
        "-addext",
        usage,
        "-addext",
        "keyUsage=critical,keyCertSign",
    )
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\n")
    for name in ("server", "client"):
        openssl(
            *new,
            "-keyout",
            f"{name}.key",
            "-out",
            f"{name}.csr",
            "-subj",
            f"/CN={name}",
        )
        openssl(
            *(
                "x509",
                "-req",
                "-in",
                f"{name}.csr",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
            ),
            *(
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                "names",
                "-out",
                f"{name}.pem",
            ),
        )
    return folder


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
            answer_h2(connection)
            return
        connection.recv(65536)
        connection.sendall(REX)


def answer_h2(connection: ssl.SSLSocket) -> None:
    config = pytest.importorskip("h2.config")
    h2 = pytest.importorskip("h2.connection")
    events = pytest.importorskip("h2.events")
    state = h2.H2Connection(config=config.H2Configuration(client_side=False))
    state.initiate_connection()
    connection.sendall(state.data_to_send())
    while data := connection.recv(65536):
        for event in state.receive_data(data):
            if isinstance(event, events.RequestReceived):
                state.send_headers(event.stream_id, [(":status", "200")])
                body = b'{"name": "Rex"}'
                state.send_data(event.stream_id, body, end_stream=True)
        connection.sendall(state.data_to_send())


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
def test_a_network_that_cannot_be_had(network: Network, message: str) -> None:
    with (
        PetClient(API, base_url="https://h", credential="t", network=network) as client,
        pytest.raises(ConfigurationError, match=message),
    ):
        get(client)


@pytest.mark.parametrize(
    ("network", "module", "message"),
    [
        (Network(http2=True), "h2", "extra http2"),
        (Network(proxy="socks5://h"), "socksio", "pip install socksio"),
    ],
)
def test_what_an_extra_is_needed_for(
    network: Network, module: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        assert name == module

    monkeypatch.setattr("importlib.util.find_spec", missing)
    with (
        PetClient(API, base_url="https://h", credential="t", network=network) as client,
        pytest.raises(ConfigurationError, match=message),
    ):
        get(client)


def test_a_unix_socket(tmp_path: Path) -> None:
    path = str(tmp_path / "socket")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()

        def serve() -> None:
            for _ in range(2):
                connection, _ = listener.accept()
                with connection:
                    asked.append(connection.recv(65536))
                    connection.sendall(REX)

        asked: list[bytes] = []
        thread = Thread(target=serve)
        thread.start()
        network = Network(unix_socket=path)
        with PetClient(
            API, base_url="http://pets", credential="t", network=network
        ) as client:
            assert get(client).name == "Rex"

        async def main() -> None:
            async with AsyncPetClient(
                API, base_url="http://pets", credential="t", network=network
            ) as client:
                await client.caller.call(GET, path={"id": 2})

        anyio.run(main)
        thread.join()
    assert [data.split(b"\r\n")[0] for data in asked] == [
        b"GET /pets/1 HTTP/1.1",
        b"GET /pets/2 HTTP/1.1",
    ]


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


def test_a_server_that_nobody_vouches_for(secure: Secure) -> None:
    with (
        PetClient(API, base_url=secure.url, credential="t") as client,
        pytest.raises(ApiConnectionError, match=r"verify=\"certifi\"") as caught,
    ):
        get(client)
    assert caught.value.permanent
    assert caught.value.attempts == 1


def test_trust_in_a_file_and_in_a_context(secure: Secure, files: Path) -> None:
    own = ssl.create_default_context(cafile=files / "ca.pem")
    for verify in (files / "ca.pem", own):
        with PetClient(
            API, base_url=secure.url, credential="t", network=Network(verify=verify)
        ) as client:
            assert get(client).name == "Rex"
    assert secure.clients == [None, None]


def test_trust_is_read_once(files: Path) -> None:
    trusted = Network(verify=files / "ca.pem")
    assert ssl_context(trusted) is ssl_context(trusted)
    assert ssl_context(Network()) is shared_ssl_context("system")
    assert ssl_context(Network(verify="certifi")) is shared_ssl_context("certifi")
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


def test_a_certificate_is_a_credential(
    secure: Secure, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = ClientCertificate(files / "client.pem", str(files / "client.key"))
    trusted = Network(verify=files / "ca.pem")
    both: dict[str, OneCredential] = {"certificate": certificate, "bearer": "t"}
    with PetClient(
        MUTUAL, base_url=secure.url, credential=both, network=trusted
    ) as client:
        client.caller.call(MUTUAL_GET, path={"id": 1})

    async def main() -> None:
        async with AsyncPetClient(
            MUTUAL,
            base_url=secure.url,
            credential={"bearer": "t"},
            network=msgspec.structs.replace(trusted, certificate=certificate),
        ) as client:
            await client.caller.call(MUTUAL_GET, path={"id": 1})

    anyio.run(main)
    monkeypatch.setenv("PETS_TOKEN", "t")
    monkeypatch.setenv("PETS_CERTIFICATE_FILE", str(files / "client.pem"))
    monkeypatch.setenv("PETS_KEY_FILE", str(files / "client.key"))
    with PetClient(MUTUAL, base_url=secure.url, network=trusted) as client:
        client.caller.call(MUTUAL_GET, path={"id": 1})
    own = ssl.PEM_cert_to_DER_cert((files / "client.pem").read_text())
    assert secure.clients == [own] * 3


def test_http_2(files: Path) -> None:
    pytest.importorskip("h2")
    server = Secure(files, ["h2", "http/1.1"])
    network = Network(
        http2=True, verify=ssl.create_default_context(cafile=files / "ca.pem")
    )
    with PetClient(API, base_url=server.url, credential="t", network=network) as client:
        assert get(client).name == "Rex"
    server.close()
    assert server.protocols == ["h2"]


@pytest.mark.parametrize("kind", ["sync", "asyncio", "trio"])
def test_http_2_logs_no_secret(
    files: Path, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("h2")
    server = Secure(files, ["h2", "http/1.1"])
    network = Network(
        http2=True, verify=ssl.create_default_context(cafile=files / "ca.pem")
    )
    options: RequestOptions = {"headers": {"X-Key": "s3cret"}}

    def ask() -> Pet:
        with PetClient(
            API, base_url=server.url, credential="t0ken", network=network
        ) as client:
            return client.caller.call(GET, path={"id": 1}, options=options)

    async def main() -> Pet:
        async with AsyncPetClient(
            API, base_url=server.url, credential="t0ken", network=network
        ) as client:
            return await client.caller.call(GET, path={"id": 1}, options=options)

    with caplog.at_level(logging.DEBUG):
        pet = ask() if kind == "sync" else anyio.run(main, backend=kind)
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


def test_a_process_that_forks_has_connections_of_its_own() -> None:
    with (
        Server(OK) as server,
        PetClient(API, base_url=server.url, credential="t") as client,
    ):
        get(client)
        child = os.fork()
        if child == 0:
            os._exit(0 if get(client).name == "Rex" else 1)
        assert os.waitpid(child, 0)[1] == 0
        get(client)
        assert server.connections == 2
