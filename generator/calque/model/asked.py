"""What is said of members of an API, each asked for once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeAlias, TypeVar

from calque.model.api import Operation
from calque.model.declarations import Declaration

Member: TypeAlias = Operation | Declaration

M = TypeVar("M", bound=Member)
T = TypeVar("T")


class Asked(Generic[M, T]):
    """What a function says of members: of the very same value it says the same."""

    def __init__(
        self, say: Callable[[M], T], known: Iterable[tuple[M, T]] = ()
    ) -> None:
        self._say = say
        self._known = {id(member): (member, said) for member, said in known}

    def __call__(self, member: M) -> T:
        """What is said of a member."""
        known = self._known.get(id(member))
        if known is None:
            known = self._known[id(member)] = (member, self._say(member))
        return known[1]

    def said(self, members: Iterable[M]) -> dict[str, T]:
        """What was said of some members, by the Ids of those that were asked for."""
        known = self._known
        return {m.id: known[id(m)][1] for m in members if id(m) in known}
