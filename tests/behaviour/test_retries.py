"""Attempts: when there is another one, when, how many, and what stays the same in each."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

import pytest
from acs_call_automation import (
    ApiConnectionError,
    ServerError,
    StatusError,
    TooManyRequestsError,
)
from tests.behaviour.driver import Driver
from tests.behaviour.service import (
    Answer,
    Cut,
    Hang,
    Reply,
    Service,
    Torn,
    created,
    failed,
    page_of_html,
    soon,
)


def test_another_attempt_is_the_same_call_signed_anew(
    driver: Driver, service: Service
) -> None:
    service.answers(failed(429).having(Retry_After="1"), created())
    response = driver.connect(service.connection_string).respond()
    assert response.attempts == 2
    first, second = service.requests
    assert first.body == second.body
    assert first.target == second.target
    for same in ("repeatability-request-id", "repeatability-first-sent"):
        assert first.header(same) == second.header(same) is not None
    for other in ("x-ms-date", "authorization"):
        assert first.header(other) != second.header(other)


def test_retry_after_may_be_a_date(driver: Driver, service: Service) -> None:
    # The answer's own Date is now; dates have whole seconds, so the delay is 0 or 1.
    at = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1)
    date = format_datetime(at, usegmt=True)
    service.answers(failed(503).having(Retry_After=date), created())
    assert driver.connect(service.connection_string).respond().attempts == 2


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again(
    driver: Driver, service: Service, status: int
) -> None:
    service.answers(soon(status), created())
    response = driver.connect(service.connection_string).respond()
    assert (response.status, response.attempts) == (201, 2)
    assert len(service.requests) == 2


@pytest.mark.parametrize(
    "status", [400, 401, 402, 403, 404, 405, 409, 410, 412, 413, 418, 422, 501, 505]
)
def test_what_will_not_pass_is_not_tried_again(
    driver: Driver, service: Service, status: int
) -> None:
    service.answers(soon(status), created())
    with pytest.raises(StatusError) as caught:
        driver.connect(service.connection_string).create_call()
    assert (caught.value.status, caught.value.attempts) == (status, 1)
    assert len(service.requests) == 1


@pytest.mark.parametrize(
    "failure",
    [Cut(), Torn(created(), 20), Torn(failed(400), 5)],
    ids=["before any byte", "within the answer", "within an error"],
)
def test_a_cut_connection_is_tried_again(
    driver: Driver, service: Service, failure: Answer
) -> None:
    service.answers(failure, created())
    response = driver.connect(service.connection_string).respond()
    assert response.attempts == 2
    ids = service.sent("repeatability-request-id")
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_no_answer_in_time_is_tried_again(driver: Driver, service: Service) -> None:
    service.answers(Hang(), created())
    response = driver.connect(service.connection_string, timeout=0.5).respond()
    assert response.attempts == 2
    assert len(set(service.sent("repeatability-request-id"))) == 1


def test_there_are_three_attempts(driver: Driver, service: Service) -> None:
    service.answers(soon(503))
    with pytest.raises(ServerError) as caught:
        driver.connect(service.connection_string).create_call()
    assert caught.value.attempts == 3
    assert len(service.requests) == 3
    assert len(set(service.sent("repeatability-request-id"))) == 1
    assert "3 attempts" in str(caught.value)


def test_failures_may_differ(driver: Driver, service: Service) -> None:
    service.answers(Cut(), soon(500), page_of_html(503, "busy"))
    with pytest.raises(ServerError) as caught:
        driver.connect(service.connection_string).create_call()
    assert (caught.value.status, caught.value.attempts) == (503, 3)


@pytest.mark.parametrize("retries", [0, 1, 4])
def test_a_client_says_how_often(
    driver: Driver, service: Service, retries: int
) -> None:
    service.answers(soon(500))
    session = driver.connect(service.connection_string, max_retries=retries)
    with pytest.raises(ServerError):
        session.create_call()
    assert len(service.requests) == retries + 1


def test_a_call_says_how_often(driver: Driver, service: Service) -> None:
    service.answers(soon(500))
    session = driver.connect(service.connection_string, max_retries=0)
    with pytest.raises(ServerError):
        session.create_call(options={"max_retries": 1})
    assert len(service.requests) == 2
    with pytest.raises(ServerError):
        session.create_call()
    assert len(service.requests) == 3


@pytest.mark.parametrize(
    "asked",
    [
        {"Retry-After": "61"},
        {"Retry-After": "86400"},
        {"retry-after-ms": "60001"},
        {"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"},
    ],
    ids=str,
)
def test_a_long_wait_is_left_to_the_caller(
    driver: Driver, service: Service, asked: dict[str, str]
) -> None:
    service.answers(failed(429).having(**asked), created())
    with pytest.raises(TooManyRequestsError) as caught:
        driver.connect(service.connection_string).create_call()
    assert len(service.requests) == 1
    [(name, value)] = asked.items()
    assert caught.value.headers[name] == value


@pytest.mark.parametrize("asked", ["soon", "-1", "", "nan", "inf", "1e400"])
def test_a_senseless_retry_after_is_as_none(
    driver: Driver, service: Service, asked: str
) -> None:
    service.answers(failed(503).having(Retry_After=asked), created())
    assert driver.connect(service.connection_string).respond().attempts == 2


def test_a_redirect_is_not_followed(driver: Driver, service: Service) -> None:
    # Neither key nor token may go wherever an answer points.
    elsewhere = Reply(302, headers={"Location": "http://127.0.0.1:9/stolen"})
    service.answers(elsewhere, created())
    with pytest.raises(StatusError) as caught:
        driver.connect(service.connection_string).create_call()
    assert (caught.value.status, caught.value.attempts) == (302, 1)
    assert len(service.requests) == 1


def test_retries_of_a_client_are_limited_in_sum(
    driver: Driver, service: Service
) -> None:
    service.answers(soon(503))
    session = driver.connect(service.connection_string, max_retries=50)
    attempts: list[int] = []
    for _ in range(4):
        with pytest.raises(ServerError) as caught:
            session.create_call()
        attempts.append(caught.value.attempts)
    # 100 retries at once, over all calls; then one for every five calls that succeed.
    assert attempts == [51, 51, 1, 1]
    service.answers(created())
    for _ in range(5):
        session.create_call()
    service.answers(soon(503))
    with pytest.raises(ServerError) as caught:
        session.create_call()
    assert caught.value.attempts == 2


def test_another_client_has_retries_of_its_own(
    driver: Driver, service: Service
) -> None:
    service.answers(soon(503))
    for _ in range(2):
        session = driver.connect(service.connection_string, max_retries=100)
        with pytest.raises(ServerError) as caught:
            session.create_call()
        assert caught.value.attempts == 101


def test_a_service_that_is_not_there_is_tried_again(
    driver: Driver, unused_port: int
) -> None:
    session = driver.client(f"http://127.0.0.1:{unused_port}", credential="token")
    with pytest.raises(ApiConnectionError) as caught:
        session.create_call()
    assert caught.value.attempts == 3
    assert caught.value.request_sent is False
