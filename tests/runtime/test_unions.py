"""Unions that msgspec cannot tell apart: which variant a value is of, and who is kept."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from typing import TYPE_CHECKING, Literal, TypeAlias

import pytest
from _runtime.codec import DecodeError, decode, decode_lenient, encode
from _runtime.formats import UnixTime
from _runtime.formatted import FormattedModel
from _runtime.lenient import build
from _runtime.models import ClosedStrEnum, Model, unknown_properties
from _runtime.open_model import OpenModel
from _runtime.unions import OneOf, UnknownVariant
from tests.runtime.depot import models as m
from tests.runtime.depot.json_values import Json
from tests.runtime.loosely import first, get


class Shade(ClosedStrEnum):
    DARK = "dark"
    PALE = "pale"


class Event(Model, kw_only=True):
    """A base schema with a discriminator: references to it are a union."""

    type: str
    at: int | None = None


class Created(Model, kw_only=True):
    type: str
    at: int | None = None
    by: str


class Named(Model, kw_only=True):
    name: str
    note: str | None = None


class Sized(Model, kw_only=True):
    size: int
    name: str | None = None


class Loose(Model, kw_only=True):
    a: int | None = None
    b: int | None = None


class Looser(Model, kw_only=True):
    b: int | None = None
    c: AnyEvent | None = None


class Coloured(Model, kw_only=True):
    shade: Shade
    depth: int


class Plain(Model, kw_only=True):
    shade: Literal["none"]
    depth: int


class Rest(OpenModel):
    z: int


class Log(FormattedModel, kw_only=True):
    moments: list[Moment]


class Tree(Model, kw_only=True):
    left: Node | None = None
    leaf: int | None = None


class Bush(Model, kw_only=True):
    left: Node | None = None
    leaf: str | None = None


if TYPE_CHECKING:
    AnyEvent: TypeAlias = Event | Created
    Thing: TypeAlias = Named | Sized | dict[str, int] | list[Named] | list[int] | str
    Slack: TypeAlias = Loose | Looser
    Painted: TypeAlias = Coloured | Plain | Rest
    Moment: TypeAlias = UnixTime | str
    Text: TypeAlias = dt.date | dt.datetime | str
    Nested: TypeAlias = Thing | Painted | bool
    Node: TypeAlias = Tree | Bush
else:

    class AnyEvent(OneOf):
        tag = "type"

        @staticmethod
        def table():
            return {"created": Created}

        @staticmethod
        def fallback():
            return Event

    class Thing(OneOf):
        @staticmethod
        def variants():
            return Named, Sized, dict[str, int], list[Named], list[int], str

    class Slack(OneOf):
        @staticmethod
        def variants():
            return Loose, Looser

    class Painted(OneOf):
        @staticmethod
        def variants():
            return Coloured, Plain, Rest

    class Moment(OneOf):
        @staticmethod
        def variants():
            return UnixTime, str

    class Text(OneOf):
        @staticmethod
        def variants():
            return dt.date, dt.datetime, str

    class Nested(OneOf):
        @staticmethod
        def variants():
            return Thing, Painted, bool

    class Node(OneOf):
        @staticmethod
        def variants():
            return Tree, Bush


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def _both(sent: Json, kind: object) -> object:
    """What both ways of reading agree on, checked to be written as received."""
    data = json.dumps(sent).encode()
    strict = decode(data, kind)
    lenient, issues = build(sent, kind)
    assert (lenient, issues) == (strict, [])
    assert repr(lenient) == repr(strict)
    assert json.loads(encode(strict)) == sent
    return strict


def _damaged(sent: Json, kind: object) -> tuple[object, list[str]]:
    value, issues = decode_lenient(json.dumps(sent).encode(), kind)
    assert json.loads(encode(value)) == sent
    with pytest.raises(DecodeError):
        decode(json.dumps(sent).encode(), kind)
    return value, [str(issue) for issue in issues]


@pytest.mark.parametrize(
    ("sent", "kind", "expected"),
    [
        ({"kind": "email", "address": "x"}, m.Contact, m.EmailContact(address="x")),
        (
            {
                "kind": "mobile",
                "number": "1",
                "backup": {"kind": "phone", "number": "2"},
            },
            m.Contact,
            m.PhoneContact(
                kind="mobile",
                number="1",
                backup=m.PhoneContact(kind="phone", number="2"),
            ),
        ),
        ({"name": "x"}, Thing, Named(name="x")),
        ({"size": 1, "name": "x"}, Thing, Sized(size=1, name="x")),
        ({"other": 1}, Thing, {"other": 1}),
        ([{"name": "x"}], Thing, [Named(name="x")]),
        ([1, 2], Thing, [1, 2]),
        ([], Thing, []),
        ("x", Thing, "x"),
        ({"shade": "dark", "depth": 1}, Painted, Coloured(shade=Shade.DARK, depth=1)),
        ({"shade": "none", "depth": 1}, Painted, Plain(shade="none", depth=1)),
        ({"z": 1, "y": []}, Painted, Rest(z=1, additional_properties={"y": []})),
        (True, Nested, True),
        ({"name": "x"}, Nested, Named(name="x")),
        ({"z": 1}, Nested, {"z": 1}),
        ({"z": 1, "y": ""}, Nested, Rest(z=1, additional_properties={"y": ""})),
        ("2026-01-31", Text, dt.date(2026, 1, 31)),
        ("2026-01-31T00:00:00Z", Text, dt.datetime(2026, 1, 31, tzinfo=dt.UTC)),
        ("31.1.2026", Text, "31.1.2026"),
        (
            {"moments": ["x", 1.5]},
            Log,
            Log(moments=["x", _EPOCH + dt.timedelta(seconds=1.5)]),
        ),
    ],
)
def test_the_variant_is_found(sent: Json, kind: object, expected: object) -> None:
    assert _both(sent, kind) == expected


def test_of_variants_that_all_fit_the_first_is_taken() -> None:
    assert _both({"b": 1}, Slack) == Loose(b=1)


def test_of_variants_that_all_fit_one_that_knows_more_is_taken() -> None:
    sent: Json = {"b": 1, "c": {"type": "created", "by": "x"}}
    value = _both(sent, Slack)
    assert value == Looser(b=1, c=Created(type="created", by="x"))


def test_a_value_of_several_variants_keeps_what_only_others_declare() -> None:
    sent: Json = {"a": 1, "b": 2, "c": {"type": "created", "by": "x"}}
    value = _both(sent, Slack)
    assert isinstance(value, Loose)
    assert unknown_properties(value) == {"c": {"type": "created", "by": "x"}}


def test_what_no_variant_declares_is_dropped_unless_it_is_to_be_kept() -> None:
    data = b'{"a": 1, "z": 2}'
    assert encode(decode(data, Slack)) == b'{"a":1}'
    kept, _ = decode_lenient(data, Slack, keep_unknown=True)
    assert encode(kept) == b'{"a":1,"z":2}'


def test_an_unknown_discriminator_falls_back_to_the_base_with_all_there_is() -> None:
    value = _both({"type": "moved", "at": 1, "to": ["x"]}, AnyEvent)
    assert isinstance(value, Event)
    assert (value.type, value.at) == ("moved", 1)
    assert unknown_properties(value) == {"to": ["x"]}
    assert isinstance(_both({"type": "created", "by": "x"}, AnyEvent), Created)


def test_an_unknown_variant_is_kept_and_reported() -> None:
    sent: Json = {"kind": "pigeon", "ringNumber": 7, "copy": None}
    value, issues = _damaged([sent], list[m.Contact])
    assert issues == ["$[0].kind: unknown variant 'pigeon' of Contact"]
    variant = first(value)
    assert isinstance(variant, UnknownVariant)
    assert (variant.kind, variant.ring_number, variant.copy) == ("pigeon", 7, None)
    assert (variant.tag, variant.properties) == ("pigeon", sent)
    assert repr(variant) == f"UnknownVariant({sent!r})"
    with pytest.raises(AttributeError, match="this variant has no property 'colour'"):
        _ = variant.colour
    pickled: object = pickle.loads(pickle.dumps(value))
    for other in (pickled, copy.deepcopy(value)):
        assert other == value
        assert get(first(other), "tag") == "pigeon"
        assert encode(other) == encode(value)


@pytest.mark.parametrize(
    ("sent", "kind", "found", "issues"),
    [
        (5, m.Contact, int, ["$: expected an object, got an integer"]),
        (
            {"kind": 5, "address": "x"},
            m.Contact,
            UnknownVariant,
            ["$.kind: unknown variant 5 of Contact"],
        ),
        (
            {"kind": [], "address": "x"},
            m.Contact,
            UnknownVariant,
            ["$.kind: unknown variant [] of Contact"],
        ),
        (
            {"address": "x"},
            m.Contact,
            m.EmailContact,
            ["$.kind: required property is missing"],
        ),
        (
            {"kind": "phone", "number": 5, "backup": {"kind": "email"}},
            m.Contact,
            m.PhoneContact,
            [
                "$.number: expected a string, got an integer",
                "$.backup.address: required property is missing",
            ],
        ),
        (
            {"shade": "none", "depth": "x"},
            Painted,
            Plain,
            ["$.depth: expected an integer, got a string"],
        ),
        (
            {"shade": "red", "depth": 1},
            Painted,
            Coloured,
            ["$.shade: unknown value 'red' of Shade"],
        ),
        (["x", 1], Thing, list, ["$[0]: expected an integer, got a string"]),
        (
            True,
            Thing,
            bool,
            ["$: expected a string or an array or an object, got a boolean"],
        ),
    ],
)
def test_what_fits_no_variant_is_read_as_the_nearest(
    sent: Json, kind: object, found: type, issues: list[str]
) -> None:
    value, reported = _damaged(sent, kind)
    assert type(value) is found
    assert reported == issues


def test_places_within_a_variant_are_whole_paths() -> None:
    sent: Json = {"placeId": "x", "contact": {"kind": "email", "address": 5}}
    _, issues = _damaged([sent], list[m.Place])
    assert issues == ["$[0].contact.address: expected a string, got an integer"]


def test_an_instance_of_a_variant_is_one_of_the_union() -> None:
    union: type = vars(m)["Contact"]
    assert isinstance(m.EmailContact(address="x"), union)
    assert not isinstance(m.Circle(radius=1), union)
    assert not isinstance("x", union)


def _nested(depth: int, leaf: Json) -> Json:
    value: Json = {"leaf": leaf}
    for _ in range(depth):
        value = {"left": value}
    return value


def test_nested_unions_take_no_exponential_time() -> None:
    # Every level leaves two variants to be tried: 2**50 trials, if they were nested.
    value = _both(_nested(50, "x"), Node)
    assert isinstance(value, Tree)
    _damaged(_nested(50, []), Node)
    _damaged([_nested(50, 1.5), None], list[Node])
