"""The memory of an earlier document, brought to the Ids and resources of another one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from calque.config import Config, said
from calque.lock import Lock
from calque.model.api import Api, Group, Operation
from calque.naming.ids import class_of
from calque.naming.moves import Fact, Moves, fact

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Past:
    """The memory of an earlier document, under the Ids of this one."""

    names: Mapping[str, str]
    known: Mapping[str, Fact]
    aliases: Mapping[str, str]
    modules: Mapping[str, str]


def remembered(api: Api, now: Mapping[str, Fact], memory: Lock) -> Past:
    """What a lock remembers, where its things are in an API that has the facts `now`."""
    known = {id_: fact(text) for id_, text in memory.known.items()}
    moves = Moves(known, now)
    known = _moved(known, moves)
    groups = _group_moves(api, known)
    names = _moved(memory.names, moves)
    for old, new in groups.items():
        names |= {of(new): names[of(old)] for of in (str, class_of) if of(old) in names}
        known[new] = known.get(old, Fact("resource", ""))
    known = {
        id_: replace(f, mark=groups.get(f.mark, f.mark)) for id_, f in known.items()
    }
    targets = ((alias, moves(id_)) for alias, id_ in memory.aliases.items())
    aliases = {alias: groups.get(id_, id_) for alias, id_ in targets if id_}
    return Past(names, known, aliases, _moved(memory.modules, moves))


def _moved(entries: Mapping[str, T], moves: Moves) -> dict[str, T]:
    if moves.none:
        return dict(entries)
    found = ((moves(id_), entry) for id_, entry in entries.items())
    return {id_: entry for id_, entry in found if id_ is not None}


def _group_moves(api: Api, known: Mapping[str, Fact]) -> dict[str, str]:
    """The resources all of whose operations are in another one that is new."""
    there = {group.id for group in api.groups}
    to: dict[str, set[str]] = defaultdict(set)
    for operation in api.operations:
        if operation.id in known:
            to[known[operation.id].mark].add(operation.group)
    return {
        old: next(iter(new))
        for old, new in to.items()
        if old not in there and len(new) == 1 and not new & to.keys()
    }


def in_place(api: Api, past: Past, config: Config) -> Api:
    """The API with each operation in the resource that it had, unless it was put elsewhere."""

    def placed(operation: Operation) -> Operation:
        before = past.known.get(operation.id)
        if before is None or said(config.calls, operation.keys, ""):
            return operation
        group = before.mark or operation.group
        return (
            operation if group == operation.group else replace(operation, group=group)
        )

    operations = tuple(map(placed, api.operations))
    return with_places(replace(api, operations=operations), past.aliases, past)


def with_places(api: Api, aliases: Mapping[str, str], past: Past) -> Api:
    """The API with a resource for each operation, and for each alias of one."""
    there = {group.id: group for group in api.groups}
    wanted = {operation.group for operation in api.operations}
    called = {a: i for a, i in aliases.items() if "." in a and i.startswith("#/paths")}
    if called:
        by_name = {n: i for i, n in past.names.items() if class_of(i) in past.names}
        places = (by_name.get(alias.partition(".")[0]) for alias in called)
        wanted |= {place for place in places if place}
    groups = [
        there.get(id_) or Group(id=id_, hint=past.names.get(class_of(id_), id_))
        for id_ in sorted(wanted)
    ]
    return replace(api, groups=tuple(groups))
