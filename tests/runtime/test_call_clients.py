"""Clients as objects: shared by threads and tasks, closed, cancelled, over other transports."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import anyio
import httpx2
import pytest
from _runtime.errors import (
    ApiConnectionError,
    ApiTimeoutError,
    NotFoundError,
    StatusError,
)
from _runtime.request import RawResponse, Request
from _runtime.response import Response, async_with_response, with_response
from _runtime.tls import shared_ssl_context
from tests.runtime.calls import (
    API,
    GET,
    IMPATIENT,
    KINDS,
    AsyncPetClient,
    Call,
    Kind,
    Pet,
    PetClient,
)
from tests.runtime.loopback import HANG, Answer, Asked, Server, http

BACKENDS = ("asyncio", "trio")
OK = http(200, b'{"name": "Rex"}')


def echo(asked: Asked, number: int) -> Answer:
    """The number in the path comes back as the name of the pet."""
    name = asked.target.rpartition("/")[2]
    return http(200, f'{{"name": "{name}"}}'.encode(), headers={"x-request-id": name})


def get(client: PetClient, number: object) -> Pet:
    return client.caller.call(GET, path={"id": number})


async def async_get(client: AsyncPetClient, number: object) -> Pet:
    return await client.caller.call(GET, path={"id": number})


def test_a_client_is_shared_by_threads() -> None:
    with Server(script=echo) as server:
        with PetClient(API, base_url=server.url, credential="t") as client:

            def one(number: int) -> tuple[str, str | None]:
                response = client.with_response(get)(client, number)
                return response.value.name, response.request_id

            with ThreadPoolExecutor(8) as pool:
                answers = list(pool.map(one, range(80)))
        assert server.settled(0)
    assert answers == [(str(number), str(number)) for number in range(80)]


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_client_is_shared_by_tasks(backend: str) -> None:
    answers: dict[int, tuple[str, str | None]] = {}

    async def one(client: AsyncPetClient, number: int) -> None:
        response = await client.with_response(async_get)(client, number)
        answers[number] = response.value.name, response.request_id

    async def main(url: str) -> None:
        async with (
            AsyncPetClient(API, base_url=url, credential="t") as client,
            anyio.create_task_group() as tasks,
        ):
            for number in range(60):
                tasks.start_soon(one, client, number)

    with Server(script=echo) as server:
        anyio.run(main, server.url, backend=backend)
        assert server.settled(0)
    assert answers == {number: (str(number), str(number)) for number in range(60)}


def test_connections_are_used_again_and_closed_with_the_client() -> None:
    with Server(http(503), OK, OK) as server:
        with PetClient(
            API, base_url=server.url, credential="t", clock=IMPATIENT
        ) as client:
            get(client, 1)
            get(client, 2)
            assert server.connections == 1
        assert server.settled(0)
        with pytest.raises(RuntimeError, match="the client is closed"):
            get(client, 3)
        client.close()


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_async_client_closes_its_connections(backend: str) -> None:
    async def main(url: str) -> None:
        async with AsyncPetClient(API, base_url=url, credential="t") as client:
            await async_get(client, 1)
            await async_get(client, 2)
        with pytest.raises(RuntimeError, match="the client is closed"):
            await async_get(client, 3)

    with Server(OK) as server:
        anyio.run(main, server.url, backend=backend)
        assert server.connections == 1
        assert server.settled(0)


def test_a_client_that_sends_nothing_opens_nothing() -> None:
    client = PetClient(API, base_url="https://127.0.0.1:1", credential="t")
    client.close()
    client.close()


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(
    "data",
    [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"],
)
def test_a_cancelled_call_leaves_no_connection(backend: str, data: bytes) -> None:
    async def main(server: Server) -> None:
        async with AsyncPetClient(API, base_url=server.url, credential="t") as client:
            with anyio.move_on_after(0.15) as scope:
                await async_get(client, 1)
            assert scope.cancelled_caught
            assert await anyio.to_thread.run_sync(server.settled, 0)
            assert (await async_get(client, 2)).name == "Rex"

    def script(asked: Asked, number: int) -> Answer:
        return Answer(data, hang=True) if number == 0 else OK

    with Server(script=script) as server:
        anyio.run(main, server, backend=backend)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_cancelled_pause_ends_the_call(backend: str) -> None:
    async def main(url: str) -> None:
        async with AsyncPetClient(API, base_url=url, credential="t") as client:
            with anyio.move_on_after(0.15) as scope:
                await async_get(client, 1)
            assert scope.cancelled_caught

    with Server(http(503, headers={"Retry-After": "30"})) as server:
        anyio.run(main, server.url, backend=backend)
        assert len(server.asked) == 1


def drip(asked: Asked, number: int) -> Answer:
    """A body that arrives byte by byte, each in time."""
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
    return Answer(head, drip=b"x" * 1000)


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_that_drips_in_ends_with_the_deadline(kind: Kind) -> None:
    with Server(script=drip) as server:
        with pytest.raises(ApiTimeoutError, match=r"the deadline of 0\.3 s passed"):
            Call(kind)(server.url, GET, deadline=0.3, timeout=5)
        assert server.settled(0)


@pytest.mark.parametrize("backend", BACKENDS)
def test_header_fields_that_drip_in_end_with_the_deadline(backend: str) -> None:
    async def main(url: str) -> None:
        async with AsyncPetClient(
            API, base_url=url, credential="t", deadline=0.3
        ) as client:
            with pytest.raises(ApiTimeoutError, match=r"the deadline of 0\.3 s passed"):
                await async_get(client, 1)

    with Server(Answer(b"HTTP/1.1 200 OK\r\n", drip=b"X: y\r\n" * 200)) as server:
        anyio.run(main, server.url, backend=backend)
        assert server.settled(0)


def test_a_client_of_ones_own() -> None:
    seen: list[str] = []

    def see(request: httpx2.Request) -> None:
        seen.append(str(request.url))

    with (
        Server(OK) as server,
        httpx2.Client(
            event_hooks={"request": [see]},
            headers={"X-Own": "1", "User-Agent": "own"},
        ) as own,
    ):
        with PetClient(
            API, base_url=server.url, credential="t", http_client=own
        ) as client:
            get(client, "a b")
        assert not own.is_closed
        get(client, "still open")
    assert seen == [f"{server.url}/pets/a%20b", f"{server.url}/pets/still%20open"]
    assert server.asked[0].headers["x-own"] == "1"
    assert server.asked[0].headers["user-agent"].startswith("pet-shop/")


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_async_client_of_ones_own(backend: str) -> None:
    async def main(url: str) -> None:
        async with httpx2.AsyncClient() as own:
            async with AsyncPetClient(
                API, base_url=url, credential="t", http_client=own
            ) as client:
                await async_get(client, 1)
            assert not own.is_closed

    with Server(OK) as server:
        anyio.run(main, server.url, backend=backend)


def test_a_client_of_ones_own_does_not_follow_redirects_of_an_api() -> None:
    with (
        Server(http(302, headers={"Location": "/x"})) as server,
        httpx2.Client(follow_redirects=True) as own,
    ):
        client = PetClient(API, base_url=server.url, credential="t", http_client=own)
        with pytest.raises(StatusError, match="302 Found"):
            get(client, 1)
    assert len(server.asked) == 1


class Canned:
    """Not HTTP at all: anything with `send` is a transport."""

    def __init__(self) -> None:
        self.sent: list[Request] = []

    def send(self, request: Request) -> RawResponse:
        self.sent.append(request)
        if len(self.sent) == 1:
            raise ApiConnectionError("not yet", request_sent=False)
        return RawResponse(status=200, content=b'{"name": "Rex"}')


def test_any_transport() -> None:
    canned = Canned()
    with PetClient(
        API, base_url="https://h", credential="t", transport=canned, clock=IMPATIENT
    ) as client:
        response = client.with_response(get)(client, 1)
    assert response.value == Pet(name="Rex")
    assert response.attempts == 2
    assert [request.url for request in canned.sent] == ["https://h/pets/1"] * 2


def test_with_response_is_for_operations() -> None:
    def nothing(number: int) -> int:
        return number

    with pytest.raises(TypeError, match="takes an operation of a client"):
        with_response(nothing)(3)


@pytest.mark.parametrize("backend", BACKENDS)
def test_async_with_response_is_for_operations(backend: str) -> None:
    async def nothing(number: int) -> int:
        return number

    async def main() -> None:
        with pytest.raises(TypeError, match="takes an operation of a client"):
            await async_with_response(nothing)(3)

    anyio.run(main, backend=backend)


def test_with_response_tells_of_the_call_asked_about() -> None:
    """Calls made on the way, by a token provider here, do not get in between."""
    inner: list[Response[Pet]] = []
    with Server(script=echo) as server:
        plain = PetClient(API, base_url=server.url, credential="t")

        def provider() -> str:
            get(plain, "token")
            inner.append(with_response(get)(plain, "inner"))
            return "t"

        with PetClient(API, base_url=server.url, credential=provider) as client:
            outer = client.with_response(get)(client, "outer")
            assert get(client, "plain").name == "plain"
        plain.close()
    assert outer.value.name == outer.request_id == "outer"
    assert [response.request_id for response in inner] == ["inner", "inner"]


def test_with_response_after_a_call_that_failed() -> None:
    with (
        Server(http(404), http(200, b'{"name": "Rex"}')) as server,
        PetClient(API, base_url=server.url, credential="t") as client,
    ):
        with pytest.raises(NotFoundError):
            client.with_response(get)(client, 1)
        assert get(client, 2).name == "Rex"
        assert client.with_response(get)(client, 3).status == 200


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_async_with_response_tells_of_the_call_asked_about(backend: str) -> None:
    """As for threads: also where other tasks call at the same time."""
    inner: list[Response[Pet]] = []

    async def main() -> None:
        plain = AsyncPetClient(API, base_url=server.url, credential="t")

        async def provider() -> str:
            await async_get(plain, "token")
            inner.append(await async_with_response(async_get)(plain, "inner"))
            return "t"

        async def ask(name: str) -> None:
            outer = await client.with_response(async_get)(client, name)
            assert outer.value.name == outer.request_id == name

        async with (
            plain,
            AsyncPetClient(API, base_url=server.url, credential=provider) as client,
        ):
            async with anyio.create_task_group() as tasks:
                for number in range(10):
                    tasks.start_soon(ask, f"outer-{number}")
            with pytest.raises(NotFoundError):
                await client.with_response(async_get)(client, "missing")
            assert (await async_get(client, "plain")).name == "plain"
            await ask("last")

    def script(asked: Asked, number: int) -> Answer:
        missing = asked.target.endswith("/missing")
        return http(404) if missing else echo(asked, number)

    with Server(script=script) as server:
        anyio.run(main, backend=backend)
    assert {response.request_id for response in inner} == {"inner"}
    assert len(inner) == 13


def test_clients_share_their_tls_settings() -> None:
    first, second = (shared_ssl_context("system", http2=False) for _ in range(2))
    assert first is second


RUNTIME = Path(__file__).parents[2] / "templates" / "client" / "{package}"


@pytest.mark.parametrize(
    "module", ["client", "call", "hmac_sha256", "api_key", "basic"]
)
def test_nothing_heavy_is_imported_before_the_first_call(module: str) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(RUNTIME)!r}); import _runtime.{module}; "
        "print([name for name in ('httpx2', 'anyio', 'ssl', 'asyncio', 'http.client', "
        "'email') if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"


# A background process of a shell has SIGINT ignored, and so have its children.
ONE_CALL = f"""
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.path[:0] = [{str(RUNTIME)!r}, {str(Path(__file__).parents[2])!r}]
from tests.runtime.calls import API, GET, PetClient
with PetClient(API, base_url=sys.argv[1], credential="t") as client:
    try:
        client.caller.call(GET, path={{"id": 1}})
    except KeyboardInterrupt:
        print("interrupted")
"""


@pytest.mark.parametrize(
    "answer", [HANG, http(503, headers={"Retry-After": "30"})], ids=["answer", "pause"]
)
def test_ctrl_c_ends_a_call(answer: Answer) -> None:
    with Server(answer) as server:
        with subprocess.Popen(
            [sys.executable, "-c", ONE_CALL, server.url], stdout=subprocess.PIPE
        ) as process:
            assert server.was_asked()
            process.send_signal(signal.SIGINT)
            output, _ = process.communicate(timeout=20)
        assert output == b"interrupted\n"
        assert server.settled(0)


DEPARTURE = f"""
import sys
sys.path[:0] = [{str(RUNTIME)!r}, {str(Path(__file__).parents[2])!r}]
if sys.argv[2:]:
    import logging
    logging.basicConfig()
from tests.runtime.calls import API, GET, PetClient
for _ in range(2):
    with PetClient(API, base_url=sys.argv[1], credential="t") as client:
        client.caller.call(GET, path={{"id": 1}})
import logging
print(logging.getLogger("pet_shop").handlers)
"""


@pytest.mark.parametrize("configured", [False, True])
def test_departures_are_shown_only_if_logging_is_configured(configured: bool) -> None:
    with Server(http(200, b"{}"), http(200, b"{}")) as server:
        words = ["configured"] if configured else []
        ran = subprocess.run(
            [sys.executable, "-c", DEPARTURE, server.url, *words],
            capture_output=True,
            text=True,
            check=True,
        )
    assert ran.stderr.count("the answer departs") == (2 if configured else 0)
    assert ran.stdout == "[<NullHandler (NOTSET)>]\n"
