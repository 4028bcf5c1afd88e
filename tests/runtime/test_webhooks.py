"""Webhooks by themselves: whose signature holds, for how long, and what their bodies become."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import math
import pickle
from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import partial

import pytest
from _runtime.errors import ApiError, ConfigurationError
from _runtime.webhook_errors import (
    SignatureError,
    WebhookError,
    WebhookPayloadError,
)
from _runtime.webhook_signature import Secret
from _runtime.webhooks import Webhook
from tests.runtime.depot import models as m

# An example of Standard Webhooks' own libraries: not made by the code that is tested.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = '{"test": 2432232314}'
AT = 1614265330
SENT = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": str(AT),
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}
KEY = bytes.fromhex("31f290f6bf06298aab4f08d43c3f082cf648a362da2da4b0")

ANY: Webhook[dict[str, int]] = Webhook(name="any", payload=lambda: dict[str, int])
SHIPPED: Webhook[m.Shipment] = Webhook(name="shipped", payload=lambda: m.Shipment)


def signed(body: bytes, *, id: str = "msg_1", at: str = str(AT)) -> dict[str, str]:
    made = hmac.new(KEY, f"{id}.{at}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": id,
        "webhook-timestamp": at,
        "webhook-signature": f"v1,{b64encode(made).decode()}",
    }


def unwrap(
    body: bytes | str = BODY,
    headers: Mapping[str, str] = SENT,
    secret: Secret = SECRET,
    tolerance: float = 300,
    after: float = 0,
) -> dict[str, int]:
    now = AT + after
    return ANY.unwrap(
        body, headers, secret=secret, tolerance=tolerance, now=lambda: now
    )


def refused(attempt: Callable[[], object]) -> str:
    with pytest.raises(SignatureError) as caught:
        attempt()
    assert "g0hM" not in str(caught.value)
    assert "MfKQ" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    "secret",
    [
        SECRET,
        SECRET.removeprefix("whsec_"),
        KEY,
        ["whsec_b2xk", SECRET],
        (KEY, b"new"),
    ],
)
def test_a_signature_of_any_of_the_secrets_holds(secret: Secret) -> None:
    assert unwrap(secret=secret) == {"test": 2432232314}


def test_a_secret_may_lack_its_padding() -> None:
    padded = "whsec_" + b64encode(KEY[:22]).decode()
    made = hmac.digest(KEY[:22], f"a.{AT}.{{}}".encode(), "sha256")
    headers = SENT | {
        "webhook-id": "a",
        "webhook-signature": f"v1,{b64encode(made).decode()}",
    }
    assert padded.endswith("=")
    for secret in (padded, padded.rstrip("=")):
        assert unwrap("{}", headers, secret) == {}


@pytest.mark.parametrize("body", [BODY, BODY.encode()])
def test_a_body_is_text_or_bytes(body: str | bytes) -> None:
    assert unwrap(body) == {"test": 2432232314}


def test_header_names_have_no_case() -> None:
    assert unwrap(headers={k.title(): v for k, v in SENT.items()})
    assert unwrap(headers={k.upper(): v for k, v in SENT.items()})


@pytest.mark.parametrize(
    "before",
    ["v1,AAAA ", "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCIN ", "x "],
)
def test_one_of_several_signatures_is_enough(before: str) -> None:
    good = SENT["webhook-signature"]
    assert unwrap(headers=SENT | {"webhook-signature": before + good})
    assert unwrap(headers=SENT | {"webhook-signature": f"{good} {before}"})


@pytest.mark.parametrize("position", range(len(BODY)))
def test_no_other_body_has_the_signature(position: int) -> None:
    other = BODY[:position] + "\x7f" + BODY[position + 1 :]
    assert "no signature" in refused(lambda: unwrap(other))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJeK"),
        ("webhook-timestamp", str(AT + 1)),
        ("webhook-timestamp", f"0{AT}"),
        ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF="),
        ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE"),
        ("webhook-signature", "v1,"),
        ("webhook-signature", "v1,\udcff\u20ac"),
        ("webhook-id", "\udcff"),
    ],
)
def test_what_is_signed_otherwise_is_refused(name: str, value: str) -> None:
    assert "no signature" in refused(lambda: unwrap(headers=SENT | {name: value}))


def test_another_secret_is_refused() -> None:
    assert "no signature" in refused(lambda: unwrap(secret=["whsec_b2xk", b"other"]))


@pytest.mark.parametrize("name", SENT)
def test_a_header_that_is_missing_is_named(name: str) -> None:
    some = {k: v for k, v in SENT.items() if k != name}
    assert name in refused(lambda: unwrap(headers=some))
    assert name in refused(lambda: unwrap(headers=SENT | {name: ""}))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("v1a,abc=", "only v1a, which is not supported"),
        ("v2,abc= v1a,abc=", "only v1a, which is not supported"),
        ("g0hM9SsE", "no signature of v1"),
        ("v1", "no signature of the webhook"),
        ("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "no signature of v1"),
    ],
)
def test_signatures_of_other_kinds_do_not_count(value: str, words: str) -> None:
    message = refused(lambda: unwrap(headers=SENT | {"webhook-signature": value}))
    assert words in message


@pytest.mark.parametrize(
    "value", ["soon", "-5", "1.5", "1e9", " 1", "\u0661", "1" * 12, "1_0", "+1"]
)
def test_a_timestamp_is_a_number_of_seconds(value: str) -> None:
    headers = signed(b"{}", at=value)
    assert "number of seconds" in refused(lambda: unwrap("{}", headers))


@pytest.mark.parametrize(
    ("after", "tolerance", "holds"),
    [
        (300, 300, True),
        (300.5, 300, False),
        (-300, 300, True),
        (-301, 300, False),
        (3600, 3600, True),
        (0, 0, True),
        (0.1, 0, False),
        (1e9, math.inf, True),
        (0, math.nan, False),
    ],
)
def test_it_holds_for_as_long_as_is_tolerated(
    after: float, tolerance: float, holds: bool
) -> None:
    def attempt() -> object:
        return unwrap(after=after, tolerance=tolerance)

    if holds:
        assert attempt() == {"test": 2432232314}
    else:
        assert "tolerated" in refused(attempt)


def test_five_minutes_by_the_clock_of_the_system_are_usual() -> None:
    assert "tolerated" in refused(lambda: ANY.unwrap(BODY, SENT, secret=SECRET))
    now = dt.datetime.now(dt.UTC)
    for age, holds in ((290, True), (320, False), (-290, True), (-320, False)):
        headers = signed(b"{}", at=str(int(now.timestamp()) - age))
        if holds:
            assert ANY.unwrap(b"{}", headers, secret=KEY) == {}
        else:
            refused(partial(ANY.unwrap, b"{}", headers, secret=KEY))


@pytest.mark.parametrize(
    ("secret", "words"),
    [
        ("", "empty"),
        ("whsec_", "empty"),
        (b"", "empty"),
        ([], "empty list"),
        ([SECRET, ""], "empty"),
        ("whsec_not base64!", "not base64"),
        ("whsec_\u20ac", "not base64"),
        ("whpk_Zm9v", "Ed25519"),
        ("whsk_Zm9v", "Ed25519"),
    ],
)
def test_what_is_no_secret_is_an_error_of_the_caller(
    secret: Secret, words: str
) -> None:
    with pytest.raises(ConfigurationError, match=words) as caught:
        unwrap(secret=secret)
    assert "Zm9v" not in str(caught.value)
    assert "not base64!" not in str(caught.value)


def test_a_delivery_tells_which_it_is_and_when_it_was_sent() -> None:
    body = b'{"id": "1", "secret": "s3cret"}'
    delivery = SHIPPED.receive(body, signed(body), secret=KEY, now=lambda: AT)
    assert delivery.id == "msg_1"
    assert delivery.sent_at == dt.datetime(2021, 2, 25, 15, 2, 10, tzinfo=dt.UTC)
    assert isinstance(delivery.payload, m.Shipment)
    assert [str(issue) for issue in delivery.issues] == [
        "$.id: expected an integer, got a string",
        "$.state: required property is missing",
    ]
    assert "s3cret" not in repr(delivery)
    assert "issues=2" in repr(delivery)


def test_a_payload_that_departs_is_refused_only_where_that_is_wanted() -> None:
    body = '{"id": "1"}'
    headers = signed(body.encode())
    assert SHIPPED.unwrap(body, headers, secret=KEY, now=lambda: AT)
    assert SHIPPED.parse_unverified(body)
    with pytest.raises(WebhookPayloadError) as caught:
        SHIPPED.unwrap(body, headers, secret=KEY, now=lambda: AT, strict=True)
    assert [issue.path for issue in caught.value.issues] == ["$.id", "$.state"]
    assert "$.state" in str(caught.value)
    with pytest.raises(WebhookPayloadError, match="'shipped' departs"):
        SHIPPED.parse_unverified(body, strict=True)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", "\udcff", b"[" * 100_000])
def test_what_is_no_json_is_told_only_after_its_signature(body: bytes | str) -> None:
    content = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    refused(lambda: ANY.unwrap(body, SENT, secret=SECRET, now=lambda: AT))
    with pytest.raises(WebhookPayloadError):
        ANY.unwrap(body, signed(content), secret=KEY, now=lambda: AT)
    with pytest.raises(WebhookPayloadError):
        ANY.parse_unverified(body)


def test_the_errors_are_a_tree_of_their_own() -> None:
    assert issubclass(SignatureError, WebhookError)
    assert issubclass(WebhookPayloadError, WebhookError)
    assert not issubclass(WebhookError, ApiError)
    with pytest.raises(WebhookPayloadError) as caught:
        SHIPPED.parse_unverified("{}", strict=True)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (str(copy), copy.issues) == (str(caught.value), caught.value.issues)


def test_many_issues_are_counted() -> None:
    with pytest.raises(WebhookPayloadError, match="and 5 more") as caught:
        ANY.parse_unverified(
            "{" + ",".join(f'"a{i}": "x"' for i in range(25)) + "}", strict=True
        )
    assert len(caught.value.issues) == 25
