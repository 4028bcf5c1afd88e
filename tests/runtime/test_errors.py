"""Errors: their classes, what they say, and that they survive pickling and copying."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable

import pytest
from _runtime.answers import is_error, read_value, status_error
from _runtime.codec import encode
from _runtime.error_details import error_details
from _runtime.errors import (
    AnsweredError,
    ApiConnectionError,
    ApiError,
    ApiTimeoutError,
    BadRequestError,
    ConfigurationError,
    ConflictError,
    DeadlineExceededError,
    ForbiddenError,
    NotFoundError,
    PreconditionFailedError,
    ResponseDecodeError,
    SentRequest,
    ServerError,
    StatusError,
    TooManyRequestsError,
    UnauthorizedError,
    UnprocessableContentError,
    status_error_class,
)
from _runtime.fake_desk import UnexpectedCallError
from _runtime.headers import Headers, request_id_of
from _runtime.issue import Issue
from _runtime.long_running import (
    OperationCanceledError,
    OperationFailedError,
    PollingError,
)
from _runtime.media_types import is_json, looks_like_json, text_of
from _runtime.operation import Binary, Empty, Json, Operation, Text
from _runtime.paging import PaginationError
from _runtime.request import RawResponse, Request
from _runtime.tokens import TokenError
from _runtime.webhook_errors import SignatureError, WebhookPayloadError
from tests.runtime.calls import CREATE, Fault, FaultBody, Pet

JSON = Headers({"Content-Type": "application/json", "x-ms-request-id": "r-1"})
FAULT = b'{"error": {"code": "BadPet", "message": "no such pet"}}'


STATUSES = (
    StatusError,
    BadRequestError,
    UnauthorizedError,
    ForbiddenError,
    NotFoundError,
    ConflictError,
    PreconditionFailedError,
    UnprocessableContentError,
    TooManyRequestsError,
    ServerError,
)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, StatusError),
        (400, BadRequestError),
        (401, UnauthorizedError),
        (402, StatusError),
        (403, ForbiddenError),
        (404, NotFoundError),
        (409, ConflictError),
        (412, PreconditionFailedError),
        (418, StatusError),
        (422, UnprocessableContentError),
        (429, TooManyRequestsError),
        (500, ServerError),
        (501, ServerError),
        (599, ServerError),
    ],
)
def test_each_status_has_its_class(status: int, kind: type[StatusError]) -> None:
    assert status_error_class(status) is kind


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        (FAULT, "BadPet", "no such pet"),
        (b'{"code": 17, "message": "m"}', "17", "m"),
        (b'{"message": "m"}', None, "m"),
        (b'{"error": "m"}', None, "m"),
        (b'{"error": "invalid_grant", "error_description": "d"}', "invalid_grant", "d"),
        (
            b'{"type": "about:blank", "title": "t", "status": 400, "detail": "d"}',
            None,
            "d",
        ),
        (b'{"title": "t"}', None, "t"),
        (b'{"errors": [{"code": "c", "message": "m"}, {"code": "x"}]}', "c", "m"),
        (b'{"errors": [{"title": "t", "detail": "d"}]}', None, "d"),
        (b'{"errors": ["m"]}', None, "m"),
        (b'{"errors": []}', None, None),
        (b'[{"errorCode": "c", "message": "m"}]', "c", "m"),
        (
            b'{"detail": [{"loc": ["body"], "msg": "field required"}]}',
            None,
            "field required",
        ),
        (b'{"fault": {"code": 900, "message": "m"}}', "900", "m"),
        (b'{"message": "m", "errors": [{"code": "c"}]}', "c", "m"),
        (b'{"error": {"message": ""}}', None, None),
        (
            b'{"message": "two\\nlines\\u2028 and \\u001b[31mred"}',
            None,
            "two lines and [31mred",
        ),
        (b'{"message": null, "code": true}', None, None),
        (b'"m"', None, "m"),
        (b"17", None, None),
        (b"null", None, None),
        (b"", None, None),
        (b"<html>no</html>", None, None),
        (b'{"error":' * 5000, None, None),
    ],
)
def test_code_and_message_are_found(
    body: bytes, code: str | None, message: str | None
) -> None:
    assert error_details(body) == (code, message)


def test_a_message_without_end_is_cut() -> None:
    _, message = error_details(b'"' + b"x" * 10_000 + b'"')
    assert message == "x" * 500 + "…"


def answered(error: AnsweredError) -> ApiError:
    error.request = SentRequest.of(
        Request(
            method="POST", url="https://u:hunter2@h/a/b?api_key=hunter2&x=secretish"
        )
    )
    error.attempts = 3
    return error


def bad_request() -> ApiError:
    response = RawResponse(status=400, headers=JSON, content=FAULT)
    return answered(status_error(response, CREATE, keep_unknown=False))


def undecodable() -> ApiError:
    return answered(
        ResponseDecodeError(
            "the body cannot be read as JSON",
            response=RawResponse(status=200, headers=JSON, content=b"<p>"),
            issues=(Issue("$", "no JSON"),),
        )
    )


class OwnError(NotFoundError):
    """What a caller derives for itself."""

    def __init__(self, *, response: RawResponse, hint: str) -> None:
        super().__init__(response=response)
        self.hint = hint


REFUSED = RawResponse(status=404, headers=JSON.replaced({"ETag": '"1"'}), content=FAULT)


def told(kind: type[StatusError]) -> Callable[[], ApiError]:
    return lambda: answered(kind(response=REFUSED))


ERRORS: list[Callable[[], ApiError]] = [
    *map(told, STATUSES),
    lambda: OwnError(response=REFUSED, hint="look elsewhere"),
    lambda: TokenError("no token", response=REFUSED, code="invalid_grant"),
    lambda: PollingError("no link"),
    lambda: PaginationError("a circle"),
    lambda: answered(OperationFailedError(response=REFUSED, state="Failed")),
    lambda: answered(OperationCanceledError(response=REFUSED, state="Canceled")),
    lambda: ApiError("something"),
    lambda: ApiConnectionError("broke", request_sent=True, permanent=True),
    lambda: ApiTimeoutError("late", request_sent=False),
    lambda: DeadlineExceededError("the deadline of 3 s passed", request_sent=True),
    bad_request,
    undecodable,
]


@pytest.mark.parametrize("make", ERRORS)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_errors_survive_pickling_and_copying(
    make: Callable[[], ApiError], protocol: int
) -> None:
    error = make()
    pickled: object = pickle.loads(pickle.dumps(error, protocol))
    for other in (pickled, copy.copy(error), copy.deepcopy(error)):
        assert isinstance(other, ApiError)
        assert type(other) is type(error)
        assert (str(other), repr(other)) == (str(error), repr(error))
        assert other.args == error.args
        assert vars(other) == vars(error)


def test_every_error_is_tried() -> None:
    def tree(kind: type[ApiError]) -> set[type[ApiError]]:
        return {kind}.union(*(tree(each) for each in kind.__subclasses__()))

    ours = {kind for kind in tree(ApiError) if kind.__module__.startswith("_runtime.")}
    assert ours - {type(make()) for make in ERRORS} == {AnsweredError}


@pytest.mark.parametrize(
    "error",
    [
        ConfigurationError("no credential"),
        SignatureError("too old"),
        WebhookPayloadError("no JSON", (Issue("$", "no JSON"),)),
        UnexpectedCallError("nothing is prepared"),
    ],
)
def test_errors_of_no_call_survive_pickling(error: Exception) -> None:
    for other in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
        assert type(other) is type(error)
        assert (str(other), repr(other)) == (str(error), repr(error))
        assert vars(other) == vars(error)


def test_a_status_error_holds_everything() -> None:
    error = bad_request()
    assert isinstance(error, BadRequestError)
    assert error.status == 400
    assert error.headers["Content-Type"] == "application/json"
    assert error.request_id == "r-1"
    assert error.attempts == 3
    assert error.content == FAULT
    assert error.text == FAULT.decode()
    assert error.error == FaultBody(error=Fault(code="BadPet", message="no such pet"))
    assert error.issues == ()
    assert (error.code, error.message) == ("BadPet", "no such pet")
    assert error.request is not None
    assert error.request.url == "https://h/a/b?api_key=[redacted]&x=secretish"


def test_what_a_status_error_says() -> None:
    assert str(bad_request()) == (
        "POST https://h/a/b: 400 Bad Request: BadPet: no such pet "
        "(request id r-1, 3 attempts)"
    )


def test_what_a_decode_error_says() -> None:
    assert str(undecodable()) == (
        "POST https://h/a/b: 200 OK: the body cannot be read as JSON\n  $: no JSON "
        "(request id r-1, 3 attempts)"
    )


def test_what_other_errors_say() -> None:
    error = ApiConnectionError("broke", request_sent=True)
    assert str(error) == "broke"
    error.request = SentRequest("GET", "https://h/a")
    error.attempts = 1
    assert str(error) == "GET https://h/a: broke"
    assert repr(error) == f"{type(error).__name__}('GET https://h/a: broke')"


def test_a_configuration_error_is_a_value_error() -> None:
    assert issubclass(ConfigurationError, ValueError)
    assert not issubclass(ConfigurationError, ApiError)


@pytest.mark.parametrize(
    ("content_type", "content", "body"),
    [
        ("application/json", FAULT, True),
        ("application/problem+json; charset=utf-8", FAULT, True),
        ("text/plain", FAULT, True),
        (None, FAULT, True),
        ("application/json", b"", False),
        ("application/json", b"oops", False),
        ("application/json", b'"oops"', False),
        ("application/json", b'["oops"]', False),
        ("text/html", b"<html><body>Service Unavailable</body></html>", False),
        ("text/html; charset=nope", b"\xff\xfe", False),
    ],
)
def test_the_body_of_an_error_is_decoded_when_it_allows(
    content_type: str | None, content: bytes, body: bool
) -> None:
    headers = Headers({} if content_type is None else {"Content-Type": content_type})
    response = RawResponse(status=503, headers=headers, content=content)
    error = status_error(response, CREATE, keep_unknown=False)
    assert isinstance(error, ServerError)
    assert isinstance(error.error, FaultBody) is body
    assert error.content == content
    assert isinstance(error.text, str)


def test_an_error_without_a_declared_body() -> None:
    operation = Operation[None](id="X", method="GET", path="/", answers={204: Empty()})
    response = RawResponse(status=400, headers=JSON, content=FAULT)
    error = status_error(response, operation, keep_unknown=False)
    assert error.error is None
    assert (error.code, error.message) == ("BadPet", "no such pet")


def test_an_error_body_of_another_shape_tells_its_issues() -> None:
    response = RawResponse(status=400, headers=JSON, content=b'{"error": {"code": 1}}')
    error = status_error(response, CREATE, keep_unknown=False)
    assert isinstance(error.error, FaultBody)
    assert {issue.path for issue in error.issues} == {"$.error.code", "$.error.message"}


ANSWERS = Operation[object](
    id="X",
    method="GET",
    path="/",
    answers={
        200: Json(lambda: Pet),
        204: Empty(),
        "2XX": Text(),
        304: Empty(),
        "default": Json(lambda: FaultBody),
    },
)


def read(
    operation: Operation[object], status: int, content: bytes, *, strict: bool = False
) -> tuple[object, list[str]]:
    value, issues = read_value(
        RawResponse(status=status, headers=JSON, content=content),
        operation,
        strict=strict,
        keep_unknown=False,
    )
    return value, [str(issue) for issue in issues]


def answering(
    answers: dict[int | str, Json | Text | Binary | Empty],
) -> Operation[object]:
    return Operation[object](id="X", method="GET", path="/", answers=answers)


@pytest.mark.parametrize(
    ("status", "content", "value"),
    [
        (200, b'{"name": "Rex"}', Pet(name="Rex")),
        (204, b"", None),
        (204, b"ignored", None),
        (202, "später".encode(), "später"),
    ],
)
def test_exact_status_then_range(status: int, content: bytes, value: object) -> None:
    assert read(ANSWERS, status, content) == (value, [])


def test_default_means_success_only_where_nothing_else_does() -> None:
    only_default = answering({"default": Json(lambda: Pet)})
    assert read(only_default, 200, b'{"name": "Rex"}') == (Pet(name="Rex"), [])
    with_error = answering({404: Empty(), "default": Binary()})
    assert read(with_error, 200, b"\x00") == (b"\x00", [])


def test_an_undeclared_success_is_read_as_the_declared_one() -> None:
    operation = answering({200: Json(lambda: Pet), "default": Json(lambda: FaultBody)})
    value, issues = read(operation, 202, b'{"name": "Rex"}')
    assert value == Pet(name="Rex")
    assert issues == ["$: status 202 is not declared"]
    with pytest.raises(ResponseDecodeError, match="status 202 is not declared"):
        read(operation, 202, b'{"name": "Rex"}', strict=True)


def test_a_success_where_only_errors_are_declared() -> None:
    assert read(answering({404: Empty()}), 200, b"{}") == (
        None,
        ["$: status 200 is not declared"],
    )


@pytest.mark.parametrize("content", [b"", b"  \n"])
def test_an_empty_body_where_one_is_declared(content: bytes) -> None:
    assert read(ANSWERS, 200, content) == (None, ["$: the body is empty"])
    with pytest.raises(ResponseDecodeError, match="the body is empty"):
        read(ANSWERS, 200, content, strict=True)


def test_an_answer_to_head_has_no_body() -> None:
    operation = Operation[object](
        id="X", method="HEAD", path="/", answers={200: Json(lambda: Pet)}
    )
    assert read(operation, 200, b"") == (None, [])


@pytest.mark.parametrize("content", [b"<html>", b"{", b"\x00"])
def test_a_body_that_is_no_json(content: bytes) -> None:
    with pytest.raises(ResponseDecodeError, match="cannot be read as JSON") as caught:
        read(ANSWERS, 200, content)
    assert caught.value.status == 200
    assert caught.value.content == content
    assert caught.value.request_id == "r-1"


def test_json_of_the_wrong_shape_is_kept_with_issues() -> None:
    value, issues = read(ANSWERS, 200, b'{"name": 7, "legCount": "four"}')
    assert isinstance(value, Pet)
    assert encode(value) == b'{"name":7,"legCount":"four"}'
    assert [issue.partition(":")[0] for issue in issues] == ["$.name", "$.legCount"]
    with pytest.raises(ResponseDecodeError) as caught:
        read(ANSWERS, 200, b'{"name": 7, "legCount": "four"}', strict=True)
    assert [issue.path for issue in caught.value.issues] == ["$.name", "$.legCount"]
    assert "$.legCount" in str(caught.value)


def test_a_long_list_of_issues_is_cut() -> None:
    issues = tuple(Issue(f"$[{n}]", "bad") for n in range(25))
    response = RawResponse(status=200)
    error = ResponseDecodeError("no", response=response, issues=issues)
    assert str(error).count("bad") == 20
    assert str(error).endswith("and 5 more")


@pytest.mark.parametrize(
    ("status", "raised"),
    [(200, False), (299, False), (304, True), (301, True), (400, True), (599, True)],
)
def test_which_statuses_are_raised(status: int, raised: bool) -> None:
    assert is_error(status) is raised


def test_request_ids() -> None:
    assert request_id_of(Headers({"X-Request-ID": "a", "x-ms-request-id": "b"})) == "b"
    assert request_id_of(Headers({"Request-Id": "a"})) == "a"
    assert request_id_of(Headers({"X-Request-ID": ""})) is None


@pytest.mark.parametrize(
    ("content_type", "json"),
    [
        ("application/json", True),
        ("Application/JSON; charset=utf-8", True),
        ("application/vnd.api+json", True),
        ("text/json", True),
        ("application/jsonl", False),
        ("text/html", False),
        ("", False),
        (None, False),
    ],
)
def test_which_media_types_are_json(content_type: str | None, json: bool) -> None:
    assert is_json(content_type) is json


def test_bodies_that_look_like_json() -> None:
    assert looks_like_json(b"\xef\xbb\xbf \n{")
    assert looks_like_json(b"[1]")
    assert not looks_like_json(b"<html>")
    assert not looks_like_json(b"")


@pytest.mark.parametrize(
    ("content", "content_type", "text"),
    [
        ("ä".encode(), None, "ä"),
        ("ä".encode("latin-1"), 'text/plain; charset="ISO-8859-1"', "ä"),
        ("ä".encode("utf-16"), "text/plain;charset=utf-16", "ä"),
        (b"\xff", "text/plain", "\ufffd"),
        (b"a", "text/plain; charset=no-such", "a"),
        (b"YQ==", "text/plain; charset=base64", "YQ=="),
        (b"a", "text/plain; charset=a\x00b", "a"),
    ],
)
def test_text_of_any_charset(
    content: bytes, content_type: str | None, text: str
) -> None:
    assert text_of(content, content_type) == text
