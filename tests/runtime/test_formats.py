"""Formats that msgspec does not know: plain values, written as they are declared."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from decimal import Decimal

import pytest
from _runtime.codec import decode, decode_lenient, encode, to_builtins
from _runtime.formats import (
    Base64Url,
    DecimalString,
    HttpDate,
    Int64String,
    UnixTime,
)
from _runtime.formatted import FormattedModel, written
from _runtime.models import Model, replace
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.runtime.depot import models as m
from tests.runtime.depot.json_values import Json
from tests.runtime.loosely import get, make


class Formats(FormattedModel, kw_only=True, rename="camel"):
    """Every format, once."""

    http_date: HttpDate | None = None
    unix_time: UnixTime | None = None
    int64: Int64String | None = None
    decimal: DecimalString | None = None
    price: Decimal | None = None
    base64: Base64Url | None = None
    duration: str | None = None
    nested: list[dict[str, Int64String | None]] | None = None
    inner: Formats | None = None


class Usual(Model, kw_only=True):
    """The same Python types in formats that need nothing."""

    at: dt.datetime
    size: int
    data: bytes
    price: Decimal


unhurried = settings(deadline=None)

WHEN = dt.datetime(1994, 11, 6, 8, 49, 37, tzinfo=dt.UTC)

USUAL = [
    ("httpDate", "Sun, 06 Nov 1994 08:49:37 GMT", WHEN),
    ("unixTime", 784111777, WHEN),
    ("unixTime", 784111777.5, WHEN + dt.timedelta(seconds=0.5)),
    ("unixTime", -1, dt.datetime(1969, 12, 31, 23, 59, 59, tzinfo=dt.UTC)),
    ("int64", "-9223372036854775808", -(2**63)),
    ("int64", "0", 0),
    ("decimal", "1.50", Decimal("1.50")),
    ("base64", "-_8", b"\xfb\xff"),
    ("duration", "P1Y2M", "P1Y2M"),
    ("nested", [{"a": "1", "b": None}], [{"a": 1, "b": None}]),
]
UNUSUAL = [
    ("httpDate", "Sunday, 06-Nov-94 08:49:37 GMT", WHEN),
    ("httpDate", "Sun Nov  6 08:49:37 1994", WHEN),
    ("httpDate", "Sun, 06 Nov 1994 09:49:37 +0100", WHEN),
    ("int64", "007", 7),
    ("int64", "+7", 7),
    ("int64", "-0", 0),
    ("decimal", "1e3", Decimal(1000)),
    ("decimal", ".5", Decimal("0.5")),
    ("base64", "-_8=", b"\xfb\xff"),
    ("base64", "+/8", b"\xfb\xff"),
]
WRONG = [
    ("httpDate", "2026-01-31", "not a valid HTTP date"),
    ("httpDate", 5, "expected a string, got an integer"),
    ("unixTime", "5", "expected a number, got a string"),
    ("unixTime", True, "expected a number, got a boolean"),
    ("unixTime", 10**15, "not a valid Unix time"),
    ("int64", "1.5", "not a valid integer in a string"),
    ("int64", "1_000", "not a valid integer in a string"),
    ("int64", "\u0661", "not a valid integer in a string"),
    ("int64", 5, "expected a string, got an integer"),
    ("int64", True, "expected a string, got a boolean"),
    ("decimal", "NaN", "not a valid decimal number in a string"),
    ("decimal", "1e99999999999999999999", "not a valid decimal number in a string"),
    ("decimal", 1.5, "expected a string, got a number"),
    ("base64", "a", "not a valid base64url string"),
    ("base64", "ä", "not a valid base64url string"),
]


def _of(name: str) -> str:
    return {"httpDate": "http_date", "unixTime": "unix_time"}.get(name, name)


@pytest.mark.parametrize(("name", "sent", "value"), USUAL)
def test_values_are_plain_and_written_in_their_format(
    name: str, sent: Json, value: object
) -> None:
    data = json.dumps({name: sent}).encode()
    formats = decode(data, Formats)
    read = get(formats, _of(name))
    assert read == value
    assert type(read) is type(value)
    assert to_builtins(formats) == {name: sent}
    made = make(Formats, {_of(name): value})
    assert made == formats
    assert encode(made) == encode(formats)


@pytest.mark.parametrize(("name", "sent", "value"), UNUSUAL)
def test_unusual_forms_are_understood_and_written_as_received(
    name: str, sent: Json, value: object
) -> None:
    formats = decode(json.dumps({name: sent}).encode(), Formats)
    assert get(formats, _of(name)) == value
    for other in (
        formats,
        copy.copy(formats),
        copy.deepcopy(formats),
        pickle.loads(pickle.dumps(formats)),
        replace(formats, duration=None),
        Formats(inner=formats).inner,
    ):
        assert to_builtins(other) == {name: sent}


@pytest.mark.parametrize(("name", "sent", "message"), WRONG)
def test_what_is_not_of_its_format_is_kept_and_reported(
    name: str, sent: Json, message: str
) -> None:
    value, issues = decode_lenient(json.dumps({name: sent}).encode(), Formats)
    assert [str(issue) for issue in issues] == [f"$.{name}: {message}"]
    assert get(value, _of(name)) == sent
    assert to_builtins(value) == {name: sent}


def test_a_value_has_the_format_of_where_it_is_not_of_where_it_was() -> None:
    data = b'{"httpDate":"Sun, 06 Nov 1994 08:49:37 GMT","int64":"5","base64":"-_8"}'
    formats = decode(data, Formats)
    assert formats.http_date
    assert formats.int64
    assert formats.base64
    usual = Usual(
        at=formats.http_date, size=formats.int64, data=formats.base64, price=Decimal(1)
    )
    assert encode(usual) == (
        b'{"at":"1994-11-06T08:49:37Z","size":5,"data":"+/8=","price":1}'
    )
    formats.unix_time = usual.at
    formats.nested = [{"x": usual.size}]
    formats.nested[0]["y"] = 6
    assert to_builtins(replace(formats, http_date=None)) == {
        "unixTime": 784111777,
        "int64": "5",
        "base64": "-_8",
        "nested": [{"x": "5", "y": "6"}],
    }


def test_formatted_models_are_written_within_anything() -> None:
    notes = m.Notes(size=1, fee=None)
    place = m.Place(place_id="x", notes=notes)
    assert encode([place, {"a": notes}]) == (
        b'[{"placeId":"x","notes":{"size":"1","fee":null}},'
        b'{"a":{"size":"1","fee":null}}]'
    )
    assert repr(notes) == "Notes(size=1, fee=None)"


def test_a_time_without_a_zone_is_refused_rather_than_guessed() -> None:
    for name in ("http_date", "unix_time"):
        formats = make(Formats, {name: dt.datetime(2026, 1, 31)})
        with pytest.raises(ValueError, match="has no time zone"):
            encode(formats)


def test_a_decimal_number_is_exact() -> None:
    data = b'{"price":0.12345678901234567890123456789}'
    formats = decode(data, Formats)
    assert formats.price == Decimal("0.12345678901234567890123456789")
    assert encode(formats) == data
    assert encode(Decimal("1.10")) == b"1.10"


def test_what_stands_alone_is_written_by_its_type() -> None:
    times = decode(b"[0, 1.5]", list[UnixTime])
    assert encode(written(times, list[UnixTime])) == b"[0,1.5]"
    assert encode(written((5, 6), tuple[Int64String, int])) == b'["5",6]'
    assert written("x", Int64String) == "x"
    assert written({"a": 1}, dict[str, int]) == {"a": 1}


@unhurried
@given(value=st.binary(max_size=30))
def test_base64_of_all_bytes(value: bytes) -> None:
    assert decode(encode(Formats(base64=value)), Formats).base64 == value


@unhurried
@given(
    value=st.datetimes(
        min_value=dt.datetime(1, 1, 2),
        max_value=dt.datetime(9999, 12, 30),
        timezones=st.timezones(),
    )
)
def test_unix_times_are_exact_to_the_microsecond_of_our_age(value: dt.datetime) -> None:
    read = decode(encode(Formats(unix_time=value)), Formats).unix_time
    assert read is not None
    far = abs(value.year - 1970) > 200
    assert abs(read - value) <= dt.timedelta(microseconds=50 if far else 0)


@unhurried
@given(value=st.integers())
def test_integers_of_any_size_in_strings(value: int) -> None:
    assert decode(encode(Formats(int64=value)), Formats).int64 == value
