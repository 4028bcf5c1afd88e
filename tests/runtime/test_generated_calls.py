"""Calls by a generated package over a real socket: what of a document reaches the wire."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.runtime.loopback import Answer, Asked, Server, http

from calque.config import Config
from calque.pipeline import package, understand

DOCUMENT = """
openapi: 3.1.1
info: {title: Shop, version: 1.0.0}
paths:
  /prices:
    get:
      operationId: Prices_Get
      parameters:
        - {name: above, in: query, schema: {type: string, format: decimal}}
        - {name: at, in: query, schema: {type: array, items: {type: integer, format: unixtime}}}
      responses:
        "200": {description: OK, content: {application/json: {schema: {$ref: "#/components/schemas/Price"}}}}
        "304": {description: As before.}
      security: [{oauth: []}, {oidc: []}]
    put:
      operationId: Prices_Put
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Price"}}}}
      responses: {"204": {description: OK}}
    post:
      operationId: Prices_Add
      requestBody: {required: true, content: {application/json: {schema: {type: array, items: {type: string, format: decimal}}}}}
      responses: {"204": {description: OK}}
  /note:
    put:
      operationId: Note_Set
      requestBody: {required: true, content: {application/json: {schema: {type: [string, "null"]}}}}
      responses: {"204": {description: OK}}
    patch:
      operationId: Note_Change
      requestBody: {content: {application/json: {schema: {type: [string, "null"]}}}}
      responses: {"204": {description: OK}}
    post:
      operationId: Note_Add
      requestBody: {content: {application/json: {schema: {type: string}}}}
      responses: {"204": {description: OK}}
components:
  securitySchemes:
    oauth: {type: oauth2, flows: {}}
    oidc: {type: openIdConnect, openIdConnectUrl: "https://example.com"}
  schemas:
    Price:
      type: object
      required: [amount]
      properties:
        amount: {type: string, format: decimal}
        rates: {type: array, items: {type: string, format: decimal}}
        weight: {type: number, format: decimal}
"""

HEAD = """
import datetime as dt, sys
from decimal import Decimal
from shop import ShopClient, StatusError
with ShopClient(base_url=sys.argv[1], credential="t", max_retries=0) as client:
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package `shop`."""
    folder = tmp_path_factory.mktemp("shop")
    spec = folder / "openapi.yaml"
    spec.write_text(DOCUMENT, "utf-8")
    api = understand(spec).value
    assert api is not None
    for name, text in package(api, Config(package="shop"), "").files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def told(
    shop: Path, program: str, answers: Sequence[Answer]
) -> tuple[str, list[Asked]]:
    """What a program prints, and what it asks of the service."""
    lines = "".join(f"    {line}\n" for line in program.strip().splitlines())
    with Server(*answers) as server:
        ran = subprocess.run(
            [sys.executable, "-c", HEAD + lines, server.url],
            cwd=shop,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.strip(), list(server.asked)


def test_decimal_numbers_in_strings_stay_as_they_are(shop: Path) -> None:
    sent = b'{"amount":"1.50","rates":["0.10","1e3"]}'
    program = """
price = client.prices.get(above=Decimal("0.50"), at=[dt.datetime.fromtimestamp(5, dt.UTC)])
print(repr(price.amount))
client.prices.put(amount=price.amount, rates=price.rates)
client.prices.add(body=[Decimal("1.50")])
"""
    answers = [http(200, sent), http(204), http(204)]
    printed, (get, put, add) = told(shop, program, answers)
    assert printed == "Decimal('1.50')"
    assert get.target == "/prices?above=0.50&at=5"
    assert get.headers["authorization"] == "Bearer t"
    assert put.body == sent
    assert add.body == b'["1.50"]'


@pytest.mark.parametrize(
    "weight", ["0.12345678901234567890123", "1.10", "-7", "1E+400"]
)
def test_decimal_numbers_keep_all_of_their_digits(shop: Path, weight: str) -> None:
    sent = b'{"amount":"1","weight":%s}' % weight.encode()
    program = """
price = client.prices.get()
print(repr(price.weight))
client.prices.put(amount=price.amount, weight=price.weight)
"""
    printed, (_, put) = told(shop, program, [http(200, sent), http(204)])
    assert printed == f"Decimal('{weight}')"
    assert put.body == sent


def test_null_is_a_body_and_nothing_is_none(shop: Path) -> None:
    program = """
client.note.set(body=None)
client.note.change(body=None)
client.note.change()
client.note.change(body="x")
client.note.add(body=None)
"""
    _, asked = told(shop, program, [http(204)] * 5)
    assert [one.body for one in asked] == [b"null", b"null", b"", b'"x"', b""]
    kinds = [one.headers.get("content-type") for one in asked]
    json = "application/json"
    assert kinds == [json, json, None, json, None]


def test_an_answer_of_no_success_type_is_raised(shop: Path) -> None:
    program = """
try:
    client.prices.get()
except StatusError as error:
    print(error.status, error.error)
"""
    printed, _ = told(shop, program, [http(304)])
    assert printed == "304 None"
