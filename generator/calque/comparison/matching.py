"""Which thing of the new package is which of the old: by wire name, by Id, by likeness."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from calque.surface import (
    Argument,
    Call,
    Enumeration,
    Field,
    Model,
    Record,
    Surface,
    Union,
    Webhook,
)

T = TypeVar("T")
Key = Callable[[T], Hashable]

_ALIKE = 0.7
"""From which likeness on something gone and something new are taken for the same."""


@dataclass(frozen=True, slots=True)
class Matched(Generic[T]):
    """The things that are in both packages, those that are gone, those that are new."""

    kept: tuple[tuple[T, T], ...]
    lost: tuple[T, ...]
    come: tuple[T, ...]


def matched(old: Iterable[T], new: Iterable[T], keys: Sequence[Key[T]]) -> Matched[T]:
    """Pairs by the first key that two alone have in common; None is no key."""
    kept: list[tuple[T, T]] = []
    lost: list[T] = list(old)
    come: list[T] = list(new)
    for key in keys:
        before, after = _by(key, lost), _by(key, come)
        found = [(before[k], after[k]) for k in before if k in after]
        kept += found
        told = {id(each) for pair in found for each in pair}
        lost = [each for each in lost if id(each) not in told]
        come = [each for each in come if id(each) not in told]
    return Matched(tuple(kept), tuple(lost), tuple(come))


def _by(key: Key[T], things: list[T]) -> dict[Hashable, T]:
    found: dict[Hashable, T] = {}
    twice: set[Hashable] = set()
    for thing in things:
        k = key(thing)
        if k in found:
            twice.add(k)
        if k is not None:
            found[k] = thing
    return {k: thing for k, thing in found.items() if k not in twice}


def alike(found: Matched[T], likeness: Callable[[T, T], float]) -> Matched[T]:
    """The same, with what is gone and new paired where the two are like nothing else."""
    ranked = sorted(
        (
            (likeness(a, b), i, j)
            for i, a in enumerate(found.lost)
            for j, b in enumerate(found.come)
        ),
        reverse=True,
    )
    kept, used = list(found.kept), (set[int](), set[int]())
    for score, i, j in ranked:
        if score >= _ALIKE and i not in used[0] and j not in used[1]:
            kept.append((found.lost[i], found.come[j]))
            used[0].add(i)
            used[1].add(j)
    return Matched(
        tuple(kept),
        tuple(a for i, a in enumerate(found.lost) if i not in used[0]),
        tuple(b for j, b in enumerate(found.come) if j not in used[1]),
    )


def calls(old: Surface, new: Surface) -> Matched[Call]:
    """The calls by what they request, then by operationId."""
    return matched(
        old.calls.values(),
        new.calls.values(),
        [request, lambda call: call.operation_id or None, lambda call: call.call],
    )


def webhooks(old: Surface, new: Surface) -> Matched[Webhook]:
    """The webhooks by Id, then by what the document calls them, then by name."""
    return matched(
        old.webhooks.values(),
        new.webhooks.values(),
        [lambda w: w.id, lambda w: w.wire or None, lambda w: w.name],
    )


def request(call: Call) -> str:
    """What a call requests, whatever its path parameters are named."""
    return f"{call.method} {re.sub(r'{[^}]*}', '{}', call.path)}"


def arguments(old: Call, new: Call) -> Matched[Argument]:
    """The arguments by place and wire name, by position, by wire name, by likeness."""
    found = matched(
        old.arguments,
        new.arguments,
        [
            lambda a: (a.place, a.wire),
            lambda a: a.position or None,
            lambda a: a.wire,
            lambda a: a.name,
        ],
    )
    return alike(found, _same_type)


def fields(old: Sequence[Field], new: Sequence[Field]) -> Matched[Field]:
    """The fields by wire name, by likeness."""
    return alike(matched(old, new, [lambda f: f.wire]), _same_type)


def _same_type(old: Argument | Field, new: Argument | Field) -> float:
    if old.type != new.type or old.required != new.required:
        return 0
    return SequenceMatcher(None, old.name, new.name).ratio()


def models(old: Surface, new: Surface) -> Matched[Model]:
    """The models by name, by Id, by what they hold."""
    found = matched(
        old.models.values(),
        new.models.values(),
        [lambda m: (type(m), m.name), lambda m: m.name, lambda m: (type(m), m.id)],
    )
    return alike(found, _likeness)


def _likeness(old: Model, new: Model) -> float:
    """The share of what two models hold in common."""
    before, after = _contents(old), _contents(new)
    if type(old) is not type(new) or not before & after:
        return 0
    return len(before & after) / len(before | after)


def _contents(model: Model) -> frozenset[str]:
    match model:
        case Record():
            return frozenset(f"{f.wire}: {f.type}" for f in model.fields)
        case Enumeration():
            return frozenset(member.value for member in model.members)
        case Union():
            return frozenset(model.type.split(" | "))


def renames(found: Matched[Model]) -> Mapping[str, str]:
    """The old names of models, and of what may stand for them, that have another now.

    What has the name of something else now has none that it shares with that.
    """
    names = {
        old.name: new.name if type(old) is type(new) else f"{old.name} (old)"
        for old, new in found.kept
    }
    for old, new in found.kept:
        if isinstance(old, Enumeration) and isinstance(new, Enumeration):
            names[old.like] = new.like
    return {old: new for old, new in names.items() if old != new}
