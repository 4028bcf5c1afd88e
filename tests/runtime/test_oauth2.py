"""Tokens that a client buys: from a token endpoint on loopback, sync and async."""

from __future__ import annotations

import logging
import pickle
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from urllib.parse import parse_qs

import anyio
import pytest
from _runtime.api import Api
from _runtime.auth import Scheme
from _runtime.clock import Clock
from _runtime.errors import (
    ApiConnectionError,
    ApiError,
    ConfigurationError,
    DeadlineExceededError,
    UnauthorizedError,
)
from _runtime.oauth2 import ClientCredentials, OAuth2, RefreshToken
from _runtime.open_id_connect import OpenIdConnect
from _runtime.operation import Json, Operation
from _runtime.tokens import TokenError
from tests.runtime.calls import (
    KINDS,
    AsyncPetClient,
    Call,
    Pet,
    PetClient,
)
from tests.runtime.loopback import HANG, Answer, Asked, Server, http

SECRET = "s3cret&+ word"


@pytest.fixture(params=KINDS)
def call(request: pytest.FixtureRequest) -> Call:
    return Call(request.param)


def api(scheme: Scheme) -> Api:
    return Api(
        package="pet_shop",
        version="1",
        environment="PETS",
        server="https://unused",
        schemes={"oauth": scheme},
        security=(("oauth",),),
        requires_credential=True,
    )


RELATIVE = api(OAuth2(token_url="oauth/token"))


def operation(*scopes: str) -> Operation[Pet]:
    return Operation[Pet](
        id="Pets_Get",
        method="GET",
        path="/pets/{id}",
        security=(("oauth",),),
        scopes={"oauth": scopes},
        answers={200: Json(lambda: Pet)},
    )


READ, WRITE = operation("read"), operation("read", "write")


class Bank:
    """Issues tokens t0, t1, ... and knows which are good."""

    def __init__(self, more: str = '"expires_in": 3600') -> None:
        self.more = more
        self.bought: list[Asked] = []
        self.seen: list[str] = []
        self.revoked: set[str] = set()
        self._lock = Lock()

    def __call__(self, asked: Asked, number: int) -> Answer:
        if "token" in asked.target:
            with self._lock:
                token = f"t{len(self.bought)}"
                self.bought.append(asked)
            body = f'{{"access_token": "{token}", "token_type": "Bearer", {self.more}}}'
            return http(200, body.encode())
        token = asked.headers["authorization"].removeprefix("Bearer ")
        with self._lock:
            self.seen.append(token)
        good = token not in self.revoked
        return http(200, b'{"name": "Rex"}') if good else http(401)

    @property
    def forms(self) -> list[dict[str, list[str]]]:
        return [parse_qs(asked.body.decode()) for asked in self.bought]


def test_client_credentials_buy_a_token(call: Call) -> None:
    bank = Bank()
    with Server(script=bank) as server:
        credential = ClientCredentials("me:1", SECRET, parameters={"audience": "pets"})
        response = call(server.url, WRITE, api=RELATIVE, credential=credential)
    assert response.value.name == "Rex"
    assert response.attempts == 1
    (asked,) = bank.bought
    assert (asked.method, asked.target) == ("POST", "/oauth/token")
    pair = b64encode(b"me%3A1:s3cret%26%2B+word").decode()
    assert asked.headers["authorization"] == f"Basic {pair}"
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert bank.forms == [
        {
            "grant_type": ["client_credentials"],
            "audience": ["pets"],
            "scope": ["read write"],
        }
    ]
    assert bank.seen == ["t0"]


def test_the_secret_may_travel_in_the_body(call: Call) -> None:
    bank = Bank()
    with Server(script=bank) as server:
        credential = ClientCredentials(
            "me",
            SECRET,
            scopes=["all"],
            client_authentication="body",
            token_url=f"{server.url}/token?tenant=1",
        )
        call(server.url, READ, api=RELATIVE, credential=credential)
    (asked,) = bank.bought
    assert asked.target == "/token?tenant=1"
    assert "authorization" not in asked.headers
    assert bank.forms[0] == {
        "grant_type": ["client_credentials"],
        "scope": ["all"],
        "client_id": ["me"],
        "client_secret": [SECRET],
    }


def test_a_token_serves_all_calls_that_its_scopes_allow() -> None:
    bank = Bank()
    with (
        Server(script=bank) as server,
        PetClient(
            RELATIVE, base_url=server.url, credential=ClientCredentials("a", "b")
        ) as client,
    ):
        for each in (WRITE, READ, WRITE, operation("admin")):
            client.caller.call(each, path={"id": 1})
    assert bank.seen == ["t0", "t0", "t0", "t1"]
    assert [form.get("scope") for form in bank.forms] == [["read write"], ["admin"]]


@pytest.mark.parametrize(
    ("life", "after", "bought"),
    [("3600", 3539, 1), ("3600", 3541, 2), ('"30"', 14, 1), ("30", 16, 2), ("0", 9, 1)],
)
def test_a_token_is_renewed_before_its_end(life: str, after: int, bought: int) -> None:
    bank, now = Bank(f'"expires_in": {life}'), [100.0]
    with (
        Server(script=bank) as server,
        PetClient(
            RELATIVE,
            base_url=server.url,
            credential=ClientCredentials("a", "b"),
            clock=Clock(monotonic=lambda: now[0]),
        ) as client,
    ):
        client.caller.call(READ, path={"id": 1})
        now[0] += after
        client.caller.call(READ, path={"id": 1})
    assert len(bank.bought) == bought


def test_threads_buy_one_token() -> None:
    bank = Bank()
    with (
        Server(script=bank) as server,
        PetClient(
            RELATIVE, base_url=server.url, credential=ClientCredentials("a", "b")
        ) as client,
        ThreadPoolExecutor(16) as pool,
    ):

        def get(number: int) -> Pet:
            return client.caller.call(READ, path={"id": number})

        list(pool.map(get, range(64)))
    assert len(bank.bought) == 1
    assert bank.seen == ["t0"] * 64


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_tasks_buy_one_token_and_a_cancelled_one_hinders_nobody(backend: str) -> None:
    bank = Bank()

    async def main(url: str) -> None:
        async with AsyncPetClient(
            RELATIVE, base_url=url, credential=ClientCredentials("a", "b")
        ) as client:

            async def get(number: int) -> None:
                await client.caller.call(READ, path={"id": number})

            async with anyio.create_task_group() as tasks:
                tasks.start_soon(get, 0)
                await anyio.lowlevel.checkpoint()
                tasks.cancel_scope.cancel()
            async with anyio.create_task_group() as tasks:
                for number in range(50):
                    tasks.start_soon(get, number)

    with Server(script=bank) as server:
        anyio.run(main, server.url, backend=backend)
        assert server.settled(0)
    assert len(bank.bought) <= 2
    assert len(bank.seen) == 50
    assert len(set(bank.seen)) == 1


def test_a_revoked_token_is_bought_anew_once(call: Call) -> None:
    bank = Bank()
    bank.revoked = {"t0"}
    credential = ClientCredentials("a", "b")
    with Server(script=bank) as server:
        response = call(
            server.url, READ, api=RELATIVE, credential=credential, max_retries=1
        )
        assert response.attempts == 2
        assert bank.seen == ["t0", "t1"]
        bank.revoked = {f"t{number}" for number in range(9)}
        with pytest.raises(UnauthorizedError) as caught:
            call(server.url, READ, api=RELATIVE, credential=credential, max_retries=1)
    assert caught.value.attempts == 2
    assert len(bank.bought) == 4


def test_without_retries_a_refusal_is_final(call: Call) -> None:
    bank = Bank()
    bank.revoked = {"t0"}
    with Server(script=bank) as server, pytest.raises(UnauthorizedError):
        call(server.url, READ, api=RELATIVE, credential=ClientCredentials("a", "b"))
    assert bank.seen == ["t0"]


def test_a_refresh_token_is_followed_by_its_successor(call: Call) -> None:
    bank = Bank('"expires_in": 3600, "refresh_token": "second"')
    kept: list[str] = []
    credential = RefreshToken("first", "me", on_renewal=kept.append)
    with Server(script=bank) as server:
        for _ in range(2):
            call(server.url, READ, api=RELATIVE, credential=credential)
    assert [form["refresh_token"] for form in bank.forms] == [["first"], ["second"]]
    assert bank.forms[0] == {
        "grant_type": ["refresh_token"],
        "refresh_token": ["first"],
        "client_id": ["me"],
    }
    assert kept == ["second"]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            http(400, b'{"error": "invalid_scope", "error_description": "no such"}'),
            "no token: 400 Bad Request: invalid_scope: no such",
        ),
        (http(401, b'{"error": "invalid_client"}'), "401 Unauthorized: invalid_client"),
        (http(200, b"<html>"), "no token: 200 OK"),
        (http(200, b'{"access_token": ""}'), "no token: 200 OK"),
        (
            http(200, b'{"access_token": "x", "token_type": "mac"}'),
            "its type is 'mac', not bearer",
        ),
    ],
)
def test_the_endpoint_gives_no_token(
    call: Call, answer: Answer, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    credential = ClientCredentials("a", SECRET)
    with (
        caplog.at_level(logging.DEBUG),
        Server(answer) as server,
        pytest.raises(TokenError) as caught,
    ):
        call(server.url, READ, api=RELATIVE, credential=credential)
    error = caught.value
    assert message in str(error)
    assert str(error).startswith(f"POST {server.url}/oauth/token: no token: ")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert SECRET not in f"{error!r}{credential!r}{caplog.text}"
    assert len(server.asked) == 1


def test_the_endpoint_is_asked_again_where_that_is_safe(call: Call) -> None:
    bought = http(200, b'{"access_token": "t"}')
    with Server(http(500), bought, http(200, b'{"name": "Rex"}')) as server:
        call(
            server.url,
            READ,
            api=RELATIVE,
            credential=ClientCredentials("a", "b"),
            max_retries=1,
        )
    with Server(http(500), bought) as server, pytest.raises(TokenError):
        call(
            server.url,
            READ,
            api=RELATIVE,
            credential=RefreshToken("a", "b"),
            max_retries=1,
        )


def test_no_connection_to_the_endpoint(call: Call, unused_port: int) -> None:
    url = f"http://127.0.0.1:{unused_port}/token"
    with Server(http(500)) as server, pytest.raises(ApiConnectionError) as caught:
        call(
            server.url,
            READ,
            api=RELATIVE,
            credential=ClientCredentials("a", "b", token_url=url),
        )
    assert caught.value.request is not None
    assert caught.value.request.url == url
    assert server.asked == []


def test_the_deadline_covers_the_token(call: Call) -> None:
    with Server(HANG) as server, pytest.raises(ApiError) as caught:
        call(
            server.url,
            READ,
            api=RELATIVE,
            credential=ClientCredentials("a", "b"),
            deadline=0.2,
        )
    assert isinstance(caught.value, DeadlineExceededError)


def test_a_provider_describes_itself(call: Call) -> None:
    bank = Bank()

    def script(asked: Asked, number: int) -> Answer:
        if asked.target == "/.well-known/openid-configuration":
            return http(200, b'{"token_endpoint": "/the/token"}')
        return bank(asked, number)

    described = api(OpenIdConnect(url="/.well-known/openid-configuration"))
    credential = ClientCredentials("a", "b")
    with Server(script=script) as server:
        call(server.url, READ, api=described, credential=credential)
    assert [asked.target for asked in bank.bought] == ["/the/token"]
    with Server(http(404)) as server, pytest.raises(TokenError, match="description"):
        call(server.url, READ, api=described, credential=credential)


def test_a_scheme_without_an_endpoint_needs_one() -> None:
    with pytest.raises(ConfigurationError, match="token_url="):
        PetClient(
            api(OAuth2(refresh_url="/token")),
            base_url="https://h",
            credential=ClientCredentials("a", "b"),
        )


def test_the_environment_names_the_client(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PETS_CLIENT_ID", "me")
    monkeypatch.setenv("PETS_CLIENT_SECRET", "secret")
    bank = Bank()
    with (
        Server(script=bank) as server,
        PetClient(RELATIVE, base_url=server.url) as client,
    ):
        client.caller.call(READ, path={"id": 1})
        monkeypatch.setenv("PETS_TOKEN", "given")
        with PetClient(RELATIVE, base_url=server.url) as other:
            other.caller.call(READ, path={"id": 1})
    assert bank.seen == ["t0", "given"]
    monkeypatch.delenv("PETS_TOKEN")
    monkeypatch.delenv("PETS_CLIENT_ID")
    with pytest.raises(
        ConfigurationError,
        match=r"PETS_TOKEN or PETS_CLIENT_ID and PETS_CLIENT_SECRET$",
    ):
        PetClient(RELATIVE, base_url="https://h")


def test_tokens_unencrypted_are_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    insecure = ClientCredentials("a", "b", token_url="http://idp.example/token")
    PetClient(RELATIVE, base_url="https://h", credential=insecure).close()
    assert "http://idp.example/token unencrypted" in caplog.text
