"""What holds of reading and writing for every value and every type."""

from __future__ import annotations

import copy
import json
import pickle
from types import GenericAlias
from typing import cast

import msgspec
import pytest
from _runtime.codec import DecodeError, decode, decode_lenient, encode, to_builtins
from _runtime.formats import DecimalString, Int64String, UnixTime
from _runtime.formatted import written
from _runtime.hooks import decode_hook
from _runtime.lenient import build
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from tests.runtime.depot import models as m
from tests.runtime.depot.json_values import (
    Json,
    any_json,
    damaged,
    fitting,
    no_containers,
    same,
)

MODELS: list[object] = [
    m.Shipment,
    m.Leg,
    m.Place,
    m.Contact,
    m.Area,
    m.Labels,
    m.Notes,
]
KINDS: list[object] = [
    *MODELS,
    m.State,
    m.Mode,
    m.Priority,
    m.Step,
    int,
    float,
    str,
    bool,
    bytes,
    object,
]
slow = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def kinds() -> SearchStrategy[object]:
    """Types of all kinds: those above, and lists, dicts, tuples and unions of them."""
    return st.recursive(st.sampled_from(KINDS), _made_of, max_leaves=3)


def _made_of(inner: SearchStrategy[object]) -> SearchStrategy[object]:
    return st.one_of(
        inner.map(lambda kind: GenericAlias(list, (kind,))),
        inner.map(lambda kind: GenericAlias(dict, (str, kind))),
        st.tuples(inner, inner).map(lambda kinds: GenericAlias(tuple, kinds)),
        st.tuples(inner, inner).map(lambda kinds: _either(*kinds)),
        inner.map(lambda kind: _either(kind, None)),
    )


def _either(one: object, other: object) -> object:
    """A union; both are types, as far as `|` is concerned."""
    return cast("type[int]", one) | cast("type[str]", other)


def read_in_c(data: bytes, kind: object) -> object:
    """What msgspec reads by itself."""
    read: object = msgspec.json.Decoder(kind, dec_hook=decode_hook).decode(data)
    return read


@pytest.mark.parametrize("kind", MODELS)
@slow
@given(data=st.data())
def test_both_ways_of_reading_agree_on_what_fits(
    kind: object, data: st.DataObject
) -> None:
    sent = data.draw(fitting(kind))
    text = json.dumps(sent).encode()
    strict = read_in_c(text, kind)
    lenient, issues = build(json.loads(text), kind)
    assert issues == []
    assert lenient == strict
    assert repr(lenient) == repr(strict)
    assert same(json.loads(encode(strict)), sent)
    assert same(json.loads(encode(lenient)), sent)


@pytest.mark.parametrize("kind", MODELS)
@slow
@given(data=st.data())
def test_what_is_damaged_is_kept(kind: object, data: st.DataObject) -> None:
    sent = data.draw(damaged(fitting(kind), no_containers))
    value, _ = decode_lenient(json.dumps(sent).encode(), kind)
    assert same(json.loads(encode(value)), sent)


@pytest.mark.parametrize("kind", MODELS)
@slow
@given(data=st.data())
def test_undeclared_properties_are_kept_on_demand(
    kind: object, data: st.DataObject
) -> None:
    sent = data.draw(damaged(fitting(kind), any_json))
    value, _ = decode_lenient(json.dumps(sent).encode(), kind, keep_unknown=True)
    assert same(json.loads(encode(value)), sent)
    assert same(to_builtins(value), sent)


@slow
@given(kind=kinds(), sent=any_json)
def test_any_json_is_read_as_any_type(kind: object, sent: Json) -> None:
    text = json.dumps(sent).encode()
    value, _ = decode_lenient(text, kind, keep_unknown=True)
    assert same(json.loads(encode(value)), sent)
    decode_lenient(text, kind)


@pytest.mark.parametrize(
    "kind", [Int64String, list[UnixTime], dict[str, list[DecimalString | None]]]
)
@slow
@given(data=st.data())
def test_formats_outside_models_are_written_by_their_type(
    kind: object, data: st.DataObject
) -> None:
    sent = data.draw(damaged(fitting(kind), any_json))
    value, _ = decode_lenient(json.dumps(sent).encode(), kind)
    assert same(json.loads(encode(written(value, kind))), sent)


@slow
@given(kind=kinds(), sent=any_json)
def test_strictness_is_to_have_no_issues(kind: object, sent: Json) -> None:
    text = json.dumps(sent).encode()
    value, issues = decode_lenient(text, kind)
    if not issues:
        assert decode(text, kind) == value
        return
    with pytest.raises(DecodeError) as caught:
        decode(text, kind)
    assert list(caught.value.issues) == issues


@pytest.mark.parametrize("kind", MODELS)
@slow
@given(data=st.data())
def test_copies_are_equal_and_written_alike(kind: object, data: st.DataObject) -> None:
    sent = data.draw(damaged(fitting(kind), any_json))
    value, _ = decode_lenient(json.dumps(sent).encode(), kind, keep_unknown=True)
    pickled: object = pickle.loads(pickle.dumps(value))
    for other in (pickled, copy.copy(value), copy.deepcopy(value)):
        assert other == value
        assert repr(other) == repr(value)
        assert encode(other) == encode(value)


@slow
@given(data=st.binary(max_size=40))
@example(data=b"NaN")
def test_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        value, _ = decode_lenient(data, object)
    except DecodeError:
        return
    again, _ = decode_lenient(encode(value), object)
    # NaN equals nothing, itself included; but it looks the same, and is written alike.
    assert repr(again) == repr(value)
    assert encode(again) == encode(value)
