"""No secret is ever shown: not in a log of any library, not by repr, not in an error.

Each test makes calls that carry secrets in every place that can carry one, with every
logger of the process at DEBUG, and searches all that came out.
"""

from __future__ import annotations

import logging
import traceback
from base64 import b64encode
from urllib.parse import quote

import pytest
from _runtime.api import Api
from _runtime.api_key import ApiKey
from _runtime.auth import AnyCredential, Credential, Scheme
from _runtime.basic import Basic, BasicCredentials
from _runtime.bearer import Bearer
from _runtime.errors import ApiError
from _runtime.hmac_sha256 import AccessKey, HmacSha256
from _runtime.issue import Issue
from _runtime.logs import CallLog
from _runtime.operation import Json, Operation
from _runtime.prepare import Arguments
from _runtime.request import RawResponse, Request
from tests.runtime.calls import GET, KEY, KINDS, Call, Pet
from tests.runtime.loopback import CUT, Answer, Server, http

SECRET = "hunter/2+secret"
SCHEMES: dict[str, Scheme] = {
    "bearer": Bearer(),
    "header": ApiKey(name="X-Key"),
    "query": ApiKey(name="my_pass", location="query"),
    "cookie": ApiKey(name="sid", location="cookie"),
    "basic": Basic(),
    "hmac": HmacSha256(),
}
CREDENTIALS: dict[str, str | Credential] = {
    "bearer": SECRET,
    "header": SECRET,
    "query": SECRET,
    "cookie": SECRET,
    "basic": BasicCredentials("user-" + SECRET, SECRET),
    "hmac": AccessKey(KEY),
}
SECRET_API = Api(
    package="pet_shop",
    version="1",
    environment="PETS",
    server="https://unused",
    schemes=SCHEMES,
)
# What would betray it in any form.
FORMS = (SECRET, quote(SECRET, safe=""), KEY, "hunter", "Signature=")
BASIC = b64encode(f"user-{SECRET}:{SECRET}".encode()).decode()


@pytest.fixture(params=KINDS)
def call(request: pytest.FixtureRequest) -> Call:
    return Call(request.param)


def leaks(text: str) -> list[str]:
    return [form for form in (*FORMS, BASIC) if form in text]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    "answer",
    [
        http(200, b'{"name": 7}', headers={"Set-Cookie": SECRET, "X-New": SECRET}),
        http(401, b'{"message": "no"}', headers={"X-Echo": SECRET}),
        http(200, b"<html>"),
        http(503),
        CUT,
    ],
)
def test_no_secret_is_shown(
    call: Call, scheme: str, answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    operation = Operation[Pet](
        id="S",
        method="GET",
        path="/pets",
        security=((scheme,),),
        answers={200: Json(lambda: Pet)},
    )
    credential: AnyCredential = {scheme: CREDENTIALS[scheme]}
    shown: list[str] = []
    with caplog.at_level(logging.DEBUG), Server(answer) as server:
        try:
            response = call(
                server.url,
                operation,
                Arguments(query={"access_token": SECRET}, headers={"X-Own": SECRET}),
                {"headers": {"X-Mine": SECRET}},
                api=SECRET_API,
                credential=credential,
                max_retries=1,
                headers={"X-Client": SECRET},
            )
            shown += [repr(response), repr(response.headers)]
        except ApiError as error:
            shown += [str(error), repr(error), repr(error.request)]
            shown += traceback.format_exception(error)
    # The secret was there to be shown.
    asked, *_ = server.asked
    assert SECRET in asked.headers["x-mine"]
    assert quote(SECRET, safe="") in asked.target
    assert any(record.name == "pet_shop" for record in caplog.records)
    assert any(record.name.startswith("httpcore2") for record in caplog.records)
    # httpcore2 logs at DEBUG the header fields of answers as they came; what we send it
    # does not log.
    ours = [
        r for r in caplog.records if "receive_response_headers" not in r.getMessage()
    ]
    shown += [record.getMessage() for record in ours]
    assert leaks("\n".join(shown)) == []


def test_the_log_tells_what_is_harmless(
    call: Call, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        caplog.at_level(logging.DEBUG, "pet_shop"),
        Server(
            http(200, b'{"name": "Rex"}', headers={"x-request-id": "r-1"})
        ) as server,
    ):
        call(server.url, GET, Arguments(path={"id": 1}, query={"page": 2}))
    sent, received = [r.getMessage() for r in caplog.records if r.name == "pet_shop"]
    url = f"{server.url}/pets/1?page=2"
    assert sent.startswith(f"GET {url} (attempt 1) ")
    assert "'authorization': '[redacted]'" in sent
    assert "'accept': 'application/json'" in sent
    assert received.startswith(f"GET {url}: 200 OK in 0.")
    assert "'x-request-id': 'r-1'" in received


def test_departures_are_logged_once_per_operation_and_place(
    caplog: pytest.LogCaptureFixture,
) -> None:
    log = CallLog("pet_shop")
    with caplog.at_level(logging.WARNING, "pet_shop"):
        for number in range(3):
            log.departs("A", [Issue(f"$.pets[{number}].name", "bad")])
            log.departs("B", [Issue("$.pets[0].name", "bad"), Issue("$", "worse")])
    assert caplog.messages == [
        "A: the answer departs from its description at $.pets[0].name: bad",
        "B: the answer departs from its description at $.pets[0].name: bad",
        "B: the answer departs from its description at $: worse",
    ]


def test_departures_do_not_fill_the_memory(caplog: pytest.LogCaptureFixture) -> None:
    log = CallLog("pet_shop")
    with caplog.at_level(logging.WARNING, "pet_shop"):
        log.departs("A", [Issue(f"$.key{number}", "bad") for number in range(2000)])
    assert len(caplog.messages) == CallLog.MOST_ISSUES


def test_values_show_no_secret() -> None:
    quoted = quote(SECRET, safe="")
    request = Request(
        method="POST",
        url=f"https://user:{quoted}@h/p?my=1&token={quoted}",
        content=SECRET.encode(),
    ).with_headers({"Authorization": SECRET, "Accept": "x/y"})
    response = RawResponse(status=200, headers=request.headers, content=SECRET.encode())
    assert leaks(f"{request!r} {request} {response!r} {response}") == []
    assert repr(request) == (
        "Request(POST https://h/p?my=1&token=[redacted], headers=Headers("
        "{'authorization': '[redacted]', 'accept': 'x/y'}), content=<15 bytes>)"
    )
