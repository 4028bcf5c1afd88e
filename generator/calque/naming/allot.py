"""How names are given: all at once, each scope by itself, never by order of appearance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A name that is wanted for something.

    `names` goes from the best to the one widened by most context. The firmer a wish is, the
    better its right to its best name: as the document spells it, as the document names it,
    as it follows from its place.
    """

    id: str
    names: tuple[str, ...]
    firm: int = 0


@dataclass(frozen=True, slots=True)
class Asking:
    """Some Ids that want names in a scope, where no two may be equal.

    What they wish for is only asked where one of them has no name yet, and where not all
    can have the names that they want `best`. A name takes the same one with `twin` before
    it along.
    """

    scope: str
    ids: tuple[str, ...]
    wishes: Callable[[], Iterable[Wish]]
    twin: str = ""
    best: Callable[[], Iterable[str]] | None = None


def allot(
    asking: Iterable[Asking],
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
    scopes: dict[str, list[Asking]] = defaultdict(list)
    for each in asking:
        scopes[each.scope].append(each)
    given: dict[str, str] = {}
    for scope, members in scopes.items():
        taken = reserved.get(scope, frozenset[str]())
        names = _undisputed(members, taken, locked, chosen or {})
        if names is None:
            names = _allot_scope(members, taken, locked, chosen or {})
        given.update(names)
    return given


def _undisputed(
    asking: Sequence[Asking],
    reserved: frozenset[str],
    locked: Mapping[str, str],
    chosen: Mapping[str, str],
) -> dict[str, str] | None:
    """The names of a scope where all that ask can have those that they want best: those
    that are locked, or where none is, those of their best wishes.

    So it is with nearly all, and takes little to see.
    """
    if len(asking) > 1 or asking[0].twin or not chosen.keys().isdisjoint(asking[0].ids):
        return None
    ids, best = asking[0].ids, asking[0].best
    names = [name for name in map(locked.get, ids) if name is not None]
    if best is not None and not names:
        names = [*best()]
    told = set(names)
    if len(told) < len(ids) or not reserved.isdisjoint(told):
        return None
    return dict(zip(ids, names, strict=True))


def _allot_scope(
    asking: Sequence[Asking],
    reserved: frozenset[str],
    locked: Mapping[str, str],
    chosen: Mapping[str, str],
) -> dict[str, str]:
    ids = [id_ for each in asking for id_ in each.ids]
    twins = {id_: each.twin for each in asking if each.twin for id_ in each.ids}
    given = {id_: chosen[id_] for id_ in ids if id_ in chosen} if chosen else {}
    if given:
        reserved |= _taken(given, twins)
    kept = {id_: locked[id_] for id_ in ids if id_ in locked and id_ not in given}
    given |= _kept(kept, reserved, twins)
    pending = _pending(asking, given)
    taken = _taken(given, twins) | reserved if pending else set[str]()
    for level in range(max((len(w.names) for w in pending), default=0)):
        settled = _settle(pending, level, taken, twins)
        given |= settled
        taken |= _taken(settled, twins)
        pending = [w for w in pending if w.id not in given]
    return given | {w.id: _suffixed(w) for w in pending}


def _pending(asking: Iterable[Asking], given: Mapping[str, str]) -> list[Wish]:
    """The wishes that are still open."""
    open_ = (each for each in asking if not all(id_ in given for id_ in each.ids))
    return [w for each in open_ for w in each.wishes() if w.id not in given]


def _kept(
    locked: dict[str, str], reserved: frozenset[str], twins: Mapping[str, str]
) -> dict[str, str]:
    """The locked names that can stay: each once in its scope, and not reserved since.

    Two things that had their names in different scopes may come together in one; then
    both ask anew.
    """
    different = len(set(locked.values())) == len(locked)
    if different and not twins and reserved.isdisjoint(locked.values()):
        return locked
    along = {id_: _along(id_, name, twins) for id_, name in locked.items()}
    times = Counter(name for names in along.values() for name in names)
    return {
        id_: names[0]
        for id_, names in along.items()
        if all(times[name] == 1 and name not in reserved for name in names)
    }


def _along(id_: str, name: str, twins: Mapping[str, str]) -> tuple[str, ...]:
    """What nothing else can be called once an Id has a name."""
    return (name, f"{twins[id_]}{name}") if id_ in twins else (name,)


def _taken(given: Mapping[str, str], twins: Mapping[str, str]) -> set[str]:
    """The names that are gone, those of twins included."""
    return {taken for i, name in given.items() for taken in _along(i, name, twins)}


def _settle(
    pending: list[Wish], level: int, taken: set[str], twins: Mapping[str, str]
) -> dict[str, str]:
    """The wishes whose name at this level of widening is theirs alone."""
    best = {w.id: w.names[min(level, len(w.names) - 1)] for w in pending}
    named = {id_: _along(id_, name, twins) for id_, name in best.items()}
    wanted = Counter((name, w.firm) for w in pending for name in named[w.id])
    firmest: dict[str, int] = {}
    for name, firm in wanted:
        firmest[name] = max(firm, firmest.get(name, firm))
    return {
        w.id: best[w.id]
        for w in pending
        if all(
            name not in taken and w.firm == firmest[name] and wanted[name, w.firm] == 1
            for name in named[w.id]
        )
    }


def _suffixed(wish: Wish) -> str:
    return f"{wish.names[-1]}_{sha256(wish.id.encode()).hexdigest()[:6]}"
