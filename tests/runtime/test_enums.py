"""Enumerations: known members, pseudo-members, and what each of them is good for."""

from __future__ import annotations

import copy
import pickle

import pytest
from _runtime.codec import decode, decode_lenient, encode
from _runtime.enums import member_of
from _runtime.issue import Issue
from tests.runtime.depot.models import Mode, Priority, State, Step


def _read(data: bytes, kind: object) -> object:
    value, _ = decode_lenient(data, kind)
    return value


PSEUDO = [
    (State, "lost"),
    (Mode, "air"),
    (Step, 7),
    (Priority, 9),
    (Step, 10**30),
    (Priority, -(10**30)),
]


def test_known_values_are_members() -> None:
    assert decode(b'"planned"', State) is State.PLANNED
    assert decode(b'"sea"', Mode) is Mode.SEA
    assert decode(b"2", Priority) is Priority.HIGH
    assert decode(b"1", Step) is Step.FIRST
    assert State.PLANNED.is_known


@pytest.mark.parametrize(("kind", "value"), PSEUDO)
def test_a_pseudo_member_is_as_good_as_its_value(
    kind: type[State | Mode | Step | Priority], value: str | int
) -> None:
    sent = encode(value)
    member = _read(sent, kind)
    assert isinstance(member, kind)
    assert not member.is_known
    assert member == value
    assert hash(member) == hash(value)
    assert str(member) == f"{member}" == str(value)
    assert member.value == value
    assert member.name == str(value)
    assert repr(member) == f"{kind.__name__}({value!r})"
    assert {value: "found"}[member] == "found"
    assert encode(member) == encode({"x": member})[5:-1] == sent


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize(
    ("kind", "value"), [*PSEUDO, (State, "planned"), (Priority, 1)]
)
def test_members_of_both_kinds_survive_copies(
    kind: type[State | Mode | Step | Priority], value: str | int, protocol: int
) -> None:
    member = member_of(kind, value)
    revived: object = pickle.loads(pickle.dumps(member, protocol))
    for other in (revived, copy.copy(member), copy.deepcopy([member])[0]):
        assert type(other) is kind
        assert other == member == value
        assert repr(other) == repr(member)


def test_a_known_member_stays_the_one_it_is() -> None:
    assert pickle.loads(pickle.dumps(State.PLANNED)) is State.PLANNED
    assert copy.deepcopy(Mode.SEA) is Mode.SEA


def test_unknown_values_of_an_open_enumeration_are_no_deviation() -> None:
    assert decode(b'"lost"', State) == "lost"
    assert decode(b"7", Step) == 7
    assert State("lost") == "lost"
    assert decode_lenient(b"1" + b"0" * 30, Step) == (10**30, [])


def test_unknown_values_of_a_closed_enumeration_are_reported() -> None:
    assert decode_lenient(b'["sea", "air"]', list[Mode]) == (
        ["sea", "air"],
        [Issue("$[1]", "unknown value 'air' of Mode")],
    )
    assert decode_lenient(b"9", Priority)[1] == [
        Issue("$", "unknown value 9 of Priority")
    ]
    with pytest.raises(ValueError, match="'air' is not a valid Mode"):
        Mode("air")


@pytest.mark.parametrize(
    ("data", "kind", "message"),
    [
        (b"5", State, "expected a string, got an integer"),
        (b"null", Mode, "expected a string, got null"),
        (b"[]", Mode, "expected a string, got an array"),
        (b'"1"', Step, "expected an integer, got a string"),
        (b"true", Priority, "expected an integer, got a boolean"),
        (b"true", Step, "expected an integer, got a boolean"),
        (b"1.5", Priority, "expected an integer, got a number"),
    ],
)
def test_values_of_a_wrong_type_stay_what_they_are(
    data: bytes, kind: object, message: str
) -> None:
    value, issues = decode_lenient(data, kind)
    assert issues == [Issue("$", message)]
    assert type(value) in (int, float, bool, str, list, type(None))
    assert encode(value) == data


def test_a_whole_number_is_an_integer_however_it_is_written() -> None:
    assert decode(b"2.0", Priority) is Priority.HIGH


def test_no_table_grows_with_what_is_received() -> None:
    before = len(State), len(State.__members__), len(State._value2member_map_)
    for number in range(100):
        decode(b'"odd-%d"' % number, State)
        decode_lenient(b'"odd-%d"' % number, Mode)
    after = len(State), len(State.__members__), len(State._value2member_map_)
    assert before == after
