"""The names of old that still work: what each resource, the client and the models have of them."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, replace
from typing import cast

from calque.model.api import Api, Operation
from calque.model.declarations import Enumeration
from calque.naming import Names, class_of, like
from calque.render.annotations import Scope
from calque.render.code import Import, runtime
from calque.render.literals import literal


def marking(up: str = "..") -> frozenset[Import]:
    """The import of the decorator, under a name that no method can take."""
    found = runtime("deprecation", "deprecated", up=up)
    return frozenset(replace(each, alias="_deprecated") for each in found)


@dataclass(frozen=True, slots=True)
class FormerView:
    """A former name: what it is called now, and what its use is told."""

    name: str
    now: str
    class_: str
    words: str


@dataclass(frozen=True, slots=True)
class Former:
    """A method's former name in a resource."""

    name: str
    operation: Operation
    now: str

    def scope(self, there: Scope) -> Scope:
        """Where it is written: there, but under its former name."""
        # Only the first of the maps is ever written to.
        given = cast("MutableMapping[str, str]", there.names.given)
        given = ChainMap({self.operation.id: self.name}, given)
        return replace(there, names=replace(there.names, given=given))


def methods(api: Api, names: Names, group: str) -> Iterator[Former]:
    """The former methods of a resource, by name."""
    operations = {operation.id: operation for operation in api.operations}
    places = {names[g.id]: g.id for g in api.groups}
    for alias, id_ in sorted(names.aliases.items()):
        place, _, method = alias.rpartition(".")
        there = places.get(place, names.aliases.get(place))
        if id_ in operations and there == group:
            operation = operations[id_]
            now = f"client.{names[operation.group]}.{names[id_]}"
            yield Former(method, operation, now)


def resources(api: Api, names: Names) -> tuple[FormerView, ...]:
    """The former resources of the client, by name."""
    groups = {group.id for group in api.groups}
    return tuple(
        FormerView(
            name=alias,
            now=names[id_],
            class_=names[class_of(id_)],
            words=told(alias, f"client.{names[id_]}"),
        )
        for alias, id_ in sorted(names.aliases.items())
        if id_ in groups
    )


def models(api: Api, names: Names) -> dict[str, str]:
    """The former names of `models`, with what each is called now."""
    classes = {d.id: names[class_of(d.id)] for d in api.declarations}
    enumerations = (d.id for d in api.declarations if isinstance(d, Enumeration))
    classes |= {like(id_): names[like(id_)] for id_ in enumerations}
    return {
        alias.rpartition(".")[2]: classes[id_]
        for alias, id_ in sorted(names.aliases.items())
        if id_ in classes
    }


def told(alias: str, now: str) -> str:
    """What the use of a former name is told, as a literal."""
    return literal(f"`{alias}` is now `{now}`")
