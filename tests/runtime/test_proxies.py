"""Proxies that the environment names, and what NO_PROXY says against them."""

from __future__ import annotations

import anyio
import pytest
from _runtime.errors import ConfigurationError
from _runtime.network import Network
from _runtime.prepare import Arguments
from _runtime.proxies import environment_proxies, proxy_for
from tests.runtime.calls import API, GET, KINDS, AsyncPetClient, Call, PetClient
from tests.runtime.loopback import Server, http

OK = http(200, b'{"name": "Rex"}')
NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(params=KINDS)
def call(request: pytest.FixtureRequest) -> Call:
    return Call(request.param)


@pytest.mark.parametrize(
    ("no", "url", "proxied"),
    [
        ("", ("http", "pets.test", 80), True),
        ("*", ("http", "pets.test", 80), False),
        ("other.test, pets.test", ("http", "pets.test", 80), False),
        ("pets.test", ("http", "www.pets.test", 80), False),
        ("pets.test", ("http", "wwwpets.test", 80), True),
        (".pets.test", ("http", "www.pets.test", 80), False),
        (".pets.test", ("http", "pets.test", 80), True),
        ("*.pets.test", ("http", "www.pets.test", 80), False),
        ("*.pets.test", ("http", "pets.test", 80), True),
        ("pets.test:8080", ("http", "pets.test", 8080), False),
        ("pets.test:8080", ("http", "pets.test", 80), True),
        ("https://pets.test", ("http", "pets.test", 80), True),
        ("https://pets.test", ("https", "pets.test", 443), False),
        ("all://pets.test", ("http", "pets.test", 80), False),
        ("localhost", ("http", "localhost", 80), False),
        ("10.0.0.1", ("http", "10.0.0.1", 80), False),
        ("10.0.0.0/8", ("http", "10.20.30.40", 80), False),
        ("10.0.0.0/8", ("http", "11.20.30.40", 80), True),
        ("::1", ("http", "::1", 80), False),
        ("[::1]", ("http", "::1", 80), False),
        ("[::1]:8080", ("http", "::1", 80), True),
        ("[::1]:8080", ("http", "::1", 8080), False),
        ("fe80::/10", ("http", "fe80::1", 80), False),
        ("[fe80::]/10", ("http", "fe80::1", 80), False),
        ("fe80::/10", ("http", "10.0.0.1", 80), True),
        ("[", ("http", "pets.test", 80), True),
        ("pets.test:many", ("http", "pets.test", 80), True),
    ],
)
def test_the_exceptions(no: str, url: tuple[str, str, int], proxied: bool) -> None:
    found = proxy_for({"all": "http://proxy:8080", "no": no}, *url)
    assert found == ("http://proxy:8080" if proxied else None)


def test_one_for_a_scheme_comes_before_that_for_all() -> None:
    proxies = {"http": "one:1", "all": "https://two:2"}
    assert proxy_for(proxies, "http", "h", 80) == "http://one:1"
    assert proxy_for(proxies, "https", "h", 443) == "https://two:2"
    assert proxy_for({"https": "one:1"}, "http", "h", 80) is None


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_the_environment_names_one(
    call: Call, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with Server(OK) as proxy:
        monkeypatch.setenv(name, proxy.url.replace("http://", "me:hush@"))
        answer = call("http://pets.test/v1", GET, Arguments(path={"id": 1}))
    assert answer.value.name == "Rex"
    (asked,) = proxy.asked
    assert asked.target == "http://pets.test/v1/pets/1"
    assert asked.headers["proxy-authorization"] == "Basic bWU6aHVzaA=="


def test_the_environment_names_an_exception(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server(OK) as server, Server(OK) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.0/8")
        call(server.url, GET, Arguments(path={"id": 1}))
    assert len(server.asked) == 1
    assert proxy.asked == []


def test_a_clients_own_proxy_comes_before_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "*")
    with Server(OK) as proxy:
        network = Network(proxy=proxy.url)
        with PetClient(
            API, base_url="http://pets.test", credential="t", network=network
        ) as client:
            client.caller.call(GET, path={"id": 1})

        async def main() -> None:
            async with AsyncPetClient(
                API, base_url="http://pets.test", credential="t", network=network
            ) as client:
                await client.caller.call(GET, path={"id": 1})

        anyio.run(main)
    assert len(proxy.asked) == 2


def test_a_proxy_of_the_environment_that_is_none(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "gopher://127.0.0.1")
    with pytest.raises(ConfigurationError, match="proxy must be a URL"):
        call("http://pets.test", GET, Arguments(path={"id": 1}))


def test_no_proxies_where_nobody_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert environment_proxies() == {}
