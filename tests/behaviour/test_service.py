"""The service of these tests, tested: what it turns away and why."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from uuid import uuid1, uuid4

import pytest
from tests.behaviour import page
from tests.behaviour.admission import Account, Received, digest, refusal, sign
from tests.behaviour.service import TOKEN, Cut, Service, Torn, created

ACCOUNT = Account("contoso.example:8443", b"0123456789abcdef", frozenset({TOKEN}))

# Both computed with OpenSSL: the hash of `{}`, and the signature of
# "POST\n/calls?a=b\nSun, 06 Nov 1994 08:49:37 GMT;contoso.example:8443;<the hash>".
KNOWN_DIGEST = "RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o="
KNOWN_SIGNATURE = "LU4tBfWgtymTot+laG2uWYJRFJxNIwIoiF5vYY2sE2s="


def date(minutes: int = 0) -> str:
    """An IMF-fixdate, so many minutes from now."""
    return format_datetime(datetime.now(UTC) + timedelta(minutes=minutes), usegmt=True)


def request(**headers: str | None) -> Received:
    """A request that is let in, with headers replaced, added or (None) taken away."""
    fields: dict[str, str | None] = {
        "host": ACCOUNT.authority,
        "authorization": f"Bearer {TOKEN}",
        "content-type": "application/json",
        "repeatability-request-id": str(uuid4()),
        "repeatability-first-sent": date(),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return Received(
        "POST",
        f"{page.PATH}?api-version={page.API_VERSION}",
        tuple((name, value) for name, value in fields.items() if value is not None),
        page.REQUEST.encode(),
    )


def signed(minutes: int = 0) -> Received:
    """A request that carries the account's signature, made so many minutes from now."""
    signing = {
        "x_ms_date": date(minutes),
        "x_ms_content_sha256": digest(page.REQUEST.encode()),
    }
    return request(
        **signing,
        authorization="HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256"
        f"&Signature={sign(request(**signing), ACCOUNT)}",
    )


def having(**members: object) -> Received:
    """A request whose body has other members; None leaves one out."""
    body = {**page.request(), **members}
    left = {key: value for key, value in body.items() if value is not None}
    return replace(request(), body=json.dumps(left).encode())


def test_the_signature_is_the_one_openssl_makes() -> None:
    signing = (
        ("x-ms-date", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("x-ms-content-sha256", KNOWN_DIGEST),
    )
    assert digest(b"{}") == KNOWN_DIGEST
    example = Received("POST", "/calls?a=b", signing, b"{}")
    assert sign(example, ACCOUNT) == KNOWN_SIGNATURE


@pytest.mark.parametrize(
    "good",
    [
        lambda: request(),
        lambda: signed(),
        lambda: request(repeatability_request_id=None, repeatability_first_sent=None),
        lambda: having(operationContext=None, mediaStreamingConfiguration=None),
        lambda: replace(request(), target=f"{request().target}&more=1"),
    ],
)
def test_a_good_request_is_let_in(good: Callable[[], Received]) -> None:
    let_in = good()
    assert refusal(let_in, ACCOUNT, []) is None
    assert refusal(let_in, ACCOUNT, [let_in, request()]) is None


@pytest.mark.parametrize(
    ("bad", "status"),
    [
        (lambda: replace(request(), method="GET"), 404),
        (
            lambda: replace(
                request(), target="/calling//callConnections?api-version=1"
            ),
            404,
        ),
        (lambda: request(host="contoso.example"), 421),
        (lambda: replace(request(), target=page.PATH), 400),
        (lambda: replace(request(), target=f"{page.PATH}?api-version=2023-01-01"), 400),
        (lambda: request(authorization=None), 401),
        (lambda: request(authorization="Bearer another"), 401),
        (lambda: replace(signed(), body=page.REQUEST.encode() + b" "), 401),
        (lambda: replace(signed(), target=f"{request().target}&more=1"), 401),
        (lambda: signed(minutes=-6), 401),
        (lambda: request(content_type="text/json"), 415),
        (lambda: request(accept="text/html"), 406),
        (lambda: replace(request(), body=b"{"), 400),
        (lambda: replace(request(), body=b'{"source": 1, "source": 2}'), 400),
        (lambda: having(callbackUri=None), 400),
        (lambda: having(targets={}), 400),
        (lambda: having(source={"identifier": {}, "displayName": None}), 400),
        (lambda: request(repeatability_request_id=None), 400),
        (lambda: request(repeatability_first_sent=None), 400),
        (lambda: request(repeatability_request_id=str(uuid1())), 400),
        (lambda: request(repeatability_request_id="1"), 400),
        (lambda: request(repeatability_first_sent="2022-04-07T00:00:00Z"), 400),
        (
            lambda: request(repeatability_first_sent="Mon, 06 Nov 1994 08:49:37 GMT"),
            400,
        ),
        (lambda: request(repeatability_first_sent=date(minutes=-6)), 412),
    ],
)
def test_a_bad_request_is_turned_away(bad: Callable[[], Received], status: int) -> None:
    refused = refusal(bad(), ACCOUNT, [])
    assert refused is not None
    assert refused.status == status


def test_an_identity_belongs_to_one_request() -> None:
    first = request()
    other = replace(first, body=json.dumps(page.request()).encode())
    assert refusal(first, ACCOUNT, [first]) is None
    refused = refusal(other, ACCOUNT, [first])
    assert refused is not None
    assert "was another request's" in refused.message


def test_answers_come_over_the_wire_as_written(service: Service) -> None:
    service.answers(created().having(x_test="1"), Torn(created(), 10), Cut())
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    with closing(http.client.HTTPConnection(service.authority)) as connection:

        def ask() -> http.client.HTTPResponse:
            connection.request("POST", request().target, page.REQUEST, headers)
            return connection.getresponse()

        whole = ask()
        assert (whole.status, whole.headers["X-Test"]) == (201, "1")
        assert json.load(whole) == page.answer()
        with ask() as torn, pytest.raises(http.client.IncompleteRead) as incomplete:
            torn.read()
        assert len(incomplete.value.partial) == 10
        assert service.connections == 1
        connection.close()
        with pytest.raises(http.client.RemoteDisconnected):
            ask()
    assert [each.target for each in service.requests] == [request().target] * 3
