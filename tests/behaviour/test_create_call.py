"""Create Call when all goes well: what is sent, what comes back, and what a call can set."""

from __future__ import annotations

import json

import pytest
from acs_call_automation import (
    RequestOptions,
    encode,
)
from acs_call_automation.models import (
    CallConnectionStateModel,
    CommunicationIdentifierModel,
    CommunicationIdentifierModelKind,
    PhoneNumberIdentifierModel,
)
from tests.behaviour import page
from tests.behaviour.driver import Driver, example, least, user
from tests.behaviour.service import Service, created


def test_the_request_is_the_one_of_the_page(driver: Driver, service: Service) -> None:
    driver.connect(service.connection_string).create_call(**example())
    [request] = service.requests
    assert request.method == "POST"
    assert request.target == f"{page.PATH}?api-version={page.API_VERSION}"
    assert request.json() == page.request()
    assert request.header("content-type") == "application/json"
    assert request.header("accept") == "application/json"
    assert request.header("content-length") == str(len(request.body))


def test_the_answer_is_the_one_of_the_page(driver: Driver, service: Service) -> None:
    call = driver.connect(service.connection_string).create_call(**example())
    assert call.call_connection_id == "18dea47f-b081-4107-9a5c-4300819d2c6c"
    assert call.server_call_id == "aHR0cHM6Ly9jb252ZXJzYXRpb251cmwvdGVzdA"
    assert call.call_connection_state is CallConnectionStateModel.CONNECTED
    assert call.callback_uri == "https://app.contoso.com/callback"
    assert call.media_subscription_id == "6431f20a-1235-4a74-j632-asas8h6f999s"
    assert call.source is not None
    assert call.source.caller_id == PhoneNumberIdentifierModel(value="+18440123456")
    assert call.source.display_name is None
    assert call.targets is not None
    assert [target.kind for target in call.targets] == [
        "communicationUser",
        "phoneNumber",
    ]
    assert call.targets[0] == user(
        "8:acs:b9614373-fd0b-480c-8fd2-cb58b70eab9f_0f50d091-5bd3-448b-884d-44be7037d9b9"
    )
    assert json.loads(encode(call)) == page.answer()


def test_what_is_not_given_is_not_sent(driver: Driver, service: Service) -> None:
    session = driver.connect(service.connection_string)
    session.create_call()
    session.create_call(operation_context=None, media_streaming_configuration=None)
    for request in service.requests:
        assert request.json().keys() == {"callbackUri", "source", "targets"}
        assert request.json()["source"].keys() == {"identifier"}


@pytest.mark.parametrize(
    "kind",
    [
        "communicationUser",
        CommunicationIdentifierModelKind.COMMUNICATION_USER,
        CommunicationIdentifierModelKind("communicationUser"),
    ],
)
def test_a_kind_is_a_member_or_its_text(
    driver: Driver, service: Service, kind: CommunicationIdentifierModelKind
) -> None:
    target = user("8:acs:1")
    target.kind = kind
    driver.connect(service.connection_string).place({**least(), "targets": [target]})
    assert service.requests[0].json()["targets"] == [
        {"kind": "communicationUser", "communicationUser": {"id": "8:acs:1"}}
    ]


def test_a_kind_may_be_newer_than_the_package(driver: Driver, service: Service) -> None:
    session = driver.connect(service.connection_string)
    for kind in ("pager", CommunicationIdentifierModelKind("pager")):
        session.place(
            {
                **least(),
                "targets": [CommunicationIdentifierModel(kind=kind, raw_id="1")],
            }
        )
    for request in service.requests:
        assert request.json()["targets"] == [{"kind": "pager", "rawId": "1"}]


def test_text_arrives_whole(driver: Driver, service: Service) -> None:
    text = 'Grüße, 電話 \U0001f4de "\\ \u2028 \x01'
    driver.connect(service.connection_string).create_call(operation_context=text)
    assert service.requests[0].json()["operationContext"] == text


def test_each_call_is_another(driver: Driver, service: Service) -> None:
    session = driver.connect(service.connection_string)
    session.create_call()
    session.create_call()
    first, second = (
        request.header("repeatability-request-id") for request in service.requests
    )
    assert first is not None
    assert first != second


def test_the_whole_response_is_to_be_had(driver: Driver, service: Service) -> None:
    service.answers(created().having(x_ms_request_id="r-1", X_More="yes"))
    response = driver.connect(service.connection_string).respond()
    assert response.status == 201
    assert response.value.call_connection_state == "connected"
    assert response.headers["x-more"] == "yes"
    assert response.request_id == "r-1"
    assert response.attempts == 1
    assert list(response.issues) == []
    assert json.loads(response.content) == page.answer()
    assert response.elapsed > 0


def test_headers_of_the_client_and_of_a_call(driver: Driver, service: Service) -> None:
    session = driver.connect(
        service.connection_string, headers={"X-A": "client", "X-B": "client"}
    )
    session.create_call(options={"headers": {"x-b": "call", "X-C": "call"}})
    session.create_call()
    once, plain = service.requests
    names = ("x-a", "x-b", "x-c")
    assert [once.header(name) for name in names] == ["client", "call", "call"]
    assert [plain.header(name) for name in names] == ["client", "client", None]


def test_a_call_adds_to_the_query(driver: Driver, service: Service) -> None:
    # The service signs what it received: were anything encoded twice, it would refuse.
    driver.connect(service.connection_string).create_call(
        options={"query": {"note": "a b/ü&=+%41", "flag": True, "n": 3}}
    )
    assert service.requests[0].query == [
        ("api-version", page.API_VERSION),
        ("note", "a b/ü&=+%41"),
        ("flag", "true"),
        ("n", "3"),
    ]


def test_a_call_may_ask_for_another_version(driver: Driver, service: Service) -> None:
    session = driver.connect(service.connection_string)
    with pytest.raises(Exception, match="UnsupportedApiVersion"):
        session.create_call(options={"query": {"api-version": "2023-01-15"}})
    assert service.requests[0].query == [("api-version", "2023-01-15")]
    assert service.refusals.pop().code == "UnsupportedApiVersion"


@pytest.mark.parametrize(
    "options",
    [
        {"timeout": 0},
        {"timeout": -1},
        {"max_retries": -1},
        {"deadline": 0},
        {"headers": {"X-A": "a\r\nX-B: b"}},
        {"retries": 1},
    ],
    ids=str,
)
def test_senseless_options_are_refused(
    driver: Driver, service: Service, options: RequestOptions
) -> None:
    session = driver.connect(service.connection_string)
    with pytest.raises((ValueError, TypeError)):
        session.create_call(options=options)
    assert service.requests == []
