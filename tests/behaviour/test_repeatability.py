"""Repeatable requests: one identity and one date for all attempts of a call.

OASIS Repeatable Requests 1.0. That an identity is a UUID of version 4, that a date is an
IMF-fixdate, and that no identity is used for two requests: the service checks it.
"""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime
from uuid import UUID, uuid4

import pytest
from acs_call_automation import PreconditionFailedError, ServerError
from tests.behaviour.driver import Driver
from tests.behaviour.service import Service, created, failed, soon


def test_repeatability_is_managed(driver: Driver, service: Service) -> None:
    driver.connect(service.connection_string).create_call()
    [request] = service.requests
    assert UUID(request.header("repeatability-request-id")).version == 4
    assert request.header("repeatability-first-sent") is not None


def test_repeatability_may_be_the_callers(driver: Driver, service: Service) -> None:
    identity = uuid4()
    sent = dt.datetime.now(dt.UTC).replace(microsecond=0) - dt.timedelta(minutes=2)
    elsewhere = sent.astimezone(dt.timezone(dt.timedelta(hours=-7)))
    service.answers(soon(500), created())
    driver.connect(service.connection_string).create_call(
        repeatability_request_id=identity, repeatability_first_sent=elsewhere
    )
    date = format_datetime(sent, usegmt=True)
    assert service.sent("repeatability-request-id") == [str(identity)] * 2
    assert service.sent("repeatability-first-sent") == [date] * 2


def test_an_identity_alone_gets_its_date(driver: Driver, service: Service) -> None:
    identity = uuid4()
    driver.connect(service.connection_string).create_call(
        repeatability_request_id=identity
    )
    [request] = service.requests
    assert request.header("repeatability-request-id") == str(identity)
    assert request.header("repeatability-first-sent") is not None


def test_a_date_alone_gets_its_identity(driver: Driver, service: Service) -> None:
    sent = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)
    driver.connect(service.connection_string).create_call(repeatability_first_sent=sent)
    [request] = service.requests
    assert request.header("repeatability-request-id") is not None
    date = format_datetime(sent, usegmt=True)
    assert request.header("repeatability-first-sent") == date


def test_an_idempotency_key_is_the_identity(driver: Driver, service: Service) -> None:
    identity = str(uuid4())
    service.answers(soon(500), created())
    driver.connect(service.connection_string).create_call(
        options={"idempotency_key": identity}
    )
    ids = service.sent("repeatability-request-id")
    assert ids == [identity, identity]


def test_a_date_without_a_zone_is_refused(driver: Driver, service: Service) -> None:
    session = driver.connect(service.connection_string)
    naive = dt.datetime(2022, 4, 7, 12, 0, 0)
    with pytest.raises(ValueError, match="time zone"):
        session.create_call(repeatability_first_sent=naive)
    assert service.requests == []


def test_a_request_first_sent_long_ago_is_left_to_the_caller(
    driver: Driver, service: Service
) -> None:
    # Sent under another identity, the call might be placed twice.
    identity = uuid4()
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=10)
    with pytest.raises(PreconditionFailedError):
        driver.connect(service.connection_string).create_call(
            repeatability_request_id=identity, repeatability_first_sent=long_ago
        )
    assert service.sent("repeatability-request-id") == [str(identity)]
    assert service.refusals.pop().status == 412


def test_repeatability_rejected_is_an_error_like_others(
    driver: Driver, service: Service
) -> None:
    service.answers(failed(501).having(Repeatability_Result="rejected"))
    with pytest.raises(ServerError) as caught:
        driver.connect(service.connection_string).create_call()
    assert caught.value.headers["repeatability-result"] == "rejected"
    assert len(service.requests) == 1
