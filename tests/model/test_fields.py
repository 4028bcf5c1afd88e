"""The fields of a record: had once one is asked for, and as they are in any case."""

from __future__ import annotations

from calque.model.declarations import Field, Fields, Together, XmlName
from calque.model.types import Kind, ListOf, Ref, Scalar

PLAIN = Field(id="#/a/b", name="b", type=Scalar(Kind.STRING), required=True)
LISTED = Field(
    id="#/a/c",
    name="c",
    type=ListOf(Ref("#/d")),
    required=False,
    read_only=True,
    xml=XmlName(name="C"),
)


def test_what_is_asked_of_all_is_known_of_all() -> None:
    assert Fields([PLAIN]).together == Together(("#/a/b",), (), False, False)
    told = Together(("#/a/b", "#/a/c"), ("#/d",), True, True)
    assert Fields([PLAIN, LISTED]).together == told


def test_fields_are_had_once_one_is_asked_for() -> None:
    had: list[int] = []

    def read() -> tuple[Field, ...]:
        had.append(len(had))
        return PLAIN, LISTED

    later = Fields(read, Together(("#/a/b", "#/a/c"), ("#/d",), True, True))
    assert later.together.ids == ("#/a/b", "#/a/c")
    assert had == []
    assert [field.name for field in later] == ["b", "c"]
    assert later[1] is LISTED
    assert had == [0]


def test_fields_are_the_same_whenever_they_are_had() -> None:
    now, later = Fields([PLAIN, LISTED]), Fields(lambda: (PLAIN, LISTED))
    assert now == later
    assert repr(now) == repr(later) == repr((PLAIN, LISTED))
    assert hash(now) == hash(later)
    assert Fields([PLAIN]) != Fields(lambda: (PLAIN, LISTED))
    assert len(Fields()) == 0
