"""Credentials: where they come from, how requests carry them, and that nobody sees them.

That a signature is right is for the service to say: it computes its own (`admission`).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from acs_call_automation import (
    AccessKey,
    AsyncCallAutomationClient,
    CallAutomationClient,
    ConfigurationError,
    UnauthorizedError,
)
from tests.behaviour.driver import Driver, Session, least
from tests.behaviour.service import ACCESS_KEY, TOKEN, Service, created, failed

SIGNED = "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
OTHER_KEY = "b3RoZXI="


def test_an_access_key_signs(driver: Driver, service: Service) -> None:
    key = AccessKey(ACCESS_KEY)
    driver.client(service.endpoint, credential=key).create_call()
    [text] = service.sent("authorization")
    assert text is not None
    assert text.startswith(SIGNED)


@pytest.mark.parametrize(
    "spelling",
    [
        "endpoint={endpoint}/;accesskey={key}",
        "endpoint={endpoint};accesskey={key}",
        "accesskey={key};endpoint={endpoint}/",
        "Endpoint={endpoint}/;AccessKey={key};",
        "ENDPOINT={endpoint}/;ACCESSKEY={key}",
        ";endpoint={endpoint}/;;accesskey={key};",
        " endpoint = {endpoint}/ ; accesskey = {key} \n",
        "endpoint={endpoint}/;accesskey={key};region=a=b",
    ],
)
def test_connection_strings_may_be_spelt_so(
    driver: Driver, service: Service, spelling: str
) -> None:
    text = spelling.format(endpoint=service.endpoint, key=ACCESS_KEY)
    driver.connect(text).create_call()
    assert len(service.requests) == 1


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "endpoint"),
        ("{endpoint}", "endpoint"),
        ("accesskey={key}", "endpoint"),
        ("endpoint=;accesskey={key}", "endpoint"),
        ("endpoint={endpoint}", "accesskey"),
        ("endpoint={endpoint};accesskey=", "accesskey"),
        ("endpoint={endpoint};accesskey=not/base64!{key}", "base64"),
    ],
)
def test_other_connection_strings_are_refused(
    driver: Driver, service: Service, text: str, complaint: str
) -> None:
    with pytest.raises(ConfigurationError, match=complaint) as caught:
        driver.connect(text.format(endpoint=service.endpoint, key=ACCESS_KEY))
    assert ACCESS_KEY not in str(caught.value)
    assert isinstance(caught.value, ValueError)


def test_a_wrong_key_is_refused_once(driver: Driver, service: Service) -> None:
    session = driver.client(service.endpoint, credential=AccessKey(OTHER_KEY))
    with pytest.raises(UnauthorizedError, match="The signature is not that"):
        session.create_call()
    assert len(service.requests) == 1
    assert service.refusals.pop().status == 401


def test_a_token_is_borne(driver: Driver, service: Service) -> None:
    driver.client(service.endpoint, credential=TOKEN).create_call()
    assert service.sent("authorization") == [f"Bearer {TOKEN}"]
    assert service.requests[0].header("x-ms-date") is None


def test_each_attempt_asks_for_a_fresh_token(driver: Driver, service: Service) -> None:
    tokens = iter(["token-1", "token-2", "token-3"])
    service.admits("token-1", "token-2", "token-3")
    service.answers(failed(429).having(retry_after_ms="1"), created())
    session = driver.client(service.endpoint, credential=lambda: next(tokens))
    session.create_call()
    session.create_call()
    assert service.sent("authorization") == [f"Bearer token-{n}" for n in (1, 2, 3)]


def test_an_async_client_awaits_its_token(service: Service) -> None:
    async def provide() -> str:
        await asyncio.sleep(0)
        return TOKEN

    async def place() -> None:
        async with AsyncCallAutomationClient(
            service.endpoint, credential=provide
        ) as client:
            await client.server_calling.create_call(**least())

    asyncio.run(place())
    assert service.sent("authorization") == [f"Bearer {TOKEN}"]


def test_a_sync_client_does_not_await(service: Service) -> None:
    async def provide() -> str:
        return TOKEN

    untyped: Any = provide
    with (
        CallAutomationClient(service.endpoint, credential=untyped) as client,
        pytest.raises(ConfigurationError, match="asynchronous"),
    ):
        client.server_calling.create_call(**least())
    assert service.requests == []


def test_what_a_token_provider_raises_is_the_callers(
    driver: Driver, service: Service
) -> None:
    def provide() -> str:
        raise LookupError("no token today")

    session = driver.client(service.endpoint, credential=provide)
    with pytest.raises(LookupError, match="no token today"):
        session.create_call()
    assert service.requests == []


@pytest.mark.parametrize("token", ["", "two\nlines", " padded", "ünicode"])
def test_a_token_that_no_header_carries_is_refused(
    driver: Driver, service: Service, token: str
) -> None:
    with pytest.raises(ConfigurationError):
        driver.client(service.endpoint, credential=token)


def test_a_missing_credential_is_noticed_at_once(
    driver: Driver, service: Service
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        driver.client(service.endpoint)
    for hint in ("credential=", "ACS_TOKEN", "ACS_ACCESS_KEY"):
        assert hint in str(caught.value)


def test_a_missing_endpoint_is_noticed_at_once(driver: Driver) -> None:
    with pytest.raises(ConfigurationError, match="ACS_ENDPOINT"):
        driver.client(credential=TOKEN)


@pytest.mark.parametrize(
    "endpoint", ["", "contoso.example", "ftp://contoso.example", "http://", "://"]
)
def test_an_endpoint_must_be_a_url(driver: Driver, endpoint: str) -> None:
    with pytest.raises(ConfigurationError):
        driver.client(endpoint, credential=TOKEN)


def test_a_token_may_come_from_the_environment(
    driver: Driver, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACS_ENDPOINT", service.endpoint)
    monkeypatch.setenv("ACS_TOKEN", TOKEN)
    driver.client().create_call()
    assert service.sent("authorization") == [f"Bearer {TOKEN}"]


def test_an_access_key_may_come_from_the_environment(
    driver: Driver, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACS_ENDPOINT", service.endpoint)
    monkeypatch.setenv("ACS_ACCESS_KEY", ACCESS_KEY)
    driver.client().create_call()
    assert (service.sent("authorization")[0] or "").startswith(SIGNED)


def test_what_is_given_wins_over_the_environment(
    driver: Driver, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACS_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("ACS_TOKEN", "not-this-one")
    driver.connect(service.connection_string).create_call()
    driver.client(service.endpoint, credential=TOKEN).create_call()
    first, second = service.sent("authorization")
    assert (first or "").startswith(SIGNED)
    assert second == f"Bearer {TOKEN}"


def test_a_default_port_is_not_signed(service: Service) -> None:
    # Only a proxy can stand in for a host at port 80: what it is sent is then looked at.
    service.is_at("contoso.example")
    with (
        httpx2.Client(proxy=service.endpoint) as proxied,
        CallAutomationClient(
            "http://contoso.example:80",
            credential=AccessKey(ACCESS_KEY),
            http_client=proxied,
        ) as client,
    ):
        client.server_calling.create_call(**least())
    assert service.requests[0].header("host") == "contoso.example"


@pytest.fixture(params=["key", "token", "provider"])
def secretive(
    driver: Driver, service: Service, request: pytest.FixtureRequest
) -> Session:
    """A session for each way to give a secret."""
    credentials: dict[str, AccessKey | str | Callable[[], str]] = {
        "key": AccessKey(ACCESS_KEY),
        "token": TOKEN,
        "provider": lambda: TOKEN,
    }
    return driver.client(
        service.endpoint,
        credential=credentials[request.param],
        headers={"X-Secret": "hush-hush"},
    )


def secrets(service: Service) -> list[str]:
    """What must be shown to nobody, signatures that were sent included."""
    signatures = [
        (text or "").partition("Signature=")[2]
        for text in service.sent("authorization")
    ]
    return [ACCESS_KEY, TOKEN, "hush-hush", *filter(None, signatures)]


def assert_hidden(text: str, service: Service) -> None:
    assert [secret for secret in secrets(service) if secret in text] == []


def test_repr_shows_no_secret(secretive: Session, service: Service) -> None:
    text = repr(secretive.client)
    assert "CallAutomationClient" in text
    assert service.authority in text
    assert_hidden(text, service)
    assert_hidden(repr(AccessKey(ACCESS_KEY)) + str(AccessKey(ACCESS_KEY)), service)


def test_logs_show_no_secret(
    secretive: Session, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="acs_call_automation")
    service.answers(failed(503).having(retry_after_ms="1"), created())
    secretive.create_call(options={"query": {"api_key": "hush-hush"}})
    assert "acs_call_automation" in {record.name for record in caplog.records}
    # Those of httpcore2 too, which logs what it does.
    for record in caplog.records:
        assert_hidden(record.getMessage() + str(record.__dict__), service)


def test_errors_show_no_secret(secretive: Session, service: Service) -> None:
    service.answers(failed(400))
    with pytest.raises(Exception, match="It failed") as caught:
        secretive.create_call(options={"query": {"sig": "hush-hush"}})
    error = caught.value
    assert_hidden(f"{error} {error!r} {error.__dict__}", service)


def test_responses_show_no_secret(secretive: Session, service: Service) -> None:
    service.answers(created().having(Set_Cookie="session=hush-hush"))
    assert_hidden(repr(secretive.respond()), service)
