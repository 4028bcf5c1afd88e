"""Which units of a document are reached from others, and which of them comes first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from calque.document.node import ROOT
from calque.document.units import Unit

_COMPONENTS, _SCHEMAS = f"{ROOT}/components/", f"{ROOT}/components/schemas/"


def backwards(*several: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Which units refer to each."""
    found: dict[str, set[str]] = defaultdict(set)
    for edges in several:
        for id_, named in edges.items():
            for other in named:
                found[other].add(id_)
    return found


def _is_shared(id_: str) -> bool:
    """Whether what stands in a unit is called after the first that reaches it."""
    return id_.startswith(_COMPONENTS) and not id_.startswith(_SCHEMAS)


def with_first(
    wanted: frozenset[str], units: Mapping[str, Unit], edges: Mapping[str, set[str]]
) -> frozenset[str]:
    """Some units, and those that name what they share with others."""
    shared = {id_ for id_ in units if _is_shared(id_)}
    referring = backwards({i: named for i, named in edges.items() if i in units})
    order = {id_: place for place, id_ in enumerate(units)}
    seen, todo = frozenset[str](), wanted & shared
    while todo:
        seen |= todo
        reaching = (reached({id_}, referring) - shared for id_ in todo)
        first = {min(users, key=order.__getitem__) for users in reaching if users}
        wanted |= reached(first, edges) & units.keys()
        todo = (wanted & shared) - seen
    return wanted


def reached(some: Iterable[str], edges: Mapping[str, set[str]]) -> frozenset[str]:
    """What is reached from some units, these among them."""
    found, todo = set[str](), list(some)
    while todo:
        id_ = todo.pop()
        if id_ not in found:
            found.add(id_)
            todo.extend(edges.get(id_, ()))
    return frozenset(found)
