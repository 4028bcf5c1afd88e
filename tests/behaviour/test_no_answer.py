"""Calls without an answer: no connection, a broken one, or silence."""

from __future__ import annotations

import pytest
from acs_call_automation import ApiConnectionError, ApiTimeoutError
from tests.behaviour.driver import Driver
from tests.behaviour.service import TOKEN, Cut, Hang, Service, Torn, created


def test_a_refused_connection_was_never_sent(driver: Driver, unused_port: int) -> None:
    endpoint = f"http://127.0.0.1:{unused_port}"
    session = driver.client(endpoint, credential=TOKEN, max_retries=0)
    with pytest.raises(ApiConnectionError) as caught:
        session.create_call()
    assert caught.value.request_sent is False
    assert caught.value.attempts == 1
    assert endpoint in str(caught.value)


def test_an_unknown_host_is_a_connection_error(driver: Driver) -> None:
    # RFC 6761, section 6.4: no name under `invalid` ever resolves.
    session = driver.client("http://calque.invalid", credential=TOKEN, max_retries=0)
    with pytest.raises(ApiConnectionError) as caught:
        session.create_call()
    assert caught.value.request_sent is False


def test_an_http_service_spoken_to_in_tls_is_a_connection_error(
    driver: Driver, service: Service
) -> None:
    endpoint = service.endpoint.replace("http:", "https:")
    session = driver.client(endpoint, credential=TOKEN, max_retries=0)
    with pytest.raises(ApiConnectionError) as caught:
        session.create_call()
    assert caught.value.request_sent is False
    assert service.requests == []


@pytest.mark.parametrize("answer", [Cut(), Torn(created(), 20)], ids=["cut", "torn"])
def test_a_cut_connection_may_have_been_heard(
    driver: Driver, service: Service, answer: Cut | Torn
) -> None:
    service.answers(answer)
    session = driver.connect(service.connection_string, max_retries=0)
    with pytest.raises(ApiConnectionError) as caught:
        session.create_call()
    assert caught.value.request_sent is True
    assert caught.value.attempts == 1


def test_no_answer_in_time(driver: Driver, service: Service) -> None:
    service.answers(Hang())
    session = driver.connect(service.connection_string, timeout=0.2, max_retries=0)
    with pytest.raises(ApiTimeoutError) as caught:
        session.create_call()
    assert caught.value.request_sent is True
    assert caught.value.attempts == 1


def test_an_error_from_the_transport_has_its_cause(
    driver: Driver, service: Service
) -> None:
    service.answers(Cut())
    session = driver.connect(service.connection_string, max_retries=0)
    with pytest.raises(ApiConnectionError) as caught:
        session.create_call()
    assert caught.value.__cause__ is not None


def test_the_client_works_on_after_a_failure(driver: Driver, service: Service) -> None:
    service.answers(Cut(), created())
    session = driver.connect(service.connection_string, max_retries=0)
    with pytest.raises(ApiConnectionError):
        session.create_call()
    assert session.create_call().call_connection_state == "connected"
