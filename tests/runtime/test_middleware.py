"""What an application puts around calls and attempts, and what else it may set for one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import anyio
import msgspec
import pytest
from _runtime.api import Api
from _runtime.api_key import ApiKey
from _runtime.auth import OneCredential, Signer
from _runtime.bearer import Bearer
from _runtime.errors import (
    ApiConnectionError,
    ApiError,
    ConfigurationError,
    NotFoundError,
)
from _runtime.middleware import AsyncMiddleware, CallInfo, Middleware
from _runtime.operation import Operation
from _runtime.options import RequestOptions
from _runtime.prepare import Arguments
from _runtime.request import RawResponse, Request
from _runtime.response import Response
from _runtime.server import Server as ApiServer
from tests.runtime.calls import (
    API,
    CREATE,
    GET,
    IMPATIENT,
    KINDS,
    AsyncPetClient,
    Call,
    Kind,
    Pet,
    PetClient,
)
from tests.runtime.loopback import CUT, Server, http

OK = http(200, b'{"name": "Rex"}')
ROOT = Path(__file__).parents[2]
RUNTIME = ROOT / "templates" / "client" / "{package}"


@pytest.fixture(params=KINDS)
def call(request: pytest.FixtureRequest) -> Call:
    return Call(request.param)


class Diary(Middleware):
    """Writes down what happens, and adds a field to each request."""

    def __init__(self, name: str, said: list[str]) -> None:
        self.name = name
        self.said = said

    def call(
        self, info: CallInfo, proceed: Callable[[], Response[object]]
    ) -> Response[object]:
        self.said.append(f"{self.name} {info.operation} {info.method} {info.path}")
        try:
            response = proceed()
        except ApiError as error:
            self.said.append(f"{self.name} {type(error).__name__}")
            raise
        self.said.append(f"{self.name} {response.status} {response.attempts}")
        return response

    def attempt(
        self, request: Request, proceed: Callable[[Request], RawResponse]
    ) -> RawResponse:
        try:
            answer = proceed(request.with_headers({f"X-{self.name}": "1"}))
        except ApiConnectionError:
            self.said.append(f"{self.name} broken")
            raise
        self.said.append(f"{self.name} {answer.status}")
        return answer


class AsyncDiary(AsyncMiddleware):
    """The same, awaited."""

    def __init__(self, name: str, said: list[str]) -> None:
        self.name = name
        self.said = said

    async def call(
        self, info: CallInfo, proceed: Callable[[], Awaitable[Response[object]]]
    ) -> Response[object]:
        self.said.append(f"{self.name} {info.operation} {info.method} {info.path}")
        try:
            response = await proceed()
        except ApiError as error:
            self.said.append(f"{self.name} {type(error).__name__}")
            raise
        self.said.append(f"{self.name} {response.status} {response.attempts}")
        return response

    async def attempt(
        self, request: Request, proceed: Callable[[Request], Awaitable[RawResponse]]
    ) -> RawResponse:
        try:
            answer = await proceed(request.with_headers({f"X-{self.name}": "1"}))
        except ApiConnectionError:
            self.said.append(f"{self.name} broken")
            raise
        self.said.append(f"{self.name} {answer.status}")
        return answer


@pytest.mark.parametrize("kind", KINDS)
def test_middleware_stands_around_calls_and_attempts(kind: str) -> None:
    said: list[str] = []

    async def main(url: str) -> None:
        async with AsyncPetClient(
            API,
            base_url=url,
            credential="t",
            clock=IMPATIENT,
            middleware=[AsyncDiary("A", said), AsyncDiary("B", said)],
        ) as client:
            response = await client.with_response(client.caller.call)(
                GET, path={"id": 1}
            )
            assert response.status == 200
            with pytest.raises(NotFoundError):
                await client.caller.call(GET, path={"id": 2})

    with Server(CUT, OK, http(404)) as server:
        if kind == "sync":
            with PetClient(
                API,
                base_url=server.url,
                credential="t",
                clock=IMPATIENT,
                middleware=[Diary("A", said), Diary("B", said)],
            ) as client:
                response = client.with_response(client.caller.call)(GET, path={"id": 1})
                assert response.status == 200
                with pytest.raises(NotFoundError):
                    client.caller.call(GET, path={"id": 2})
        else:
            anyio.run(main, server.url, backend=kind)
    call, failed = "Pets_Get GET /pets/{id}", "NotFoundError"
    assert said == [
        *(f"A {call}", f"B {call}", "B broken", "A broken", "B 200", "A 200"),
        *("B 200 2", "A 200 2"),
        *(f"A {call}", f"B {call}", "B 404", "A 404", f"B {failed}", f"A {failed}"),
    ]
    assert {asked.headers["x-a"] + asked.headers["x-b"] for asked in server.asked} == {
        "11"
    }


def test_middleware_that_overrides_nothing_changes_nothing() -> None:
    with (
        Server(OK) as server,
        PetClient(
            API, base_url=server.url, credential="t", middleware=[Middleware()]
        ) as client,
    ):
        assert client.caller.call(GET, path={"id": 1}).name == "Rex"


class Stamp(Signer):
    """A signature of the test's own."""

    def sign(self, request: Request) -> Request:
        assert request.headers["accept"]
        return request.with_headers({"Authorization": f"Stamp {request.method}"})


def test_a_signer_serves_any_scheme(call: Call) -> None:
    with Server(OK) as server:
        call(server.url, GET, credential={"bearer": Stamp()})
        call(server.url, GET, credential={"accessKey": Stamp()})
        assert "Stamp" in repr(Stamp())
    assert {asked.headers["authorization"] for asked in server.asked} == {"Stamp GET"}


@pytest.mark.parametrize(
    ("credentials", "sent"),
    [
        ({"app": "a", "user": "u"}, {"x-app": "a", "authorization": "Bearer u"}),
        (
            {"key": "k", "user": "u", "app": "a"},
            {"x-app": "a", "authorization": "Bearer u"},
        ),
        ({"key": "k"}, {"x-key": "k"}),
        ({"app": "a", "key": "k"}, {"x-key": "k"}),
        ({"app": "a"}, None),
    ],
)
def test_the_first_alternative_whose_schemes_are_all_met(
    call: Call, credentials: dict[str, OneCredential], sent: dict[str, str] | None
) -> None:
    either = (("app", "user"), ("key",))
    api = msgspec.structs.replace(
        API,
        schemes={
            "app": ApiKey(name="X-App"),
            "user": Bearer(),
            "key": ApiKey(name="X-Key"),
        },
        security=either,
    )
    guarded = msgspec.structs.replace(GET, security=either)
    free = msgspec.structs.replace(GET, security=((),))
    with Server(OK) as server:
        call(server.url, free, api=api, credential=credentials)
        if sent is None:
            with pytest.raises(ConfigurationError, match="credential"):
                call(server.url, guarded, api=api, credential=credentials)
        else:
            call(server.url, guarded, api=api, credential=credentials)
    names = ("x-app", "authorization", "x-key")
    told = [
        {name: asked.headers[name] for name in names if name in asked.headers}
        for asked in server.asked
    ]
    assert told == [{}, *([] if sent is None else [sent])]


def test_a_service_sees_which_retry_a_request_is(call: Call) -> None:
    with Server(http(503), http(503), OK) as server:
        response = call(server.url, GET, max_retries=2)
    assert response.attempts == 3
    counts = [asked.headers.get("x-retry-count") for asked in server.asked]
    assert counts == [None, "1", "2"]


def test_members_are_added_to_a_body(call: Call) -> None:
    with Server(http(201, b'{"name": "Rex"}')) as server:
        given = Arguments(body={"name": "Rex", "legCount": 4})
        options: RequestOptions = {"body": {"legCount": 3, "beta": [True]}}
        call(server.url, CREATE, given, options)
        call(server.url, CREATE, Arguments(), {"body": {"beta": None}})
        with pytest.raises(TypeError, match="no JSON object"):
            call(server.url, CREATE, Arguments(body=[1]), options)
        with pytest.raises(TypeError, match="this call sends none"):
            call(server.url, GET, options=options)
    bodies = [asked.body for asked in server.asked]
    assert bodies == [b'{"name":"Rex","legCount":3,"beta":[true]}', b'{"beta":null}']


def test_a_call_may_go_elsewhere(call: Call) -> None:
    with Server(OK) as server, Server(OK) as other:
        call(server.url, GET, options={"base_url": f"{other.url}/v2/"})
        with pytest.raises(ValueError, match="base_url must be an http"):
            call(server.url, GET, options={"base_url": "elsewhere"})
    assert server.asked == []
    (asked,) = other.asked
    assert asked.target == "/v2/pets/1"
    # Who names the place of a call trusts it.
    assert asked.headers["authorization"] == "Bearer a-token"


def pets(
    kind: Kind,
    api: Api,
    *operations: Operation[Pet],
    variables: Mapping[str, str | None] | None = None,
    base_url: str | None = None,
    server: str | None = None,
) -> None:
    """Calls operations with one client."""
    if kind == "sync":
        with PetClient(
            api, variables=variables, base_url=base_url, server=server, credential="t"
        ) as client:
            for each in operations:
                client.caller.call(each, path={"id": 1})
        return

    async def main() -> None:
        async with AsyncPetClient(
            api, variables=variables, base_url=base_url, server=server, credential="t"
        ) as client:
            for each in operations:
                await client.caller.call(each, path={"id": 1})

    anyio.run(main, backend=kind)


@pytest.mark.parametrize("kind", KINDS)
def test_an_operation_has_a_server_of_its_own(kind: Kind) -> None:
    with Server(OK) as server, Server(OK) as own:
        api = msgspec.structs.replace(
            API, server=f"{server.url}/v1", variables={"place": "eu"}
        )
        far = ApiServer(own.url + "/{place}/", {"place": "us"})
        plain, there, beside = (
            msgspec.structs.replace(GET, server=each)
            for each in (None, far, ApiServer("/v2"))
        )
        pets(kind, api, plain, there, beside, variables={"place": "eu"})
        pets(kind, api, there, base_url=server.url)
    assert [asked.target for asked in server.asked] == [
        "/v1/pets/1",
        "/v2/pets/1",
        "/pets/1",
    ]
    assert [asked.target for asked in own.asked] == ["/eu/pets/1"]


@pytest.mark.parametrize("kind", KINDS)
def test_calls_go_to_the_server_of_a_name(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server(OK) as server:
        place = {"port": str(server.port), "stage": "v1"}
        api = msgspec.structs.replace(
            API,
            server="https://live.example.com",
            servers={
                "live": ApiServer("https://live.example.com"),
                "test": ApiServer("http://127.0.0.1:{port}/{stage}/", place),
            },
        )
        pets(kind, api, GET, server="test")
        pets(kind, api, GET, server="test", variables={"stage": "v2"})
        monkeypatch.setenv("PETS_SERVER", "test")
        monkeypatch.setenv("PETS_STAGE", "v3")
        pets(kind, api, GET)
    targets = [asked.target for asked in server.asked]
    assert targets == ["/v1/pets/1", "/v2/pets/1", "/v3/pets/1"]


def test_servers_have_names(monkeypatch: pytest.MonkeyPatch) -> None:
    api = msgspec.structs.replace(
        API,
        server="https://live.example.com",
        servers={
            "live": ApiServer("https://live.example.com"),
            "test": ApiServer("https://{who}.test.example.com", {"who": "all"}),
        },
    )

    def of(server: str | None, who: str | None = None) -> str:
        variables = {"who": who}
        client = PetClient(api, server=server, variables=variables, credential="t")
        return repr(client)

    assert "of https://live.example.com," in of(None)
    assert "of https://all.test.example.com," in of("test")
    assert "of https://me.test.example.com," in of("test", "me")
    monkeypatch.setenv("PETS_SERVER", "test")
    assert "of https://all.test.example.com," in of(None)
    assert "of https://live.example.com," in of("live")
    with pytest.raises(ValueError, match="no server 'x'; there are 'live', 'test'"):
        of("x")


LOGGED = f"""
import sys
sys.path[:0] = [{str(RUNTIME)!r}, {str(ROOT)!r}]
from tests.runtime.calls import GET, Call
for _ in range(2):
    Call(sys.argv[1])(sys.argv[2], GET, credential="hush")
"""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("level", "lines"), [("debug", 4), ("INFO", 0), ("nonsense", 0), ("", 0)]
)
def test_the_environment_shows_the_log(kind: Kind, level: str, lines: int) -> None:
    with Server(OK) as server:
        ran = subprocess.run(
            [sys.executable, "-c", LOGGED, kind, server.url],
            env={"CALQUE_LOG": level, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        )
    assert len(ran.stderr.splitlines()) == lines
    assert ran.stderr.count("pet_shop GET http://127.0.0.1") == lines
    assert "hush" not in ran.stderr
