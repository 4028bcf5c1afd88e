"""NaN and infinities are found in long bodies too, wherever the types leave room for them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from decimal import Decimal
from math import isfinite
from typing import Literal

import pytest
from _runtime import number_types
from _runtime.codec import encode
from _runtime.models import JsonValue, Model, OpenStrEnum
from _runtime.number_types import is_finite, may_hold
from _runtime.spelled import DateTime, Uuid
from hypothesis import given
from hypothesis import strategies as st
from tests.runtime.depot import models as m

values = st.recursive(
    st.none() | st.floats() | st.integers(),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)


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


KINDS: list[tuple[object, bool]] = [
    (Plain, False),
    (list[Plain], False),
    (Weighed, True),
    (list[Weighed | None], True),
    (Priced, False),
    (Free, True),
    (float, True),
    (object, True),
    (str, False),
    (DateTime, False),
    (Literal["a", 1], False),
    (m.Shipment, True),
]


@pytest.mark.parametrize(("kind", "may"), KINDS)
def test_types_tell_whether_there_may_be_such_numbers(kind: object, may: bool) -> None:
    assert may_hold(kind) is may


@given(order=st.permutations(KINDS))
def test_types_tell_it_in_any_order(order: list[tuple[object, bool]]) -> None:
    number_types.REACHING.clear()
    number_types.FREE.clear()
    assert [may_hold(kind) for kind, _ in order] == [may for _, may in order]


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


@given(value=values)
def test_what_is_not_finite_is_found(value: object) -> None:
    written = json.dumps(value)
    finite = "NaN" not in written and "Infinity" not in written
    for held in (
        value,
        [value],
        {"a": value},
        Free(anything=value),
        [Free(anything=1), value],
    ):
        assert is_finite(held) is finite


@given(weights=st.lists(st.none() | st.integers() | st.floats(), max_size=4))
def test_it_is_found_in_any_of_many_models(weights: list[float | None]) -> None:
    plain = Plain(name="a")
    heavy = [Weighed(plain=plain, weight=weight) for weight in weights]
    found = all(weight is None or isfinite(weight) for weight in weights)
    for held in (heavy, [plain, None, *heavy, 1], {"a": (plain, heavy), "b": 1.5}):
        assert is_finite(held) is found
        assert is_finite([Free(anything=held), Free(anything={"a": [held]})]) is found


def test_many_values_of_one_kind_are_looked_into_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[int] = []
    look = number_types.look_of(Weighed)
    assert look is not None

    def counted(values: Sequence[object]) -> Sequence[Sequence[object]] | None:
        looked.append(len(values))
        return look(values)

    known = number_types.look_of

    def counting(kind: type) -> number_types.Look | None:
        return counted if kind is Weighed else known(kind)

    monkeypatch.setattr(number_types, "look_of", counting)
    plain = Plain(name="a")
    assert is_finite([[Weighed(plain=plain, weight=1.5)] * 20, [plain] * 20])
    assert looked == [20]
