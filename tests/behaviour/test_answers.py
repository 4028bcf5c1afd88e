"""Answers that deviate from the document: the call was placed, so they are returned."""

from __future__ import annotations

import gzip
import json
import logging

import pytest
from acs_call_automation import (
    ResponseDecodeError,
    decode,
    encode,
    replace,
    to_builtins,
    unknown_properties,
)
from acs_call_automation.models import (
    CallConnectionProperties,
    CallConnectionStateModel,
    CallSource,
)
from tests.behaviour import page
from tests.behaviour.driver import Answer, Driver
from tests.behaviour.page import JsonObject
from tests.behaviour.service import JSON, Reply, Service, created


def without_identifier() -> JsonObject:
    """The page's answer, where the source lacks the member that it must have."""
    body = page.answer()
    del body["source"]["identifier"]
    return body


# Name -> the page's answer with a deviation in it, and where the deviation is.
DEVIATIONS: dict[str, tuple[object, str]] = {
    "missing member": (without_identifier(), "$.source.identifier"),
    "text for a list": ({**page.answer(), "targets": "none"}, "$.targets"),
    "number for a text": (
        {**page.answer(), "callConnectionId": 7},
        "$.callConnectionId",
    ),
    "text for an object": ({**page.answer(), "source": "8:acs:1"}, "$.source"),
    "list for an object": ({**page.answer(), "source": []}, "$.source"),
    "null": ({**page.answer(), "callbackUri": None}, "$.callbackUri"),
    "null for an object": ({**page.answer(), "source": None}, "$.source"),
    "number for a value": (
        {**page.answer(), "callConnectionState": 5},
        "$.callConnectionState",
    ),
    "odd item": (
        {**page.answer(), "targets": [*page.answer()["targets"], 5]},
        "$.targets[2]",
    ),
    "odd member of an item": (
        {**page.answer(), "targets": [{"kind": "phoneNumber", "phoneNumber": {}}]},
        "$.targets[0].phoneNumber.value",
    ),
    "nothing but a list": ([], "$"),
}


def received(call: Answer) -> object:
    """What a decoded answer encodes back to."""
    return json.loads(encode(call))


def test_a_new_value_is_kept(driver: Driver, service: Service) -> None:
    body = {**page.answer(), "callConnectionState": "onHold"}
    service.answers(created(body))
    response = driver.connect(service.connection_string).respond()
    call = response.value
    assert call.call_connection_state == "onHold"
    assert isinstance(call.call_connection_state, CallConnectionStateModel)
    assert not call.call_connection_state.is_known
    assert call.call_connection_state == CallConnectionStateModel("onHold")
    assert received(call) == body


def test_a_new_value_is_none_of_strictness(driver: Driver, service: Service) -> None:
    # The enumeration is extensible: the document itself foresees the value.
    service.answers(created({**page.answer(), "callConnectionState": "onHold"}))
    session = driver.connect(service.connection_string, strict_responses=True)
    assert session.create_call().call_connection_state == "onHold"


def test_a_new_member_is_let_pass(driver: Driver, service: Service) -> None:
    service.answers(created({**page.answer(), "answeredBy": {"id": 1}}))
    for strict in (False, True):
        session = driver.connect(service.connection_string, strict_responses=strict)
        assert received(session.create_call()) == page.answer()


def test_a_new_member_can_be_kept(driver: Driver, service: Service) -> None:
    body = page.answer()
    body["answeredBy"] = {"id": 1}
    body["source"]["mood"] = ["good", None]
    service.answers(created(body))
    session = driver.connect(service.connection_string, keep_unknown=True)
    call = session.create_call()
    assert unknown_properties(call) == {"answeredBy": {"id": 1}}
    assert received(call) == body


def test_an_answer_can_be_stored_and_changed(driver: Driver, service: Service) -> None:
    service.answers(created(page.answer()))
    call = driver.connect(service.connection_string).create_call()
    assert decode(encode(call), CallConnectionProperties) == call
    assert to_builtins(call) == page.answer()
    other = replace(call, call_connection_id="another")
    assert to_builtins(other) == {**page.answer(), "callConnectionId": "another"}
    assert to_builtins(call) == page.answer()


def test_members_may_be_left_out(driver: Driver, service: Service) -> None:
    service.answers(created({}))
    response = driver.connect(service.connection_string, strict_responses=True)
    call = response.create_call()
    assert call.call_connection_id is None
    assert call.targets is None
    assert received(call) == {}


@pytest.mark.parametrize("name", DEVIATIONS)
def test_a_deviation_is_returned_with_an_issue(
    driver: Driver, service: Service, name: str
) -> None:
    body, path = DEVIATIONS[name]
    service.answers(created(body))
    response = driver.connect(service.connection_string).respond()
    assert (response.status, response.attempts) == (201, 1)
    assert [issue.path for issue in response.issues] == [path]
    assert received(response.value) == body


@pytest.mark.parametrize("name", DEVIATIONS)
def test_a_deviation_is_an_error_when_strict(
    driver: Driver, service: Service, name: str
) -> None:
    body, path = DEVIATIONS[name]
    service.answers(created(body))
    session = driver.connect(service.connection_string, strict_responses=True)
    with pytest.raises(ResponseDecodeError) as caught:
        session.create_call()
    assert [issue.path for issue in caught.value.issues] == [path]
    assert path in str(caught.value)
    assert len(service.requests) == 1


def test_one_call_may_be_strict(driver: Driver, service: Service) -> None:
    service.answers(created({**page.answer(), "targets": 5}))
    session = driver.connect(service.connection_string)
    session.create_call()
    with pytest.raises(ResponseDecodeError):
        session.create_call(options={"strict_responses": True})


def test_what_fits_beside_a_deviation_is_typed(
    driver: Driver, service: Service
) -> None:
    service.answers(created({**page.answer(), "targets": 5}))
    call = driver.connect(service.connection_string).create_call()
    assert isinstance(call.source, CallSource)
    assert call.call_connection_state is CallConnectionStateModel.CONNECTED


def test_several_deviations_are_all_told(driver: Driver, service: Service) -> None:
    body = {**page.answer(), "targets": 5, "callbackUri": 6, "serverCallId": True}
    service.answers(created(body))
    response = driver.connect(service.connection_string).respond()
    assert {issue.path for issue in response.issues} == {
        "$.targets",
        "$.callbackUri",
        "$.serverCallId",
    }
    assert received(response.value) == body


def test_issues_are_logged(
    driver: Driver, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="acs_call_automation")
    service.answers(created({**page.answer(), "targets": 5}))
    driver.connect(service.connection_string).create_call()
    texts = [
        record.getMessage()
        for record in caplog.records
        if record.name == "acs_call_automation"
    ]
    assert [text for text in texts if "$.targets" in text] != []


def test_another_success_is_read_as_the_declared_one(
    driver: Driver, service: Service
) -> None:
    # The document knows 201 only, and `default` for what went wrong.
    service.answers(Reply(200, json.dumps(page.answer()).encode(), JSON))
    response = driver.connect(service.connection_string).respond()
    assert received(response.value) == page.answer()
    [issue] = response.issues
    assert "200" in issue.message


def test_an_empty_answer_has_no_value(driver: Driver, service: Service) -> None:
    service.answers(Reply(201, b"", JSON))
    response = driver.connect(service.connection_string).respond()
    nothing: object = response.value
    assert nothing is None
    [issue] = response.issues
    assert "empty" in issue.message


def test_a_compressed_answer_is_read(driver: Driver, service: Service) -> None:
    body = gzip.compress(json.dumps(page.answer()).encode())
    service.answers(Reply(201, body, {**JSON, "Content-Encoding": "gzip"}))
    call = driver.connect(service.connection_string).create_call()
    assert received(call) == page.answer()
