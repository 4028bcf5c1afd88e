"""A string that stands for a model: the model is looked through once it comes."""

from __future__ import annotations

import json

import pytest
from _runtime.codec import DecodeError, decode, decode_lenient, encode
from _runtime.expandable import Expandable
from _runtime.field_types import resolve
from _runtime.models import UNSET, Model, UnsetType
from _runtime.shapes import options
from _runtime.unions import OneOf
from msgspec.structs import fields


class Charge(Model, kw_only=True):
    id: str
    invoice: str | Invoice
    refunds: list[str | Invoice] | None = None


class Invoice(Model, kw_only=True):
    id: str
    charge: str | Charge | None = None
    customer: Customer | str | None | UnsetType = UNSET
    line: Line | None = None


class Line(Model, kw_only=True):
    price: str | Price


class Customer(Model, kw_only=True):
    name: str | None | UnsetType = UNSET
    manager: str | Customer | None = None


class Price(Model, kw_only=True):
    amount: int


FAR = {
    "id": "ch_1",
    "invoice": {
        "id": "in_1",
        "charge": {"id": "ch_1", "invoice": "in_1"},
        "customer": {"name": None, "manager": {"name": "Ada", "manager": "cus_2"}},
        "line": {"price": {"amount": 3}},
    },
}
NEAR = {
    "id": "ch_1",
    "invoice": {"id": "in_1", "customer": "cus_1", "line": {"price": "price_1"}},
}


def _type(model: type[Model], name: str) -> object:
    return next(field.type for field in fields(model) if field.name == name)


def test_models_two_steps_away_are_not_looked_through() -> None:
    class Start(Model, kw_only=True):
        first: str | Middle

    class Middle(Model, kw_only=True):
        second: str | End | None = None
        third: End | str | None = None

    class End(Model, kw_only=True):
        number: int

    globals().update(Middle=Middle, End=End)
    resolve(Start)
    assert _type(Start, "first") == str | Middle
    for name in ("second", "third"):
        kind = _type(Middle, name)
        assert isinstance(kind, type)
        assert issubclass(kind, Expandable)
    assert End.__annotations__ == {"number": "int"}
    read = decode(b'{"first": {"second": "x"}}', Start)
    assert read == Start(first=Middle(second="x"))
    assert End.__annotations__ == {"number": "int"}
    read = decode(b'{"first": {"second": {"number": 1}, "third": "y"}}', Start)
    assert read == Start(first=Middle(second=End(number=1), third="y"))
    assert End.__annotations__ == {"number": int}
    assert options(_type(Middle, "second")) == (str, End)


def test_a_union_is_not_looked_through_for_strings() -> None:
    class One(Model, kw_only=True):
        number: int

    class Other(Model, kw_only=True):
        text: str

    class Either(OneOf):
        @staticmethod
        def variants() -> tuple[object, ...]:
            return str, One, Other

    kind: object = Either
    assert decode(b'"x"', kind) == "x"
    assert One.__annotations__ == {"number": "int"}
    assert decode(b'{"text": "y"}', kind) == Other(text="y")
    assert One.__annotations__ == {"number": int}


@pytest.mark.parametrize("sent", [NEAR, FAR], ids=["strings", "objects"])
def test_what_comes_is_read_and_written_as_it_is(sent: dict[str, object]) -> None:
    data = json.dumps(sent).encode()
    charge = decode(data, Charge)
    assert json.loads(encode(charge)) == sent
    lenient, issues = decode_lenient(data, Charge, keep_unknown=True)
    assert (lenient, issues) == (charge, [])


def test_objects_are_of_their_models() -> None:
    invoice = decode(json.dumps(FAR).encode(), Charge).invoice
    assert isinstance(invoice, Invoice)
    assert isinstance(invoice.charge, Charge)
    assert isinstance(invoice.customer, Customer)
    assert invoice.customer.manager == Customer(name="Ada", manager="cus_2")
    assert invoice.line == Line(price=Price(amount=3))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            {"line": {"price": 3}},
            "$.invoice.line.price: expected a string or an object",
        ),
        ({"line": {"price": {}}}, "$.invoice.line.price.amount: required property"),
        (
            {"customer": {"name": 4}},
            "$.invoice.customer.name: expected a string, got an",
        ),
        (
            {"charge": None},
            "$.invoice.charge: expected a string or an object, got null",
        ),
    ],
)
def test_what_deviates_is_told_with_its_place(
    wrong: dict[str, object], told: str
) -> None:
    sent = {"id": "ch_1", "invoice": {"id": "in_1", **wrong}}
    data = json.dumps(sent).encode()
    with pytest.raises(DecodeError, match=told.replace("$", r"\$")):
        decode(data, Charge)
    charge, issues = decode_lenient(data, Charge)
    assert len(issues) == 1
    assert json.loads(encode(charge)) == sent
