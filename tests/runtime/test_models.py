"""Models as objects: how they are made, shown, compared, changed and written."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
import sys
from collections.abc import Callable
from typing import cast

import pytest
from _runtime.codec import decode, encode, to_builtins
from _runtime.models import UNSET, Model, replace, unknown_properties
from tests.runtime.depot import models as m


def _place(name: str = "Kiel") -> m.Place:
    return m.Place(place_id=name)


def test_what_is_not_given_is_not_written() -> None:
    shipment = m.Shipment(id=1, state="planned")
    assert encode(shipment) == b'{"id":1,"state":"planned"}'
    assert shipment.priority is None
    assert shipment.part_of is UNSET


def test_none_is_absence_or_null_as_the_property_has_it() -> None:
    shipment = m.Shipment(id=1, state="planned", priority=None, part_of=None)
    assert encode(shipment) == b'{"id":1,"state":"planned","partOf":null}'


def test_a_required_nullable_property_is_always_written() -> None:
    leg = m.Leg(from_place=_place(), to_place=None, mode=m.Mode.SEA)
    assert to_builtins(leg) == {
        "kind": "leg",
        "fromPlace": {"placeId": "Kiel"},
        "toPlace": None,
        "mode": "sea",
    }


def test_names_on_the_wire_may_be_any() -> None:
    leg = m.Leg(from_place=_place(), to_place=None, mode=m.Mode.SEA, odd="x")
    assert b'"@odd":"x"' in encode(leg)
    assert decode(encode(leg), m.Leg) == leg


def test_a_property_with_one_value_need_not_be_given_and_is_always_sent() -> None:
    contact = m.EmailContact(address="a@b")
    assert contact.kind == "email"
    assert encode(contact) == b'{"kind":"email","address":"a@b"}'


def test_values_are_read_into_python_types() -> None:
    sent = {
        "id": 1,
        "state": "onTheWay",
        "due": "2026-01-31",
        "label": "aGVsbG8=",
        "dimensions": [1, 2, 3],
        "partOf": {"id": 0, "state": "lost", "partOf": None},
        "legs": [
            {
                "kind": "leg",
                "fromPlace": {"placeId": "a", "latest": {"id": 2, "state": "x"}},
                "toPlace": None,
                "mode": "road",
                "departsAt": "2026-01-31T10:00:00Z",
            }
        ],
    }
    shipment = decode(json.dumps(sent).encode(), m.Shipment)
    assert shipment.state is m.State.ON_THE_WAY
    assert shipment.due == dt.date(2026, 1, 31)
    assert shipment.label == b"hello"
    assert shipment.dimensions == (1, 2, 3)
    assert shipment.part_of
    assert shipment.part_of.part_of is None
    assert shipment.legs
    assert shipment.legs[0].departs_at == dt.datetime(2026, 1, 31, 10, tzinfo=dt.UTC)
    assert shipment.legs[0].from_place.latest == m.Shipment(id=2, state="x")
    assert json.loads(encode(shipment)) == sent


def test_a_representation_shows_what_is_there() -> None:
    leg = m.Leg(from_place=_place(), to_place=None, mode=m.Mode.SEA)
    assert repr(leg) == (
        "Leg(kind='leg', from_place=Place(place_id='Kiel'), to_place=None, mode=Mode.SEA)"
    )


def test_models_are_equal_by_value() -> None:
    assert m.Shipment(id=1, state="planned") == m.Shipment(id=1, state=m.State.PLANNED)
    assert m.Shipment(id=1, state="planned") != m.Shipment(id=2, state="planned")
    other: object = m.PhoneContact(kind="phone", number="a")
    assert m.EmailContact(address="a") != other


def test_copies_are_independent() -> None:
    shipment = m.Shipment(id=1, state="planned", tags={"a": ["b"]})
    pickled: m.Shipment = pickle.loads(pickle.dumps(shipment))
    for other in (copy.deepcopy(shipment), pickled):
        assert other == shipment
        assert other.tags
        other.tags["a"].append("c")
        assert shipment.tags == {"a": ["b"]}


def test_a_copy_with_changes() -> None:
    shipment = m.Shipment(id=1, state="planned")
    assert replace(shipment, id=2) == m.Shipment(id=2, state="planned")
    assert shipment.id == 1
    with pytest.raises(TypeError, match="idd"):
        replace(shipment, idd=2)


@pytest.mark.skipif(sys.version_info < (3, 13), reason="copy.replace is new in 3.13")
def test_the_standard_library_replaces_too() -> None:
    made: object = vars(copy)["replace"](m.Shipment(id=1, state="planned"), id=2)
    assert made == m.Shipment(id=2, state="planned")


@pytest.mark.parametrize(
    ("model", "given", "message"),
    [
        (m.Shipment, {"id": 1}, "Shipment() needs 'state'"),
        (m.Leg, {"odd": "x"}, "Leg() needs 'from_place' and 'to_place' and 'mode'"),
        (
            m.Place,
            {"placeId": "x"},
            "Place() has no field 'placeId': property 'placeId' is the field 'place_id'",
        ),
        (
            m.Shipment,
            {"id": 1, "state": "x", "prioritty": 1},
            "Shipment() has no field 'prioritty'; did you mean 'priority'?",
        ),
        (m.Place, {"zzz": 1}, "Place() has no field 'zzz'"),
        (
            m.Labels,
            {"teamName": "x"},
            "Labels() has no field 'teamName': property 'teamName' is the field 'team_name'",
        ),
    ],
)
def test_whoever_makes_a_model_wrongly_is_told_how(
    model: type[Model], given: dict[str, object], message: str
) -> None:
    with pytest.raises(TypeError) as caught:
        model(**given)
    assert str(caught.value) == message


def test_fields_are_given_by_name() -> None:
    make = cast("Callable[[str], object]", m.EmailContact)
    with pytest.raises(TypeError, match="takes keyword arguments only: kind, address"):
        make("a@b")


def test_what_cannot_be_written_is_named_with_its_place() -> None:
    shipment = m.Shipment(id=1, state="x", anything={"a b": [1, object()]})
    with pytest.raises(TypeError) as caught:
        encode([shipment])
    assert str(caught.value) == (
        "$[0].anything['a b'][1]: object cannot be written as JSON"
    )


def test_a_model_without_unknown_properties_has_none() -> None:
    assert unknown_properties(_place()) == {}
