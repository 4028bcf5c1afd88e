"""How names are given: all at once, each scope by itself, never by order of appearance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A name that is wanted for something.

    `names` goes from the best to the one widened by most context. In one `scope` no two
    names may be equal. The firmer a wish is, the better its right to its best name: as
    the document spells it, as the document names it, as it follows from its place. A
    name takes the same one with `twin` before it along.
    """

    id: str
    scope: str
    names: tuple[str, ...]
    firm: int = 0
    twin: str = ""

    def taking(self, name: str) -> tuple[str, ...]:
        """What nothing else can be called once this has a name."""
        return (name, f"{self.twin}{name}") if self.twin else (name,)


def allot(
    wishes: Iterable[Wish],
    reserved: Mapping[str, frozenset[str]],
    locked: Mapping[str, str],
    chosen: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """A name for every wish, by Id; `locked` names are kept, `reserved` ones avoided.

    A `chosen` name is given whatever else there is.

    A name that several want goes to the firmest wish among them; where there is no one
    firmest, to none of them, and all are widened. What context can't tell apart gets a
    suffix that depends on its Id alone, so that it stays when others come or go.
    """
    scopes: dict[str, list[Wish]] = defaultdict(list)
    for wish in wishes:
        scopes[wish.scope].append(wish)
    given: dict[str, str] = {}
    for scope, members in scopes.items():
        first = {w.id: chosen[w.id] for w in members if chosen and w.id in chosen}
        taken = reserved.get(scope, frozenset()) | _taken(members, first)
        others = [w for w in members if w.id not in first]
        given |= first | _allot_scope(others, taken, locked)
    return given


def _allot_scope(
    wishes: list[Wish], reserved: frozenset[str], locked: Mapping[str, str]
) -> dict[str, str]:
    given = _kept(wishes, reserved, locked)
    taken = {*_taken(wishes, given), *reserved}
    pending = [w for w in wishes if w.id not in given]
    for level in range(max((len(w.names) for w in pending), default=0)):
        settled = _settle(pending, level, taken)
        given |= settled
        taken |= _taken(pending, settled)
        pending = [w for w in pending if w.id not in given]
    return given | {w.id: _suffixed(w) for w in pending}


def _kept(
    wishes: list[Wish], reserved: frozenset[str], locked: Mapping[str, str]
) -> dict[str, str]:
    """The locked names that can stay: each once in its scope, and not reserved since.

    Two things that had their names in different scopes may come together in one; then
    both ask anew.
    """
    kept = {w.id: w.taking(locked[w.id]) for w in wishes if w.id in locked}
    times = Counter(name for names in kept.values() for name in names)
    return {
        id_: names[0]
        for id_, names in kept.items()
        if all(times[name] == 1 and name not in reserved for name in names)
    }


def _taken(wishes: Iterable[Wish], given: Mapping[str, str]) -> set[str]:
    """The names that are gone, those of twins included."""
    return {n for w in wishes if w.id in given for n in w.taking(given[w.id])}


def _settle(pending: list[Wish], level: int, taken: set[str]) -> dict[str, str]:
    """The wishes whose name at this level of widening is theirs alone."""
    named = {w.id: w.taking(w.names[min(level, len(w.names) - 1)]) for w in pending}
    wanted = Counter((name, w.firm) for w in pending for name in named[w.id])
    firmest: dict[str, int] = {}
    for name, firm in wanted:
        firmest[name] = max(firm, firmest.get(name, firm))
    return {
        w.id: named[w.id][0]
        for w in pending
        if all(
            name not in taken and w.firm == firmest[name] and wanted[name, w.firm] == 1
            for name in named[w.id]
        )
    }


def _suffixed(wish: Wish) -> str:
    return f"{wish.names[-1]}_{sha256(wish.id.encode()).hexdigest()[:6]}"
