"""Reading what does not fit: what is kept of it, what is reported, what is refused."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import sys
from decimal import Decimal
from typing import Literal
from uuid import UUID

import pytest
from _runtime.codec import (
    DecodeError,
    Issue,
    decode,
    decode_lenient,
    encode,
    to_builtins,
)
from _runtime.models import UNSET, Model, replace, unknown_properties
from tests.runtime.depot import models as m
from tests.runtime.depot.json_values import Json
from tests.runtime.loosely import first, get


def _read(sent: Json, kind: object) -> tuple[object, list[str]]:
    """What is read, checked to be written as it was received, and the issues."""
    value, issues = decode_lenient(json.dumps(sent).encode(), kind)
    assert json.loads(encode(value)) == sent
    return value, [str(issue) for issue in issues]


def test_a_missing_property_is_unset_and_stays_missing() -> None:
    value, issues = _read({"id": 1}, m.Shipment)
    assert isinstance(value, m.Shipment)
    assert get(value, "state") is UNSET
    assert issues == ["$.state: required property is missing"]


def test_a_value_of_a_wrong_type_stays_as_it_was_sent() -> None:
    sent: Json = {"id": "1", "state": 5, "legs": {"a": 1}, "tags": {"x": [1]}}
    value, issues = _read(sent, m.Shipment)
    assert isinstance(value, m.Shipment)
    assert get(value, "id") == "1"
    assert get(value, "state") == 5
    assert get(value, "legs") == {"a": 1}
    assert issues == [
        "$.id: expected an integer, got a string",
        "$.state: expected a string, got an integer",
        "$.legs: expected an array, got an object",
        "$.tags.x[0]: expected a string, got an integer",
    ]


def test_null_where_it_is_not_allowed_is_none_and_stays_null() -> None:
    sent: Json = {"id": None, "state": "x", "priority": None, "partOf": None}
    value, issues = _read(sent, m.Shipment)
    assert isinstance(value, m.Shipment)
    assert get(value, "id") is None
    assert value.priority is None
    assert issues == [
        "$.id: expected an integer, got null",
        "$.priority: expected an integer, got null",
    ]
    assert b'"priority":2' in encode(replace(value, priority=m.Priority.HIGH))


def test_places_are_paths_of_wire_names() -> None:
    bad: Json = {"placeId": 1, "latest": {"state": "x"}}
    leg: Json = {
        "kind": "leg",
        "fromPlace": bad,
        "toPlace": None,
        "mode": "sea",
        "@odd": 1,
    }
    _, issues = _read([{"id": 1, "state": "x", "legs": [leg, 5]}], list[m.Shipment])
    assert issues == [
        "$[0].legs[0].fromPlace.placeId: expected a string, got an integer",
        "$[0].legs[0].fromPlace.latest.id: required property is missing",
        "$[0].legs[0]['@odd']: expected a string, got an integer",
        "$[0].legs[1]: expected an object, got an integer",
    ]


@pytest.mark.parametrize(
    ("sent", "kind", "message"),
    [
        (5, m.Shipment, "expected an object, got an integer"),
        ({}, list[m.Shipment], "expected an array, got an object"),
        ([], dict[str, int], "expected an object, got an array"),
        ("x", tuple[int, int], "expected an array, got a string"),
        ([1], tuple[int, int], "expected 2 items, got 1"),
        ([1, 2, "x"], tuple[int, int], "expected 2 items, got 3"),
        ("b", Literal["a", "c"], "unknown value 'b', expected 'a' or 'c'"),
        ("x" * 99, Literal["a"], f"unknown value '{'x' * 55}..., expected 'a'"),
        (True, int, "expected an integer, got a boolean"),
        (1, bool, "expected a boolean, got an integer"),
        (1.5, int | str, "expected an integer or a string, got a number"),
        (1, float | None, ""),
        ("1", float | None, "expected a number, got a string"),
        ("x", UUID, "not a valid UUID: 'x'"),
        ("31.1.2026", dt.date, "not a valid date: '31.1.2026'"),
        ("noon", dt.time, "not a valid time: 'noon'"),
        ("soon", dt.datetime, "not a valid date-time: 'soon'"),
        ("P1Y", dt.timedelta, "not a valid duration: 'P1Y'"),
        ("1,5", Decimal, "not a valid decimal number: '1,5'"),
        ("ä", bytes, "not a valid base64 string: 'ä'"),
    ],
)
def test_what_is_said_of_a_deviation(sent: Json, kind: object, message: str) -> None:
    _, issues = _read(sent, kind)
    assert issues == ([f"$: {message}"] if message else [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-01-31", dt.datetime(2026, 1, 31)),
        ("2026-01-31T10:20", dt.datetime(2026, 1, 31, 10, 20)),
        ("2026-01-31T10:20:00+01", dt.datetime(2026, 1, 31, 9, 20, tzinfo=dt.UTC)),
        (
            "Sat, 31 Jan 2026 10:20:00 GMT",
            dt.datetime(2026, 1, 31, 10, 20, tzinfo=dt.UTC),
        ),
    ],
)
def test_a_date_time_of_another_form_is_one_all_the_same(
    text: str, value: dt.datetime
) -> None:
    read, issues = _read([text], list[dt.datetime])
    assert read == [value]
    assert issues == [f"$[0]: not a valid date-time: '{text}'"]
    revived: object = pickle.loads(pickle.dumps(read))
    assert encode(revived) == encode(read)
    # What is calculated from it is written in the usual form.
    moment = first(read)
    assert isinstance(moment, dt.datetime)
    later = moment + dt.timedelta(days=1)
    assert decode(encode(later), dt.datetime) == later


@pytest.mark.parametrize("text", ["aGk", "aGk_", "-_-_", "aG\r\nk=", "aGk/"])
def test_base64_of_another_form_is_bytes_all_the_same(text: str) -> None:
    read, issues = _read(text, bytes)
    assert isinstance(read, bytes)
    assert len(issues) == (0 if text == "aGk/" else 1)


def test_a_whole_number_is_an_integer() -> None:
    assert decode(b'{"id": 1.0, "state": "x"}', m.Shipment).id == 1
    assert decode(b"1e3", int) == 1000
    assert decode(b"1e23", int) == 10**23
    assert decode(b"[2.0, true]", list[Literal[2] | bool]) == [2, True]
    assert decode_lenient(b"1.5", int)[1] != []


def test_strict_reading_names_every_deviation() -> None:
    with pytest.raises(DecodeError) as caught:
        decode(b'{"id": "x", "legs": [{"kind": "arm"}]}', m.Shipment)
    error = caught.value
    assert (error.path, error.message) == ("$.id", "expected an integer, got a string")
    assert str(error) == "$.id: expected an integer, got a string (and 5 more)"
    assert (
        Issue("$.legs[0].kind", "unknown value 'arm', expected 'leg'") in error.issues
    )
    revived: object = pickle.loads(pickle.dumps(error))
    assert isinstance(revived, DecodeError)
    assert (str(revived), revived.issues) == (str(error), error.issues)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"<html>", b'{"a": 1,}', b"\xff", b'"\xe4"', b"nul", b"[" * 100_000],
)
def test_only_what_is_no_json_is_refused(data: bytes) -> None:
    for read in (decode, decode_lenient):
        with pytest.raises(DecodeError) as caught:
            read(data, m.Shipment)
        assert caught.value.path == "$"


def test_undeclared_properties_are_dropped_unless_they_are_to_be_kept() -> None:
    sent: Json = {"id": 1, "state": "x", "new": {"a": [None]}, "partOf": {"id": 2}}
    data = json.dumps(sent).encode()
    value, issues = decode_lenient(data, m.Shipment)
    assert b"new" not in encode(value)
    kept, same_issues = decode_lenient(data, m.Shipment, keep_unknown=True)
    assert issues == same_issues
    assert to_builtins(kept) == sent
    assert unknown_properties(kept) == {"new": {"a": [None]}}
    text = encode(kept)
    wrapped = {"a": [kept], 5: (kept,), m.State.PLANNED: UUID(int=0)}
    assert encode(wrapped) == (
        b'{"a":[%s],"5":[%s],"planned":"00000000-0000-0000-0000-000000000000"}'
        % (text, text)
    )
    assert replace(kept, id=5) != kept
    assert unknown_properties(replace(kept, id=5)) == unknown_properties(kept)
    assert repr(kept).startswith("Shipment(_unknown={'new': {'a': [None]}}, id=1")


def test_an_unknown_property_cannot_pass_for_what_models_remember() -> None:
    data = '{"placeId": "x", "\ufdd0": {"placeId": "y"}}'.encode()
    assert decode(data, m.Place) == m.Place(place_id="x")
    kept, _ = decode_lenient(data, m.Place, keep_unknown=True)
    assert to_builtins(kept) == json.loads(data)


def test_unions_that_msgspec_refuses_are_read_all_the_same() -> None:
    either: object = m.EmailContact | m.Circle
    assert decode(b'{"radius": 2}', either) == m.Circle(radius=2)
    data = b'{"kind": "email", "address": "x"}'
    assert decode(data, either) == m.EmailContact(address="x")
    value, issues = decode_lenient(b'{"radius": "x"}', either)
    assert isinstance(value, m.Circle)
    assert issues == [Issue("$.radius", "expected a number, got a string")]
    optional: object = m.EmailContact | Literal["none"] | m.Circle | None
    assert decode(b"null", optional) is None
    assert decode(b'"none"', optional) == "none"


def test_types_of_no_meaning_in_json_are_refused_gently() -> None:
    kind: object = complex
    value, issues = decode_lenient(b'{"a": 1}', kind)
    assert value == {"a": 1}
    assert len(issues) == 1


def test_numbers_and_strings_of_odd_kinds_come_back_as_they_were() -> None:
    data = b'{"id": %s, "state": "\\ud800", "weight": 1e400, "price": 0.%s}'
    data %= b"9" * 5000, b"1234567890" * 4
    value, issues = decode_lenient(data, m.Shipment)
    assert isinstance(value, m.Shipment)
    assert value.weight == float("inf")
    assert value.price == Decimal("0." + "1234567890" * 4)
    assert value.state == "\ud800"
    assert [issue.path for issue in issues] == ["$.id", "$.weight"]
    assert encode(value) == data.replace(b": ", b":").replace(b", ", b",")


@pytest.mark.parametrize(
    "data",
    [b"NaN", b"[Infinity,-Infinity]", b'{"\\ud800":"\\udc00 \\ud83d\\ude00"}'],
)
def test_what_other_writers_take_for_json_is_written_like_that(data: bytes) -> None:
    value, issues = decode_lenient(data, object)
    assert [issue.path for issue in issues] == ["$"]
    assert json.dumps(json.loads(encode(value))) == json.dumps(json.loads(data))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le"])
def test_other_encodings_are_read_and_reported(encoding: str) -> None:
    value, issues = decode_lenient('{"placeId": "ä"}'.encode(encoding), m.Place)
    assert value == m.Place(place_id="ä")
    assert [issue.path for issue in issues] == ["$"]


def test_nesting_beyond_what_can_be_followed_is_kept_raw() -> None:
    depth = sys.getrecursionlimit() // 3
    data = b'{"id":0,"state":"x","partOf":' * depth + b"{}" + b"}" * depth
    value, issues = decode_lenient(data, m.Shipment)
    assert issues != []
    assert value is not None


class Deep(Model, kw_only=True):
    """Never asked for: it only has to be possible to read."""

    inner: Deep | None = None


def test_nesting_that_fits_is_read() -> None:
    depth = 100
    data = b'{"inner":' * depth + b"{}" + b"}" * depth
    assert encode(decode(data, Deep)) == data
