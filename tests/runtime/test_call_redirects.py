"""Redirects: which are followed, what goes along, and that no credential does elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
import pytest
from _runtime.api import Api
from _runtime.api_key import ApiKey
from _runtime.auth import OneCredential, Scheme, Signer
from _runtime.basic import Basic, BasicCredentials
from _runtime.bearer import Bearer
from _runtime.errors import StatusError
from _runtime.hmac_sha256 import AccessKey, HmacSha256
from _runtime.operation import Json, Operation
from _runtime.prepare import Arguments
from _runtime.redirects import MOST_REDIRECTS, redirected
from _runtime.request import RawResponse, Request
from _runtime.urls import same_origin
from tests.runtime.calls import API, GET, KEY, KINDS, SECURITY, Call, Pet
from tests.runtime.loopback import Answer, Asked, Server, http

OK = http(200, b'{"name": "Rex"}')
PUT = Operation[Pet](
    id="Pets_Put",
    method="PUT",
    path="/pets/{id}",
    security=SECURITY,
    content_type="application/json",
    answers={200: Json(lambda: Pet)},
)
BODY = Arguments(path={"id": 1}, body={"name": "Rex"})


@pytest.fixture(params=KINDS)
def call(request: pytest.FixtureRequest) -> Call:
    return Call(request.param)


@pytest.fixture
def other() -> Iterator[Server]:
    with Server(OK) as running:
        yield running


def to(location: str, status: int = 307) -> Answer:
    return http(status, headers={"Location": location})


def test_none_is_followed_unasked(call: Call) -> None:
    with Server(to("/x"), OK) as server, pytest.raises(StatusError, match="307"):
        call(server.url, GET)
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_within_a_host_all_goes_along(call: Call, status: int) -> None:
    with Server(to("../moved?a=b", status), OK) as server:
        response = call(server.url, GET, options={"follow_redirects": True})
    assert response.value.name == "Rex"
    assert (response.attempts, [each.status for each in response.history]) == (
        2,
        [status],
    )
    _, moved = server.asked
    assert moved.target == "/moved?a=b"
    assert moved.headers["authorization"] == "Bearer a-token"


@pytest.mark.parametrize(
    ("status", "method", "body"),
    [
        (307, "PUT", b'{"name":"Rex"}'),
        (308, "PUT", b'{"name":"Rex"}'),
        (303, "GET", b""),
    ],
)
def test_what_becomes_of_a_body(
    call: Call, status: int, method: str, body: bytes
) -> None:
    with Server(to("/moved", status), OK) as server:
        call(server.url, PUT, BODY, {"follow_redirects": True})
    _, moved = server.asked
    assert (moved.method, moved.body) == (method, body)
    assert ("content-type" in moved.headers) is (method == "PUT")


@pytest.mark.parametrize("status", [301, 302])
def test_a_method_is_never_changed_by_guess(call: Call, status: int) -> None:
    with Server(to("/moved", status), OK) as server, pytest.raises(StatusError):
        call(server.url, PUT, BODY, {"follow_redirects": True})
    assert len(server.asked) == 1


def test_another_host_gets_no_secret(call: Call, other: Server) -> None:
    with Server(to(f"{other.url}/there"), OK) as server:
        response = call(
            server.url,
            GET,
            Arguments(path={"id": 1}, cookies={"sid": "hush"}),
            {"follow_redirects": True, "headers": {"X-Key": "hush"}},
            headers={"X-Client": "hush"},
        )
    assert response.value.name == "Rex"
    (asked,) = other.asked
    assert asked.target == "/there"
    assert not {"authorization", "cookie", "x-key", "x-client"} & asked.headers.keys()
    assert "hush" not in str(asked.headers)
    assert asked.headers["accept"] == "application/json"


class Stamp(Signer):
    """A signature of the test's own."""

    def sign(self, request: Request) -> Request:
        return request.with_headers({"X-Stamp": "hush"})


def paid(schemes: Mapping[str, Scheme]) -> Api:
    return msgspec.structs.replace(
        API, schemes=schemes, security=(tuple(schemes),), requires_credential=True
    )


WAYS: dict[str, tuple[Scheme, OneCredential]] = {
    "key in header": (ApiKey(name="X-Key"), "hush"),
    "key in query": (ApiKey(name="key", location="query"), "hush"),
    "key in cookie": (ApiKey(name="key", location="cookie"), "hush"),
    "basic": (Basic(), BasicCredentials("me", "hush")),
    "provider": (Bearer(), lambda: "hush"),
    "signature": (HmacSha256(), AccessKey(KEY)),
    "signer": (Bearer(), Stamp()),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", ["/there", "/there?a=b"])
def test_no_credential_of_any_kind_goes_elsewhere(
    call: Call, other: Server, way: str, path: str
) -> None:
    scheme, credential = WAYS[way]
    operation = msgspec.structs.replace(GET, security=(("only",),))
    with Server(to(other.url + path), OK) as server:
        call(
            server.url,
            operation,
            options={"follow_redirects": True},
            api=paid({"only": scheme}),
            credential={"only": credential},
        )
    (first,), (asked,) = server.asked, other.asked
    bare = {"host", "accept", "accept-encoding", "connection", "user-agent"}
    assert asked.target == path
    assert asked.headers.keys() <= bare
    # The first host got what the other did not.
    assert first.headers.keys() - bare or "key=hush" in first.target


@pytest.mark.parametrize("status", [303, 307, 308])
def test_another_host_gets_no_body(call: Call, other: Server, status: int) -> None:
    with Server(to(f"{other.url}/there", status)) as server:
        if status == 303:
            call(server.url, PUT, BODY, {"follow_redirects": True})
        else:
            with pytest.raises(StatusError):
                call(server.url, PUT, BODY, {"follow_redirects": True})
    assert [asked.body for asked in other.asked] == ([b""] if status == 303 else [])


def test_a_way_back_does_not_bring_credentials_back(call: Call) -> None:
    """Whoever was led through another host may have been led by it."""

    def there(asked: Asked, number: int) -> Answer:
        return to(f"{server.url}/back")

    with Server(script=there) as elsewhere:

        def here(asked: Asked, number: int) -> Answer:
            return OK if asked.target == "/back" else to(elsewhere.url)

        with Server(script=here) as server:
            call(server.url, GET, options={"follow_redirects": True})
    assert "authorization" not in server.asked[1].headers


def test_a_loop_ends_with_the_answer_that_goes_on(call: Call) -> None:
    with Server(to("/pets/1")) as server, pytest.raises(StatusError) as caught:
        call(server.url, GET, options={"follow_redirects": True})
    assert caught.value.status == 307
    assert caught.value.attempts == len(server.asked) == MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    ("location", "followed"),
    [
        ("https://h/a", True),
        ("http://h/a", False),
        ("//other/a", True),
        ("", False),
        ("ftp://h/a", False),
        ("http://[", False),
        ("https://h:99999/a", False),
        ("https://me:hush@h/a", False),
    ],
)
def test_nothing_leads_from_https_to_http(location: str, followed: bool) -> None:
    headers = Request(method="GET", url="").headers.replaced({"Location": location})
    answer = RawResponse(status=302, headers=headers)
    found = redirected(Request(method="GET", url="https://h/b"), answer)
    assert (found is not None) is followed


def test_a_location_is_brought_to_the_form_that_is_sent(call: Call) -> None:
    with Server(to("/a b/é?c=d e#f"), OK) as server:
        call(server.url, GET, options={"follow_redirects": True})
    assert server.asked[1].target == "/a%20b/%C3%A9?c=d%20e"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://h/a", "https://h:443/b", True),
        ("https://h/a", "https://H/b", True),
        ("https://h/a", "http://h/a", False),
        ("https://h/a", "https://h:444/a", False),
        ("https://h/a", "https://h.evil/a", False),
        ("https://h/a", "https://h@evil/a", False),
    ],
)
def test_origins(one: str, other: str, same: bool) -> None:
    assert same_origin(one, other) is same
