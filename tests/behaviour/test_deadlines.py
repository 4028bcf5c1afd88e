"""How long a call may take: one attempt, and all of them together."""

from __future__ import annotations

from typing import Unpack

import pytest
from acs_call_automation import ApiTimeoutError, Timeout, TooManyRequestsError
from tests.behaviour.driver import Driver, Session, Settings
from tests.behaviour.service import TOKEN, Drip, Hang, Service, created, failed, soon


def connected(
    driver: Driver, service: Service, **settings: Unpack[Settings]
) -> Session:
    """A session that has made a call, so that what happens once is not counted in."""
    session = driver.connect(service.connection_string, **settings)
    session.create_call()
    return session


def test_a_deadline_ends_a_call_that_hangs(driver: Driver, service: Service) -> None:
    session = connected(driver, service, timeout=60)
    service.answers(Hang())
    with pytest.raises(ApiTimeoutError) as caught:
        session.create_call(options={"deadline": 0.3})
    assert caught.value.attempts == 1
    assert len(service.requests) == 2


def test_a_deadline_is_over_all_attempts(driver: Driver, service: Service) -> None:
    session = connected(driver, service, timeout=0.2, max_retries=1000)
    service.answers(Hang())
    with pytest.raises(ApiTimeoutError) as caught:
        session.create_call(options={"deadline": 0.5})
    assert 1 <= caught.value.attempts <= 3
    assert len(service.requests) <= 4


def test_a_wait_beyond_the_deadline_is_not_begun(
    driver: Driver, service: Service
) -> None:
    service.answers(failed(429).having(Retry_After="30"), created())
    session = driver.connect(service.connection_string)
    with pytest.raises(TooManyRequestsError):
        session.create_call(options={"deadline": 20})
    assert len(service.requests) == 1


def test_a_call_may_lift_the_deadline(driver: Driver, service: Service) -> None:
    service.answers(soon(503), created())
    session = driver.connect(service.connection_string, deadline=1e-9)
    with pytest.raises(ApiTimeoutError):
        session.create_call()
    assert session.respond(options={"deadline": None}).status == 201


def test_a_call_says_how_long_to_wait(driver: Driver, service: Service) -> None:
    service.answers(Hang(), created())
    session = driver.connect(service.connection_string, max_retries=0)
    with pytest.raises(ApiTimeoutError):
        session.create_call(options={"timeout": 0.2})
    session.create_call()


def test_an_answer_that_trickles_meets_the_deadline(
    driver: Driver, service: Service
) -> None:
    # Each byte comes well in time, the whole would take half a minute.
    session = connected(driver, service, timeout=10, max_retries=0)
    service.answers(Drip(created(), 0.05))
    with pytest.raises(ApiTimeoutError) as caught:
        session.create_call(options={"deadline": 0.4})
    assert caught.value.request_sent is True


def test_an_answer_may_trickle(driver: Driver, service: Service) -> None:
    service.answers(Drip(created({"callConnectionId": "1"}), 0.01))
    session = driver.connect(service.connection_string, timeout=5)
    assert session.create_call().call_connection_id == "1"


def test_a_connection_that_does_not_come_about_in_time(
    driver: Driver, silent_port: int
) -> None:
    # Nobody answers the beginning of TLS, which belongs to connecting.
    session = driver.client(
        f"https://127.0.0.1:{silent_port}",
        credential=TOKEN,
        timeout=Timeout(connect=0.2, read=30),
        max_retries=0,
    )
    with pytest.raises(ApiTimeoutError) as caught:
        session.create_call()
    assert caught.value.request_sent is False


def test_each_step_may_have_a_limit_of_its_own(
    driver: Driver, service: Service
) -> None:
    service.answers(Hang())
    session = driver.connect(
        service.connection_string, timeout=Timeout(read=0.2), max_retries=0
    )
    with pytest.raises(ApiTimeoutError) as caught:
        session.create_call()
    assert caught.value.request_sent is True
