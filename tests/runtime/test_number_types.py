"""NaN and infinities are found in long bodies too, wherever the types leave room for them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

import pytest
from _runtime.codec import encode
from _runtime.models import JsonValue, Model, OpenStrEnum
from _runtime.number_types import may_hold_floats
from _runtime.spelled import DateTime, Uuid
from tests.runtime.depot import models as m


class Colour(OpenStrEnum):
    RED = "red"


class Plain(Model, kw_only=True):
    name: str
    count: int | None = None
    at: DateTime | None = None
    day: dt.date | None = None
    id: Uuid | None = None
    colour: Colour | None = None
    kind: Literal["a", 1] | None = None
    inner: Plain | None = None
    many: dict[str, list[Plain]] | None = None


class Weighed(Model, kw_only=True):
    plain: Plain
    weight: float | None = None


class Priced(Model, kw_only=True):
    price: Decimal


class Free(Model, kw_only=True):
    anything: JsonValue


CASES: list[tuple[object, bool]] = [
    (Plain(name="a"), False),
    ([Plain(name="a")], False),
    ([Plain(name="a"), "a", 1, None, True], False),
    (Weighed(plain=Plain(name="a")), True),
    ([Plain(name="a"), Weighed(plain=Plain(name="a"))], True),
    (Priced(price=Decimal(1)), True),
    (Free(anything=1), True),
    (1.5, True),
    ([1.5], True),
    ([[]], True),
    ({}, True),
    (m.Shipment(id=1, state="planned"), True),
]


@pytest.mark.parametrize(("value", "may"), CASES)
def test_types_tell_whether_there_may_be_such_numbers(value: object, may: bool) -> None:
    assert may_hold_floats(value) is may


@pytest.mark.parametrize(
    "value",
    [
        Weighed(plain=Plain(name="a" * 20_000), weight=float("nan")),
        [Weighed(plain=Plain(name="a" * 20_000), weight=float("-inf"))],
        [Free(anything=["a" * 20_000, float("inf")])],
        ["a" * 20_000, float("nan")],
        {"a": "a" * 20_000, "b": float("nan")},
    ],
)
def test_they_are_refused_however_long_the_rest_is(value: object) -> None:
    with pytest.raises(ValueError, match="no number that JSON has"):
        encode(value)


def test_null_is_no_such_number() -> None:
    text = encode([{"a": None}, Plain(name="null NaN Infinity" * 2_000)])
    assert text.startswith(b'[{"a":null},{"name":"null NaN')
