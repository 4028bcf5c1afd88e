"""Which module of the package each declaration lives in.

A module of models is read as a whole when one of them is needed, and so holds no more than
is read at once: the resource's own, that of webhooks, or what is shared; of a large one,
parts by the first words of the names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from calque.model.api import Api
from calque.model.arguments import declared
from calque.model.operations import group_id
from calque.model.reach import named, spoken
from calque.model.types import Type, references
from calque.naming.words import words

SHARED = "shared"
"""The module of what several resources speak of, or none."""

WEBHOOKS = "webhooks"
"""The module of what only webhooks without a resource speak of."""

_MOST = 100
"""How many models a module holds before it is divided."""

_FEW = 10
"""How many models are too few for a module of their own."""


def modules(
    api: Api,
    given: Mapping[str, str],
    class_of: Callable[[str], str],
    placed: Mapping[str, str],
) -> dict[str, str]:
    """The module of every declaration: the one that it was `placed` in, if that goes on.

    `given` are the names of resources, and of classes by the Id that `class_of` tells.
    """
    going_on = "|".join([SHARED, WEBHOOKS, *(given[group.id] for group in api.groups)])
    goes_on = re.compile(rf"({going_on})(_\w+)?").fullmatch
    declarations = declared(api)
    kept = {id_: placed[id_] for id_ in declarations if goes_on(placed.get(id_, ""))}
    if len(kept) == len(declarations):
        return kept
    homes: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for id_, home in _homes(api, given).items():
        homes[home][id_] = words(given[class_of(id_)])
    divided = (_divided(home, names) for home, names in homes.items())
    return {id_: m for each in divided for id_, m in each.items()} | kept


def _homes(api: Api, given: Mapping[str, str]) -> dict[str, str]:
    """The one resource that speaks of each declaration, however indirectly, or `shared`."""
    declarations = declared(api)
    found: dict[str, str] = {}
    pending = [
        (id_, home) for type_, home in _spoken(api, given) for id_ in references(type_)
    ]
    # A declaration is looked into again only where it becomes one that several speak of.
    while pending:
        id_, speaker = pending.pop()
        home = speaker if found.get(id_, speaker) == speaker else SHARED
        if found.get(id_) != home:
            found[id_] = home
            pending += [(other, home) for other in named(declarations[id_])]
    for id_ in references(api.any_payload) if api.any_payload else ():
        found.setdefault(id_, WEBHOOKS)
    return {id_: found.get(id_, SHARED) for id_ in declarations}


def _spoken(api: Api, given: Mapping[str, str]) -> Iterator[tuple[Type, str]]:
    """Every type that is spoken of, with the resource that does.

    A webhook speaks for the resource of its tag, if there is one.
    """
    for operation in api.operations:
        for type_ in spoken(operation):
            yield type_, given[operation.group]
    groups = {group.id for group in api.groups}
    for webhook in api.webhooks:
        tagged = (group for tag in webhook.tags if (group := group_id(tag)) in groups)
        home = given.get(next(tagged, ""), WEBHOOKS)
        yield from ((type_, home) for type_ in webhook.spoken)


def _divided(
    module: str, names: Mapping[str, tuple[str, ...]], depth: int = 0
) -> dict[str, str]:
    """The modules of what would be in one: it is divided by the next word of the names."""
    found = dict.fromkeys(names, module)
    if len(names) <= _MOST:
        return found
    for word, alike in _alike(names, depth).items():
        if word and len(alike) >= _FEW:
            found |= _divided(f"{module}_{word}", alike, depth + 1)
    rest = [
        id_ for id_, its in found.items() if its == module and len(names[id_]) > depth
    ]
    if len(rest) > _MOST:
        found |= {id_: f"{module}_{names[id_][depth][0].lower()}" for id_ in rest}
    return found


def _alike(
    names: Mapping[str, tuple[str, ...]], depth: int
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Names by their word at a depth, with Ids; under `""` those that have none there."""
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for id_, name in names.items():
        found[name[depth].lower() if len(name) > depth else ""][id_] = name
    return found
