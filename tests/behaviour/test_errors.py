"""Calls that fail: which error says so, and what it carries."""

from __future__ import annotations

import json
import pickle

import acs_call_automation as package
import pytest
from acs_call_automation import (
    ApiConnectionError,
    ApiError,
    ApiTimeoutError,
    BadRequestError,
    ResponseDecodeError,
    ServerError,
    StatusError,
    UnauthorizedError,
)
from acs_call_automation.models import CommunicationError, CommunicationErrorResponse
from tests.behaviour.driver import Driver
from tests.behaviour.service import (
    JSON,
    Reply,
    Service,
    failed,
    page_of_html,
)

CLASSES = {
    400: package.BadRequestError,
    401: package.UnauthorizedError,
    402: StatusError,
    403: package.ForbiddenError,
    404: package.NotFoundError,
    409: package.ConflictError,
    412: package.PreconditionFailedError,
    418: StatusError,
    422: package.UnprocessableContentError,
    429: package.TooManyRequestsError,
    499: StatusError,
    500: ServerError,
    501: ServerError,
    503: ServerError,
    599: ServerError,
}

NESTED = {
    "error": {
        "code": "InvalidTarget",
        "message": "A target is not valid.",
        "target": "targets[0]",
        "details": [
            {"code": "NoSuchUser", "message": "There is no such user."},
            {"code": "Gone", "message": "Deleted.", "target": "targets[0].id"},
        ],
        "innererror": {
            "code": "Directory",
            "message": "Not found.",
            "innererror": {"code": "Database", "message": "No row."},
        },
    }
}


def fail(driver: Driver, service: Service, answer: Reply) -> StatusError:
    """The error that an answer is raised as, without retries."""
    service.answers(answer)
    session = driver.connect(service.connection_string, max_retries=0)
    with pytest.raises(StatusError) as caught:
        session.create_call()
    return caught.value


def test_the_declared_body_is_decoded(driver: Driver, service: Service) -> None:
    answer = Reply(400, json.dumps(NESTED).encode(), JSON)
    error = fail(driver, service, answer.having(x_ms_request_id="r-400"))
    assert isinstance(error, BadRequestError)
    assert error.status == 400
    assert error.headers["Content-Type"] == JSON["Content-Type"]
    assert error.request_id == "r-400"
    assert error.attempts == 1
    assert error.content == json.dumps(NESTED).encode()
    assert isinstance(error.error, CommunicationErrorResponse)
    assert error.error.error == CommunicationError(
        code="InvalidTarget",
        message="A target is not valid.",
        target="targets[0]",
        details=[
            CommunicationError(code="NoSuchUser", message="There is no such user."),
            CommunicationError(code="Gone", message="Deleted.", target="targets[0].id"),
        ],
        innererror=CommunicationError(
            code="Directory",
            message="Not found.",
            innererror=CommunicationError(code="Database", message="No row."),
        ),
    )


def test_the_text_is_the_services_own(driver: Driver, service: Service) -> None:
    answer = failed(400, "InvalidTarget", "A target is not valid.")
    error = fail(driver, service, answer.having(x_ms_request_id="r-400"))
    assert str(error) == (
        f"POST {service.endpoint}/calling/callConnections: 400 Bad Request: "
        "InvalidTarget: A target is not valid. (request id r-400)"
    )
    assert (error.code, error.message) == ("InvalidTarget", "A target is not valid.")


@pytest.mark.parametrize("status", CLASSES)
def test_statuses_have_classes(driver: Driver, service: Service, status: int) -> None:
    error = fail(driver, service, failed(status, "Code", "Message."))
    assert type(error) is CLASSES[status]
    assert error.status == status
    assert isinstance(error.error, CommunicationErrorResponse)
    assert error.error.error.code == "Code"


def test_classes_form_a_tree() -> None:
    for kind in CLASSES.values():
        assert issubclass(kind, StatusError)
    for branch in (
        StatusError,
        ApiConnectionError,
        ApiTimeoutError,
        ResponseDecodeError,
    ):
        assert issubclass(branch, ApiError)
    assert not issubclass(ResponseDecodeError, StatusError)


def test_html_of_a_proxy_is_no_decoding_error(driver: Driver, service: Service) -> None:
    answer = page_of_html(503, "The service is unavailable")
    error = fail(driver, service, answer)
    assert isinstance(error, ServerError)
    assert (error.status, error.error) == (503, None)
    assert error.content == answer.body
    assert "The service is unavailable" in error.text
    assert "503 Service Unavailable" in str(error)


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"7", b'"no"', b"{", b"\xff\xfe", b"<html>", b"[" * 100_000],
    ids=lambda body: repr(body[:9]),
)
def test_a_body_of_another_kind_is_kept_raw(
    driver: Driver, service: Service, body: bytes
) -> None:
    error = fail(driver, service, Reply(400, body, JSON))
    assert isinstance(error, BadRequestError)
    assert error.error is None
    assert error.content == body


def test_a_message_of_another_form_is_still_shown(
    driver: Driver, service: Service
) -> None:
    body = b'{"title": "No.", "detail": "The gateway does not like you."}'
    error = fail(driver, service, Reply(403, body, JSON))
    assert "The gateway does not like you." in str(error)
    assert error.content == body


def test_an_error_that_deviates_is_decoded_as_far_as_it_goes(
    driver: Driver, service: Service
) -> None:
    body = {"error": {"code": 17, "message": "Odd.", "extra": True}}
    error = fail(driver, service, Reply(409, json.dumps(body).encode(), JSON))
    assert isinstance(error.error, CommunicationErrorResponse)
    assert error.error.error.message == "Odd."
    assert [issue.path for issue in error.issues] == ["$.error.code"]


def test_a_deviating_error_is_a_status_error_even_when_strict(
    driver: Driver, service: Service
) -> None:
    service.answers(Reply(409, b'{"error": {"code": 17}}', JSON))
    session = driver.connect(service.connection_string, strict_responses=True)
    with pytest.raises(StatusError) as caught:
        session.create_call()
    assert caught.value.status == 409


def test_an_error_in_another_charset_is_read(driver: Driver, service: Service) -> None:
    answer = Reply(
        500, "Störung".encode("latin-1"), {"Content-Type": "text/plain; charset=latin1"}
    )
    assert fail(driver, service, answer).text == "Störung"


def test_line_breaks_do_not_reach_the_text(driver: Driver, service: Service) -> None:
    error = fail(driver, service, failed(400, "A\nB", "C\r\nD\x1b[31m"))
    assert "\n" not in str(error)
    assert "\r" not in str(error)
    assert "\x1b" not in str(error)


def test_errors_can_be_pickled(driver: Driver, service: Service) -> None:
    error = fail(driver, service, failed(401, "Denied", "No."))
    copy: object = pickle.loads(pickle.dumps(error))
    assert isinstance(copy, UnauthorizedError)
    assert str(copy) == str(error)
    assert (copy.status, copy.error, copy.content) == (401, error.error, error.content)


@pytest.mark.parametrize(
    "answer",
    [
        Reply(201, b'{"callConnectionId": ', JSON),
        Reply(201, b"<html>hello</html>", {"Content-Type": "text/html"}),
        Reply(201, b"\xff\xfe{}", JSON),
        Reply(201, b"[" * 100_000, JSON),
    ],
    ids=["cut JSON", "HTML", "not UTF-8", "deep"],
)
def test_an_answer_that_is_no_json(
    driver: Driver, service: Service, answer: Reply
) -> None:
    # The call was placed: another attempt would change nothing.
    service.answers(answer.having(x_ms_request_id="r-201"))
    with pytest.raises(ResponseDecodeError) as caught:
        driver.connect(service.connection_string).create_call()
    error = caught.value
    assert (error.status, error.content) == (201, answer.body)
    assert error.request_id == "r-201"
    assert error.attempts == 1
    assert "201" in str(error)
    assert len(service.requests) == 1
