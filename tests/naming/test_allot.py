"""Names are given all at once: nothing depends on the order of the document."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from calque.naming.allot import Asking, Wish, allot

NAMES = st.sampled_from(["a", "b", "a_b", "c"])
WISHES = st.lists(
    st.tuples(st.lists(NAMES, min_size=1, max_size=3), st.integers(0, 2)), max_size=8
)


def wish(id_: str, *names: str, firm: int = 0) -> Wish:
    return Wish(id=id_, names=names, firm=firm)


def asking(scope: str, wishes: Sequence[Wish]) -> list[Asking]:
    return [Asking(scope, (wish.id,), partial(list[Wish], [wish])) for wish in wishes]


def given_to(*wishes: Wish, **locked: str) -> dict[str, str]:
    return allot(asking("s", wishes), {"s": frozenset({"list"})}, locked)


def test_a_name_that_one_wants_is_theirs() -> None:
    assert given_to(wish("x", "a", "a_b")) == {"x": "a"}


def test_a_name_that_two_want_goes_to_neither() -> None:
    found = given_to(wish("x", "a", "x_a"), wish("y", "a", "y_a"))
    assert found == {"x": "x_a", "y": "y_a"}


def test_a_firm_wish_keeps_its_name() -> None:
    found = given_to(wish("x", "a", firm=1), wish("y", "a", "y_a"))
    assert found == {"x": "a", "y": "y_a"}


def test_of_several_the_firmest_keeps_its_name() -> None:
    wishes = (wish(str(firm), "a", f"a_{firm}", firm=firm) for firm in (0, 1, 2))
    assert given_to(*wishes) == {"0": "a_0", "1": "a_1", "2": "a"}


def test_a_reserved_name_is_left_alone() -> None:
    assert given_to(wish("x", "list", "list_")) == {"x": "list_"}


def test_a_locked_name_stays_whoever_comes() -> None:
    found = given_to(wish("x", "a"), wish("y", "a", "y_a", firm=1), x="a")
    assert found == {"x": "a", "y": "y_a"}


def test_scopes_do_not_see_each_other() -> None:
    wishes = [each for s in ("s", "t") for each in asking(s, [wish(s, "a")])]
    assert allot(wishes, {}, {}) == {"s": "a", "t": "a"}


@given(WISHES, st.randoms(use_true_random=False))
def test_names_are_unique_and_do_not_depend_on_order(
    wanted: list[tuple[list[str], int]], random: Random
) -> None:
    wishes = [
        wish(str(number), *names, firm=firm)
        for number, (names, firm) in enumerate(wanted)
    ]
    found = given_to(*wishes)
    assert len(set(found.values())) == len(wishes)
    shuffled = sorted(wishes, key=lambda _: random.random())
    assert given_to(*shuffled) == found


@given(WISHES, NAMES)
def test_locked_names_never_move(
    wanted: list[tuple[list[str], int]], newcomer: str
) -> None:
    wishes = [
        wish(str(number), *names, firm=firm)
        for number, (names, firm) in enumerate(wanted)
    ]
    before = given_to(*wishes)
    after = given_to(wish("new", newcomer, firm=1), *wishes, **before)
    assert {id_: after[id_] for id_ in before} == before
    assert len(set(after.values())) == len(after)
