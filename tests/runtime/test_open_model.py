"""Objects with declared and additional properties, as objects and as JSON."""

from __future__ import annotations

import copy
import json
import pickle

import pytest
from _runtime.codec import DecodeError, decode, decode_lenient, encode, to_builtins
from _runtime.formats import Int64String, UnixTime
from _runtime.formatted import FormattedModel
from _runtime.lenient import build
from _runtime.models import UNSET, const, field, replace, unknown_properties
from _runtime.open_model import OpenModel
from tests.runtime.depot import models as m
from tests.runtime.depot.json_values import Json
from tests.runtime.loosely import get


class Free(OpenModel):
    """Anything besides."""

    kind: str = const("free")
    size: int = 0


class Owned(OpenModel, rename="camel"):
    first_owner: m.Contact
    inner: Owned | None = None
    odd: str | None = field(default=None, name="@odd")
    additional_properties: dict[str, m.Contact] = field(
        default_factory=dict[str, m.Contact]
    )


class Counted(OpenModel, base=FormattedModel):
    total: Int64String
    additional_properties: dict[str, UnixTime] = field(
        default_factory=dict[str, UnixTime]
    )


def _both(sent: Json, kind: type[OpenModel]) -> OpenModel:
    strict = decode(json.dumps(sent).encode(), kind)
    lenient, issues = build(sent, kind)
    assert (lenient, issues) == (strict, [])
    assert repr(lenient) == repr(strict)
    assert json.loads(encode(strict)) == sent
    return strict


def test_declared_and_additional_properties_are_told_apart() -> None:
    labels = decode(b'{"teamName": "x", "created": null, "a": 1, "b": 2}', m.Labels)
    assert labels.team_name == "x"
    assert labels.created is None
    assert labels.additional_properties == {"a": 1, "b": 2}


def test_properties_are_read_and_changed_and_written() -> None:
    labels = m.Labels(team_name="x")
    assert encode(labels) == b'{"teamName":"x"}'
    labels.additional_properties["a"] = 1
    labels.team_name = None
    assert encode(labels) == b'{"a":1}'
    labels.additional_properties = {"b": 2}
    labels.created = None
    assert encode([labels]) == b'[{"created":null,"b":2}]'


def test_a_declared_property_comes_before_an_additional_one_of_its_name() -> None:
    labels = m.Labels(team_name="x", additional_properties={"teamName": 5, "a": 1})
    assert encode(labels) == b'{"teamName":"x","a":1}'


def test_constants_and_defaults_are_those_of_models() -> None:
    assert encode(Free()) == b'{"kind":"free"}'
    assert _both({"kind": "free", "size": 1, "x": [None]}, Free) == Free(
        size=1, additional_properties={"x": [None]}
    )


def test_additional_properties_have_their_type() -> None:
    email: Json = {"kind": "email", "address": "a"}
    sent: Json = {
        "firstOwner": email,
        "inner": {"firstOwner": email, "@odd": "y"},
        "second": {"kind": "phone", "number": "1"},
    }
    owned = _both(sent, Owned)
    assert isinstance(owned, Owned)
    assert owned.inner == Owned(first_owner=m.EmailContact(address="a"), odd="y")
    assert owned.additional_properties == {
        "second": m.PhoneContact(kind="phone", number="1")
    }


def test_formats_hold_for_both_sorts_of_properties() -> None:
    sent: Json = {"total": "5", "first": 0, "second": 1.5}
    assert isinstance(_both(sent, Counted), Counted)


def test_open_models_are_shown_and_compared_by_value() -> None:
    labels = m.Labels(team_name="x", additional_properties={"a": 1})
    assert repr(labels) == "Labels(team_name='x', additional_properties={'a': 1})"
    assert repr(m.Labels(additional_properties={"a": 1})) == (
        "Labels(additional_properties={'a': 1})"
    )
    assert repr(m.Labels()) == "Labels()"
    assert labels == m.Labels(team_name="x", additional_properties={"a": 1})
    assert labels != m.Labels(team_name="x")
    assert m.Labels() != Free()


def test_copies_are_independent() -> None:
    labels = m.Labels(team_name="x", additional_properties={"a": 1})
    pickled: object = pickle.loads(pickle.dumps(labels))
    for other in (pickled, copy.copy(labels), copy.deepcopy(labels), replace(labels)):
        assert isinstance(other, m.Labels)
        assert other == labels
        other.additional_properties["b"] = 2
        other.team_name = "y"
        assert labels == m.Labels(team_name="x", additional_properties={"a": 1})


def test_a_copy_with_changes() -> None:
    labels = m.Labels(team_name="x", additional_properties={"a": 1})
    assert replace(labels, team_name="y", additional_properties={}) == m.Labels(
        team_name="y"
    )
    assert replace(labels, team_name=None).additional_properties == {"a": 1}


def test_what_is_damaged_is_kept_and_reported() -> None:
    sent: Json = [{"teamName": 1, "created": "now", "a": "x", "b": 2}, 5]
    value, issues = decode_lenient(json.dumps(sent).encode(), list[m.Labels])
    assert [str(issue) for issue in issues] == [
        "$[0].teamName: expected a string, got an integer",
        "$[0].created: not a valid date-time: 'now'",
        "$[0].a: expected an integer, got a string",
        "$[1]: expected an object, got an integer",
    ]
    assert to_builtins(value) == sent
    with pytest.raises(DecodeError):
        decode(json.dumps(sent).encode(), list[m.Labels])


def test_what_is_missing_or_null_is_remembered() -> None:
    owned, issues = decode_lenient(b'{"inner": null, "x": null}', Owned)
    assert get(owned, "first_owner") is UNSET
    assert [issue.path for issue in issues] == ["$.inner", "$.firstOwner", "$.x"]
    assert to_builtins(owned) == {"inner": None, "x": None}
    assert to_builtins(copy.deepcopy(owned)) == {"inner": None, "x": None}


def test_keeping_what_is_unknown_changes_nothing() -> None:
    data = b'{"teamName":"x","a":1}'
    kept, _ = decode_lenient(data, m.Labels, keep_unknown=True)
    assert kept == decode(data, m.Labels)
    nested = b'{"firstOwner":{"kind":"email","address":"a","new":1},"x":{"kind":"?"}}'
    assert encode(decode_lenient(nested, Owned, keep_unknown=True)[0]) == nested


def test_there_are_no_other_attributes() -> None:
    labels = m.Labels()
    with pytest.raises(AttributeError, match="'Labels' object has no attribute 'hue'"):
        get(labels, "hue")
    name = "hue"
    with pytest.raises(AttributeError, match="hue"):
        setattr(labels, name, 1)
    assert not hasattr(labels, "unknown")
    assert unknown_properties(m.Place(place_id="x")) == {}
