"""What everything is called when the document changed: names stay, and renames are proposed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from calque.config import Config
from calque.lock import Lock
from calque.model.api import Api
from calque.model.declarations import Enumeration
from calque.naming.chosen import Choice, choices, extensible
from calque.naming.ids import class_of, like
from calque.naming.moves import Fact, Forms, formed, placed
from calque.naming.names import Names, name
from calque.naming.past import Past, in_place, remembered, with_places


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """A name that the document would no longer give: what is called `old` would be `new`.

    `kind` is that of a fact, `before` and `after` are the document's own words.
    """

    id: str
    kind: str
    before: str
    after: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """An API with its operations where they belong, its names, and what is to be decided.

    `known` is for the lock: what the document said when the names were given.
    """

    api: Api
    names: Names
    renames: tuple[Rename, ...]
    known: Mapping[str, str]


def settle(
    api: Api,
    config: Config,
    memory: Lock,
    *,
    accept: bool = False,
    forms: Forms | None = None,
) -> Settled:
    """The names of an API, those that a lock remembers kept, however its things moved.

    Where the document has another name for what had one already, that is a rename: it is
    proposed, or with `accept` carried out, and the old name kept as an alias. What was told
    of declarations before, `forms` may know.
    """
    declared = _declared(api, forms or Forms(formed))
    now = placed(api) | declared
    past = remembered(api, now, memory)
    chosen = choices(api, config)
    fixed = {choice.id: choice.name for choice in chosen}
    kept = in_place(api, past, config)
    aliases = _aliases(kept, past, fixed)
    names = name(kept, config, past.names, fixed, aliases, past.modules)
    candidates = _candidates(api, now, kept, past, fixed)
    renames: tuple[Rename, ...] = ()
    if candidates:
        # All else is called as it is now: the next run finds it so.
        open_ = {id_: n for id_, n in names.given.items() if id_ not in candidates}
        fresh = name(api, config, open_, fixed, aliases, past.modules)
        renames = tuple(_renames(api, now, kept, names, fresh, past))
        if accept:
            former = {**aliases, **_former(kept, names, renames)}
            kept = with_places(api, former, past)
            names = name(kept, config, open_, fixed, former, past.modules)
            renames = ()
    names = replace(names, aliases=_sound(kept, names))
    extensible(kept, names, config)
    _undisplaced(kept, names, past, chosen, config)
    known = _known(placed(kept) | declared, past, renames)
    return Settled(api=kept, names=names, renames=renames, known=known)


def _declared(api: Api, forms: Forms) -> dict[str, Fact]:
    return {declaration.id: forms(declaration) for declaration in api.declarations}


def _aliases(api: Api, past: Past, fixed: Mapping[str, str]) -> dict[str, str]:
    """The names of old: those of the lock, and those that others were chosen for."""
    # Of a lock that two sides wrote, one may have renamed what is as ever on the other.
    as_ever = _written(api, lambda id_: past.names.get(id_, ""))
    found = {
        name: id_ for name, id_ in past.aliases.items() if as_ever.get(id_) != name
    }
    for operation in api.operations:
        before = past.known.get(operation.id)
        if operation.id in fixed and before and before.mark in past.names:
            was = f"{past.names[before.mark]}.{past.names.get(operation.id, '')}"
            if past.names.get(operation.id):
                found[was] = operation.id
    for group in api.groups:
        if group.id in fixed and group.id in past.names:
            found[past.names[group.id]] = group.id
    for declaration in api.declarations:
        class_, stand_in = class_of(declaration.id), like(declaration.id)
        if class_ in fixed and class_ in past.names:
            found[f"models.{past.names[class_]}"] = declaration.id
            if stand_in in past.names:
                found[f"models.{past.names[stand_in]}"] = stand_in
    return found


def _former(api: Api, names: Names, renames: Iterable[Rename]) -> dict[str, str]:
    """The names that renames leave behind; an enumeration's alias goes with its class."""
    written, ids = public(api, names), [rename.id for rename in renames]
    there = (id_ for each in ids for id_ in (each, like(each)) if id_ in written)
    return {written[id_]: id_ for id_ in there}


def _candidates(
    api: Api,
    now: Mapping[str, Fact],
    kept: Api,
    past: Past,
    fixed: Mapping[str, str],
) -> frozenset[str]:
    """The Ids under which a name is kept that the document may no longer give."""
    said = {
        id_
        for id_, fact in now.items()
        if id_ in past.known and past.known[id_].hint != fact.hint
    }
    there = {o.id: o.group for o in api.operations}
    said |= {o.id for o in kept.operations if there[o.id] != o.group}
    named = {id_ for i in said for id_ in (i, class_of(i), like(i)) if id_ not in fixed}
    return frozenset(named & past.names.keys())


def _renames(
    api: Api,
    now: Mapping[str, Fact],
    kept: Api,
    names: Names,
    fresh: Names,
    past: Past,
) -> Iterator[Rename]:
    """What would be called otherwise, if the document had its way."""
    new = public(api, fresh)
    groups = {o.id: o.group for o in api.operations}
    for id_, old in public(kept, names).items():
        if id_ not in now or id_ not in past.known:
            continue
        before, after = past.known[id_], now[id_]
        moved = id_ in groups and before.mark != groups[id_]
        called = old.rpartition(".")[2], new[id_].rpartition(".")[2]
        if (before.hint != after.hint or moved) and (moved or called[0] != called[1]):
            yield Rename(
                id=id_,
                kind=after.kind,
                before=before.hint,
                after=after.hint,
                old=old,
                new=new[id_],
            )


def public(api: Api, names: Names) -> dict[str, str]:
    """What callers write for everything that can be renamed, by Id."""
    return _written(api, names.__getitem__)


def _written(api: Api, name_of: Callable[[str], str]) -> dict[str, str]:
    return {
        **{group.id: name_of(group.id) for group in api.groups},
        **{o.id: f"{name_of(o.group)}.{name_of(o.id)}" for o in api.operations},
        **{d.id: f"models.{name_of(class_of(d.id))}" for d in api.declarations},
        **{
            like(d.id): f"models.{name_of(like(d.id))}"
            for d in api.declarations
            if isinstance(d, Enumeration)
        },
    }


def _sound(api: Api, names: Names) -> dict[str, str]:
    """The aliases that still mean something, and nothing else."""
    now = public(api, names)
    taken = set(now.values())
    return {a: i for a, i in names.aliases.items() if i in now and a not in taken}


def _undisplaced(
    api: Api, names: Names, past: Past, chosen: Iterable[Choice], config: Config
) -> None:
    """Raises ConfigError for a chosen name that something else had before, and loses."""
    now, fixed = public(api, names), {choice.id for choice in chosen}
    before = _written(api, lambda id_: past.names.get(id_, ""))
    had = {
        before[id_]: past.known.get(id_.removesuffix(like("")))
        for id_ in now
        if before[id_] != now[id_] and fixed.isdisjoint((id_, class_of(id_)))
    }
    for choice in chosen:
        name = now.get(choice.id.removesuffix(class_of("")), "")
        if loser := had.get(name):
            words = (
                f"`{name}` is what `{loser.hint}` is called so far; choose a name for "
                "that too, or another one for this"
            )
            raise config.wrong(f"`[{choice.table}]`: {words}", choice.table, choice.key)


def _known(
    now: Mapping[str, Fact], past: Past, renames: Iterable[Rename]
) -> dict[str, str]:
    """What to remember; of a rename that is not decided, what was said before."""
    open_ = {rename.id for rename in renames}
    found: dict[str, str] = {}
    for id_, fact in now.items():
        before = past.known.get(id_)
        if id_ in open_ and before:
            mark = before.mark if before.kind == "operation" else fact.mark
            fact = replace(before, mark=mark)
        found[id_] = str(fact)
    return found
