"""The harbour's webhooks, signed and sent over HTTP to a receiver on loopback."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import subprocess
import sys
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import harbour_traffic
import pytest
from harbour_traffic import (
    Issue,
    SignatureError,
    UnknownVariant,
    WebhookPayloadError,
    webhooks,
)
from harbour_traffic.models import Arrived, Departed, GalePayload

from tests.typed import MYPY, PYRIGHT, assert_typed

PACKAGE = Path(harbour_traffic.__file__).parents[1]
SECRET = "whsec_aGFyYm91cidzIHNlY3JldA=="
SHIP = {"callSign": "DABC", "name": "Emma", "cargo": "containers"}
ARRIVED = {"type": "Arrived", "berth": 4, "ship": SHIP}
GALE = {"type": "Gale", "force": 9, "expected": "2026-05-01T04:00:00+02:00"}


class Delivered(NamedTuple):
    """What is kept of a delivery."""

    payload: GalePayload
    id: str
    issues: tuple[Issue, ...]
    told: webhooks.GaleHeaders


class Receiver(BaseHTTPRequestHandler):
    """What a user of the package has at the address of the webhooks."""

    received: list[object]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        # A mapping of header fields as the standard library has it: any case, any order.
        headers = dict(self.headers.items())
        try:
            if self.path == "/gales":
                one = webhooks.gale.receive(body, headers, secret=SECRET)
                found: object = Delivered(
                    one.payload, one.id, one.issues, webhooks.GaleHeaders.of(one)
                )
            else:
                found = webhooks.unwrap(body, headers, secret=SECRET)
        except SignatureError as error:
            self._answer(400, str(error))
        except WebhookPayloadError as error:
            self._answer(422, str(error))
        else:
            self.received.append(found)
            self._answer(204)

    def _answer(self, status: int, words: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    Receiver.received = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        Thread(target=server.serve_forever).start()
        yield server.server_address[1]
        server.shutdown()


def send(
    port: int,
    payload: object,
    path: str = "/",
    *,
    age: int = 0,
    secret: str = SECRET,
    more: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Sends a webhook as the harbour would; gives the status and words of the answer."""
    body = json.dumps(payload).encode()
    at = str(int(time.time()) - age)
    key = b64decode(secret.removeprefix("whsec_"))
    made = hmac.new(key, f"msg_7.{at}.".encode() + body, hashlib.sha256)
    headers = {
        "Webhook-Id": "msg_7",
        "Webhook-Timestamp": at,
        "Webhook-Signature": f"v1,bm9uZQ== v1,{b64encode(made.digest()).decode()}",
        "Content-Type": "application/json",
        **(more or {}),
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    words = answer.read().decode()
    connection.close()
    return answer.status, words


def test_each_webhook_is_of_its_type(port: int) -> None:
    left = {"type": "Departed", "callSign": "DABC"}
    assert [send(port, each)[0] for each in (ARRIVED, left, GALE)] == [204] * 3
    arrived, departed, gale = Receiver.received
    assert isinstance(arrived, Arrived)
    assert (arrived.ship.name, arrived.berth) == ("Emma", 4)
    assert isinstance(departed, Departed)
    assert isinstance(gale, GalePayload)
    assert gale.force == 9


def test_a_webhook_that_nobody_knew_of_is_no_error(port: int) -> None:
    assert send(port, {"type": "Flood", "level": 4.2})[0] == 204
    (found,) = Receiver.received
    assert isinstance(found, UnknownVariant)
    assert harbour_traffic.to_builtins(found) == {"type": "Flood", "level": 4.2}


def test_one_webhook_can_have_an_address_of_its_own(port: int) -> None:
    assert send(port, GALE, "/gales")[0] == 204
    (delivery,) = Receiver.received
    assert isinstance(delivery, Delivered)
    assert (delivery.id, delivery.issues) == ("msg_7", ())
    assert harbour_traffic.to_builtins(delivery.payload) == GALE


@pytest.mark.parametrize(
    ("text", "hour", "issues"), [("7", 7, 0), ("noon", "noon", 1), (None, None, 0)]
)
def test_header_fields_of_a_webhook_are_typed(
    port: int, text: str | None, hour: object, issues: int
) -> None:
    more = {} if text is None else {"x-forecast-hour": text}
    assert send(port, GALE, "/gales", more=more)[0] == 204
    (delivery,) = Receiver.received
    assert isinstance(delivery, Delivered)
    assert delivery.told.x_forecast_hour == hour
    assert len(delivery.told.issues) == issues
    # Who checks other signatures has no delivery, but the fields.
    told = webhooks.GaleHeaders.of({"X-FORECAST-HOUR": "23"})
    assert told.x_forecast_hour == 23


def test_what_is_not_genuine_is_refused(port: int) -> None:
    assert send(port, GALE, secret="whsec_b3RoZXI=")[0] == 400
    assert send(port, GALE, age=301)[0] == 400
    assert send(port, GALE, age=-310)[0] == 400
    assert Receiver.received == []


def test_its_body_is_read_as_answers_are(port: int) -> None:
    assert send(port, {"type": "Gale", "force": "9", "name": "Xaver"})[0] == 204
    (gale,) = Receiver.received
    assert harbour_traffic.to_builtins(gale) == {"type": "Gale", "force": "9"}
    with pytest.raises(WebhookPayloadError, match=r"\$\.force"):
        webhooks.parse_unverified('{"type": "Gale", "force": "9"}', strict=True)


def test_reading_webhooks_takes_no_library_of_http() -> None:
    program = (
        "import sys; from harbour_traffic import webhooks;"
        'webhooks.gale.parse_unverified(\'{"type": "Gale", "force": 9}\');'
        "print(sorted({'httpx2', 'anyio', 'ssl'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PACKAGE,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


HEAD = """
import time
from collections.abc import Mapping
from harbour_traffic import Delivery, UnknownVariant, Webhook, models as m, webhooks
headers: Mapping[str, str] = {}
"""
RIGHT = [
    "gale: m.GalePayload = webhooks.gale.unwrap(b'', headers, secret='whsec_')",
    "more: m.Arrived = webhooks.ship_arrived.parse_unverified('', strict=True)",
    "one: Delivery[m.Departed] = webhooks.ship_left.receive('', {}, secret=[b'', 'a'])",
    "each: m.Arrived | m.Departed | m.GalePayload | UnknownVariant = "
    "webhooks.unwrap(b'', headers, secret=b'', tolerance=1, now=time.time)",
    "same: m.WebhookPayload = webhooks.receive(b'', headers, secret='').payload",
    "any_: list[Webhook[m.Arrived]] = [webhooks.ship_arrived]",
    "hour: int | None = webhooks.GaleHeaders.of(one).x_forecast_hour",
]
WRONG = [
    "other: m.Arrived = webhooks.gale.unwrap(b'', headers, secret='whsec_')",
    "known: m.Arrived | m.Departed | m.GalePayload = webhooks.parse_unverified('')",
    "webhooks.unwrap(b'', headers)",
    "text: str | None = webhooks.GaleHeaders.of(headers).x_forecast_hour",
    "webhooks.unwrap(b'', headers, 'whsec_')",
    "webhooks.unwrap({}, headers, secret='')",
    "webhooks.unwrap(b'', {'webhook-id': 1}, secret='')",
]


@pytest.mark.tools
@pytest.mark.parametrize("command", [MYPY, PYRIGHT], ids=["mypy", "pyright"])
def test_type_checkers_know_what_each_webhook_carries(
    command: list[str], tmp_path: Path
) -> None:
    assert_typed(command, tmp_path, PACKAGE, HEAD, RIGHT, WRONG)
