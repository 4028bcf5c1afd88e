"""Whole calls over a real socket: what is sent, and what comes of each answer.

Every test runs three times: with the synchronous client, and with the asynchronous one
under asyncio and under trio.
"""

from __future__ import annotations

import datetime as dt
import gzip
import math
import re
from collections.abc import Callable
from typing import cast
from uuid import UUID

import pytest
from _runtime.codec import encode
from _runtime.errors import (
    ApiConnectionError,
    ApiTimeoutError,
    BadRequestError,
    ConfigurationError,
    ResponseDecodeError,
    ServerError,
    StatusError,
)
from _runtime.hmac_sha256 import AccessKey, HmacSha256
from _runtime.operation import Binary, Empty, Json, Operation, Text
from _runtime.options import QueryValue, RequestOptions
from _runtime.parameters import http_date
from _runtime.prepare import Arguments
from _runtime.request import Request
from tests.runtime.calls import (
    CREATE,
    GET,
    KEY,
    KINDS,
    SECURITY,
    Call,
    FaultBody,
    Kind,
    Pet,
)
from tests.runtime.loopback import CUT, HANG, Answer, Asked, Server, http

REX = b'{"name": "Rex", "legCount": 4}'
FAULT = b'{"error": {"code": "BadPet", "message": "no such pet"}}'


@pytest.fixture(params=KINDS)
def call(request: pytest.FixtureRequest) -> Call:
    return Call(request.param)


def test_a_call_is_sent_as_the_api_describes_it(call: Call) -> None:
    with Server(http(201, REX, headers={"x-ms-request-id": "r-7"})) as server:
        response = call(
            server.url + "/base/",
            CREATE,
            Arguments(
                query={"tags": ["a b", "c"], "none": None},
                headers={"X-Count": 3, "X-None": None},
                cookies={"session": "s 1"},
                body=Pet(name="Rex", leg_count=4),
            ),
        )
    (asked,) = server.asked
    assert asked.method == "POST"
    assert asked.target == "/base/pets?api-version=2024-01-01&tags=a%20b&tags=c"
    assert asked.body == b'{"name":"Rex","legCount":4}'
    assert asked.headers["host"] == f"127.0.0.1:{server.port}"
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["accept"] == "application/json"
    assert re.fullmatch(r"pet-shop/2\.1\.0 python/3\.\d+", asked.headers["user-agent"])
    assert asked.headers["authorization"] == "Bearer a-token"
    assert asked.headers["x-count"] == "3"
    assert asked.headers["cookie"] == "session=s%201"
    assert "x-none" not in asked.headers
    assert UUID(asked.headers["repeatability-request-id"]).version == 4
    assert response.value == Pet(name="Rex", leg_count=4)
    assert response.status == 201
    assert response.headers["Content-Type"] == "application/json"
    assert response.content == REX
    assert response.request_id == "r-7"
    assert response.attempts == 1
    assert response.issues == ()
    assert response.elapsed > 0
    assert "Rex" not in repr(response)


def test_a_parameter_that_no_text_says_is_refused_before_anything_is_sent(
    call: Call,
) -> None:
    with Server() as server:
        with pytest.raises(ValueError, match="parameter 'limit': nan is no number"):
            call(server.url, GET, Arguments(path={"id": 1}, query={"limit": math.nan}))
        with pytest.raises(ValueError, match=r"parameter 'since': .* no time zone"):
            call(server.url, GET, options={"query": since_nowhere()})
    assert server.asked == []


def since_nowhere() -> dict[str, QueryValue]:
    """What a type checker would refuse."""
    return {"since": cast("str", dt.datetime(2026, 1, 31))}


def test_a_request_without_a_body_has_no_content_type(call: Call) -> None:
    with Server(http(200, REX)) as server:
        call(server.url, GET, Arguments(path={"id": "a/ü"}))
    (asked,) = server.asked
    assert asked.target == "/pets/a%2F%C3%BC"
    assert "content-type" not in asked.headers
    assert asked.body == b""


def test_options_come_before_parameters_and_those_before_the_client(call: Call) -> None:
    options: RequestOptions = {
        "headers": {"X-B": "call", "Accept": "text/x"},
        "query": {"q": "call", "extra": [1, 2], "flag": True},
    }
    with Server(http(200, REX)) as server:
        call(
            server.url,
            GET,
            Arguments(
                path={"id": 1},
                headers={"X-A": "parameter", "X-B": "parameter"},
                query={"q": "parameter"},
            ),
            options,
            headers={"X-A": "client", "X-B": "client", "X-C": "client"},
        )
    (asked,) = server.asked
    sent = {name: asked.headers[name] for name in ("x-a", "x-b", "x-c", "accept")}
    assert sent == {
        "x-a": "parameter",
        "x-b": "call",
        "x-c": "client",
        "accept": "text/x",
    }
    assert asked.target == "/pets/1?q=call&extra=1&extra=2&flag=true"


def test_a_body_keeps_its_media_type_unless_the_call_says_otherwise(call: Call) -> None:
    given = Arguments(body=Pet(name="Rex"))
    with Server(http(201, REX)) as server:
        call(server.url, CREATE, given, headers={"content-type": "text/x"})
        call(server.url, CREATE, given, {"headers": {"content-type": "text/x"}})
    sent = [asked.headers["content-type"] for asked in server.asked]
    assert sent == ["application/json", "text/x"]


def test_the_wire_is_what_is_signed(call: Call) -> None:
    """The signature is recomputed from the bytes that arrived."""
    name = "ü /?#%[]'\"<>|\\^`{}&=+"
    with Server(http(200, REX)) as server:
        call(
            server.url + "/b'(x)",
            GET,
            Arguments(path={"id": name}, query={"n": name, "e": ""}),
            credential=AccessKey(KEY),
        )
    (asked,) = server.asked
    host = asked.headers["host"]
    again = HmacSha256().authenticate(
        Request(method="GET", url=f"http://{host}{asked.target}"),
        AccessKey(KEY),
        now=dt.datetime.strptime(
            asked.headers["x-ms-date"], "%a, %d %b %Y %H:%M:%S GMT"
        )
        .replace(tzinfo=dt.UTC)
        .timestamp(),
    )
    assert asked.headers["authorization"] == again.headers["authorization"]


def test_repeatability_can_be_given(call: Call) -> None:
    given = dt.datetime(2024, 2, 29, 1, 2, 3, tzinfo=dt.UTC)
    arguments = Arguments(
        headers={
            "Repeatability-Request-ID": UUID(int=7),
            "Repeatability-First-Sent": http_date(given),
        },
        body=Pet(name="Rex"),
    )
    with Server(http(201, REX)) as server:
        call(server.url, CREATE, arguments)
        call(
            server.url,
            CREATE,
            Arguments(body=Pet(name="Rex")),
            {"idempotency_key": "my-key"},
        )
        call(server.url, GET, Arguments(path={"id": 1}), {"idempotency_key": "my-key"})
    first, second, third = (asked.headers for asked in server.asked)
    assert first["repeatability-request-id"] == str(UUID(int=7))
    assert first["repeatability-first-sent"] == "Thu, 29 Feb 2024 01:02:03 GMT"
    assert second["repeatability-request-id"] == "my-key"
    assert third["idempotency-key"] == "my-key"


def test_an_answer_that_departs_from_its_type(call: Call) -> None:
    wrong = b'{"name": ["Rex"], "legCount": "four", "wings": 2}'
    with Server(http(200, wrong)) as server:
        response = call(server.url, GET)
        assert [issue.path for issue in response.issues] == ["$.name", "$.legCount"]
        assert encode(response.value) == b'{"name":["Rex"],"legCount":"four"}'
        with pytest.raises(ResponseDecodeError, match=r"\$\.legCount"):
            call(server.url, GET, strict_responses=True)
        with pytest.raises(ResponseDecodeError):
            call(server.url, GET, options={"strict_responses": True})
        call(
            server.url, GET, options={"strict_responses": False}, strict_responses=True
        )


def test_unknown_properties_are_no_issue(call: Call) -> None:
    with Server(http(200, b'{"name": "Rex", "wings": 2}')) as server:
        response = call(server.url, GET, strict_responses=True)
    assert response.value == Pet(name="Rex")
    assert response.issues == ()


def test_an_answer_that_is_no_json(call: Call) -> None:
    with (
        Server(http(200, b"<html>Log in</html>", "text/html")) as server,
        pytest.raises(ResponseDecodeError) as caught,
    ):
        call(server.url, GET)
    assert caught.value.status == 200
    assert caught.value.text == "<html>Log in</html>"
    assert caught.value.attempts == 1
    assert str(caught.value).startswith(f"GET {server.url}/pets/1: 200 OK: ")


def test_text_and_bytes(call: Call) -> None:
    text = Operation[str](id="T", method="GET", path="/", answers={200: Text()})
    data = Operation[bytes](id="B", method="GET", path="/", answers={200: Binary()})
    with Server(
        http(200, "grün".encode("latin-1"), "text/plain; charset=latin-1")
    ) as server:
        assert call(server.url, text).value == "grün"
        assert call(server.url, data).value == "grün".encode("latin-1")


def test_nothing(call: Call) -> None:
    with Server(http(204)) as server:
        assert call(server.url, GET).value is None


def test_a_compressed_answer(call: Call) -> None:
    body = gzip.compress(REX)
    with Server(http(200, body, headers={"Content-Encoding": "gzip"})) as server:
        assert call(server.url, GET).value == Pet(name="Rex", leg_count=4)


def test_an_error_with_a_body(call: Call) -> None:
    headers = {"x-ms-request-id": "r-9"}
    with (
        Server(http(400, FAULT, headers=headers)) as server,
        pytest.raises(BadRequestError) as caught,
    ):
        call(
            server.url,
            CREATE,
            Arguments(query={"q": "private"}, body=Pet(name="x")),
        )
    error = caught.value
    assert isinstance(error.error, FaultBody)
    assert error.error.error.code == "BadPet"
    assert error.request_id == "r-9"
    assert error.attempts == 1
    assert str(error) == (
        f"POST {server.url}/pets: 400 Bad Request: BadPet: no such pet (request id r-9)"
    )


def test_html_in_the_place_of_an_error(call: Call) -> None:
    page = b"<html><body>Service Unavailable</body></html>"
    with (
        Server(http(503, page, "text/html")) as server,
        pytest.raises(ServerError) as caught,
    ):
        call(server.url, GET)
    assert caught.value.status == 503
    assert caught.value.error is None
    assert caught.value.text == page.decode()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(call: Call, status: int) -> None:
    with (
        Server(http(status, headers={"Location": "/elsewhere"})) as server,
        pytest.raises(StatusError) as caught,
    ):
        call(server.url, GET)
    assert caught.value.status == status
    assert caught.value.headers["location"] == "/elsewhere"
    assert len(server.asked) == 1


def test_a_declared_answer_that_is_no_success_is_raised_by_its_type(call: Call) -> None:
    get = Operation[Pet](
        id="Pets_Get",
        method="GET",
        path="/pets/{id}",
        security=SECURITY,
        answers={200: Json(lambda: Pet), 300: Json(lambda: FaultBody), 304: Empty()},
    )
    with Server(http(304), http(300, FAULT)) as server:
        with pytest.raises(StatusError, match="304 Not Modified") as unchanged:
            call(server.url, get)
        with pytest.raises(StatusError, match="300 Multiple Choices") as several:
            call(server.url, get)
    assert (unchanged.value.status, unchanged.value.error) == (304, None)
    assert isinstance(several.value.error, FaultBody)


def test_no_connection(call: Call) -> None:
    with Server(CUT) as server:
        url = server.url
    with pytest.raises(ApiConnectionError, match="could not connect") as caught:
        call(url, GET)
    assert caught.value.request_sent is False
    assert str(caught.value).startswith(f"GET {url}/pets/1: could not connect")


@pytest.mark.parametrize(
    "answer",
    [
        CUT,
        Answer(b"HTTP/1.1 200", close=True),
        Answer(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{", close=True),
        Answer(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", close=True
        ),
        Answer(b"no http at all\r\n\r\n", close=True),
    ],
)
def test_a_damaged_answer(call: Call, answer: Answer) -> None:
    with Server(answer) as server:
        with pytest.raises(ApiConnectionError) as caught:
            call(server.url, GET)
        assert server.settled(0)
    assert caught.value.request_sent is True
    assert caught.value.attempts == 1


# Not under trio, which warns of a generator that httpx2 leaves behind here.
@pytest.mark.parametrize("kind", ["sync", "asyncio"])
def test_a_damaged_compression(kind: Kind) -> None:
    with Server(http(200, b"no gzip", headers={"Content-Encoding": "gzip"})) as server:
        with pytest.raises(ApiConnectionError, match="the answer is damaged"):
            Call(kind)(server.url, GET)
        assert server.settled(0)


@pytest.mark.parametrize(
    "data",
    [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"],
)
def test_a_hang(call: Call, data: bytes) -> None:
    with Server(Answer(data, hang=True)) as server:
        with pytest.raises(ApiTimeoutError, match="no answer in time") as caught:
            call(server.url, GET, timeout=0.15)
        assert server.settled(0)
    assert caught.value.request_sent is True


def test_the_answer_may_trickle_in(call: Call) -> None:
    """Each part in time, the whole too late: the deadline counts, not the parts."""

    def script(asked: Asked, number: int) -> Answer:
        return Answer(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", hang=True)

    with Server(script=script) as server:
        with pytest.raises(ApiTimeoutError, match=r"the deadline of 0\.2 s passed"):
            call(server.url, GET, deadline=0.2)
        assert server.settled(0)


def test_a_token_is_asked_for(call: Call) -> None:
    tokens = iter(["one", "two"])
    with Server(http(500), http(200, REX)) as server:
        call(server.url, GET, credential=lambda: next(tokens), max_retries=1)
    sent = [asked.headers["authorization"] for asked in server.asked]
    assert sent == ["Bearer one", "Bearer two"]


def test_what_a_token_provider_raises_reaches_the_caller(call: Call) -> None:
    def provider() -> str:
        raise LookupError("no token today")

    with (
        Server(http(200, REX)) as server,
        pytest.raises(LookupError, match="no token today"),
    ):
        call(server.url, GET, credential=provider)
    assert server.asked == []


@pytest.mark.parametrize("token", ["secret\nX: y", "", None, 7])
def test_a_token_that_cannot_be_sent(call: Call, token: object) -> None:
    provider = cast("Callable[[], str]", lambda: token)
    with Server(http(200, REX)) as server, pytest.raises(ConfigurationError) as caught:
        call(server.url, GET, credential=provider)
    assert "secret" not in str(caught.value)
    assert server.asked == []


def test_an_async_token_provider() -> None:
    async def provider() -> str:
        return "later"

    with Server(http(200, REX)) as server:
        Call("asyncio")(server.url, GET, credential=provider)
        Call("trio")(server.url, GET, credential=provider)
        with pytest.raises(ConfigurationError, match="needs the asynchronous client"):
            Call("sync")(server.url, GET, credential=provider)
    assert [asked.headers["authorization"] for asked in server.asked] == [
        "Bearer later"
    ] * 2


def test_the_caller_may_authenticate(call: Call) -> None:
    with Server(http(200, REX)) as server:
        call(server.url, GET, credential=None, headers={"Authorization": "Custom x"})
        call(server.url, GET, None, {"headers": {"authorization": "Custom y"}})
    sent = [asked.headers["authorization"] for asked in server.asked]
    assert sent == ["Custom x", "Custom y"]


def test_cookies_of_an_answer_are_not_kept(call: Call) -> None:
    with Server(http(503, headers={"Set-Cookie": "a=1"}), http(200, REX)) as server:
        call(server.url, GET, max_retries=1)
    assert [asked.headers.get("cookie") for asked in server.asked] == [None, None]


def test_what_cannot_be_sent_is_not_sent(call: Call) -> None:
    with Server(http(200, REX)) as server:
        with pytest.raises(ValueError, match="must not be empty"):
            call(server.url, GET, Arguments(path={"id": ""}))
        with pytest.raises(ValueError, match="control character"):
            call(server.url, GET, Arguments(path={"id": 1}, headers={"X": "a\r\nb: c"}))
        with pytest.raises(ValueError, match="control character"):
            call(server.url, GET, None, {"idempotency_key": "a\nb"})
    assert server.asked == []


def test_an_operation_that_needs_no_credential(call: Call) -> None:
    free = Operation[Pet](
        id="F", method="GET", path="/", answers={200: Json(lambda: Pet)}
    )
    with Server(http(200, REX), HANG) as server:
        call(server.url, free)
    assert "authorization" not in server.asked[0].headers


def test_the_whole_answer_is_told(call: Call) -> None:
    body = b'{"name": "Rex", "legCount": "four"}'
    ids = {"X-Request-Id": "r-2", "ETag": '"1"'}
    moved = http(307, b"there", headers={"Location": "/there", "X-Request-Id": "r-1"})
    with Server(http(503), moved, http(200, body, headers=ids)) as server:
        options: RequestOptions = {"follow_redirects": True, "max_retries": 1}
        response = call(server.url, GET, options=options)
    assert (response.status, response.request_id, response.attempts) == (200, "r-2", 3)
    assert (response.content, response.headers["etag"]) == (body, '"1"')
    assert response.value.name == "Rex"
    assert [issue.path for issue in response.issues] == ["$.legCount"]
    assert response.request.method == "GET"
    assert response.request.url == f"{server.url}/there"
    (before,) = response.history
    assert (before.status, before.content) == (307, b"there")
    assert before.headers["x-request-id"] == "r-1"
    assert response.elapsed > 0
