"""How a document is understood that was understood before: what did not change stays.

A unit means what it says, and what the units mean that it refers to. So a document of those
that changed, of all that refer to them, and of all that these refer to, means of them what
the whole one does. What a unit can say of others without a reference is looked at before:
the frame, an operationId that stands twice, the names of members that go one way. Wherever
there is doubt, the whole document is understood anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from calque.codes import Code
from calque.diagnostics import Diagnostic
from calque.document import Terms, judged
from calque.document.divided import Divided, divided
from calque.document.moves import Moves
from calque.document.node import ROOT, Json, Node
from calque.document.outline import NONE, Extent, extents
from calque.document.reached import backwards, reached, with_first
from calque.document.read import Reading
from calque.document.spec import read_spec
from calque.document.units import (
    FRAME,
    Unit,
    digest,
    unit,
    unit_of,
    unread,
)
from calque.model import Members, whole
from calque.model.api import Operation
from calque.model.places import WEBHOOKS
from calque.model.webhook import Webhook
from calque.naming.moves import Fact
from calque.pipeline import Progress, Result, understood

T = TypeVar("T", Operation, Webhook)

_MOST = 0.5
"""The share of a document's units above which it is understood as a whole."""

_FAR = {Code.DUPLICATE_OPERATION_ID, Code.DANGLING_REF, Code.UNREADABLE_REF}
"""What is said of a unit because of another that it does not, or can't, refer to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a document meant: its units, by Id with their digests, and what came of each.

    By their `texts` units are known again without being read, where they were JSON.

    `digests_of` and `forms` are what was asked of members, by their Ids, of those that the
    package shows just as they are here.
    """

    digests: Mapping[str, str]
    units: Mapping[str, Unit]
    diagnostics: tuple[Diagnostic, ...]
    moves: Mapping[str, str]
    members: Members
    texts: Mapping[str, Extent] = field(default_factory=dict[str, Extent])
    digests_of: Mapping[str, str] = field(default_factory=dict[str, str])
    forms: Mapping[str, Fact] = field(default_factory=dict[str, Fact])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """The units of another document: all, those that may mean something else, and those
    that have to be read to know what.
    """

    units: Mapping[str, Unit]
    touched: frozenset[str]
    wanted: frozenset[str]


def understand(
    spec: Path,
    progress: Progress,
    terms: Terms,
    before: Understood | None,
    workers: int = 1,
) -> tuple[Result, Understood | None]:
    """What a document means, and what the next run may be told of it.

    None: it can do with what this one was told, or can't do with anything.
    """
    progress("reading and validating")
    reading = read_spec(spec, terms, before.texts if before else NONE)
    now = _units(reading)
    digests = _digests(reading, now, before)
    change = _change(before, now, digests) if before else None
    if before and change and not reading.diagnostics:
        part = partly(reading, now, change.wanted)
        if found := _again(part, spec, terms, progress, before, change):
            return found, None
    if reading.outline and reading.outline.known:
        reading = partly(reading, now, now.keys())
    result = understood(judged(reading, spec, terms, workers), progress, terms)
    return result, _told(result, reading, now, digests)


def _units(reading: Reading) -> Divided:
    if reading.outline:
        return reading.outline.units
    return divided(reading.root.mapping() if reading.root else {})


def _digests(
    reading: Reading, now: Divided, before: Understood | None
) -> dict[str, str]:
    """What tells the units from others; those of a text that was known have none other."""
    if before is None or reading.outline is None:
        return {id_: digest(value) for id_, value in now.items()}
    told, still = before.digests, reading.outline.known
    return {id_: told[id_] if id_ in still else digest(now[id_]) for id_ in now}


def partly(reading: Reading, now: Divided, wanted: Set[str]) -> Reading:
    """A document with its frame, and with some of its units."""
    return replace(reading, root=Node(ROOT, now.only(wanted)))


def _told(
    result: Result,
    reading: Reading,
    now: Divided,
    digests: Mapping[str, str],
) -> Understood | None:
    """What can be told of a document, unless something in it depends on all the rest."""
    if result.resolved is None or result.members is None:
        return None
    document = result.resolved.document
    units = {id_: unit(value) for id_, value in now.items()}
    apart = document.origins.written or document.files.unread
    if apart or not all(each.alone for each in units.values()):
        return None
    if any(map(_bound, result.diagnostics)):
        return None
    source = reading.source
    return Understood(
        digests=digests,
        texts=extents(source.text, source.places),
        units=units,
        diagnostics=result.diagnostics,
        moves=document.moves.paths,
        members=result.members,
    )


def _bound(diagnostic: Diagnostic) -> bool:
    """Whether something is said of a place in the text, or of several units together."""
    return diagnostic.position is not None or diagnostic.code in _FAR


def _twice(units: Mapping[str, Unit]) -> bool:
    """Whether an operationId stands twice, which is told of one of them alone."""
    ids = Counter(id_ for each in units.values() for id_ in each.ids)
    return any(times > 1 for times in ids.values())


def _change(
    before: Understood, now: Mapping[str, Json], digests: Mapping[str, str]
) -> _Change | None:
    """What is to be read of another document; None: all."""
    either = before.digests.keys() | digests.keys()
    changed = {i for i in either if before.digests.get(i) != digests.get(i)}
    fresh = {id_: unit(now[id_]) for id_ in changed if id_ in now}
    units = {id_: fresh.get(id_) or before.units[id_] for id_ in now}
    if (
        FRAME in changed
        or not all(each.alone for each in fresh.values())
        or _twice(units)
        or _one_way(units) != _one_way(before.units)
        or _together(before.digests, digests) != _together(digests, before.digests)
    ):
        return None
    old, new = _edges(before.units), _edges(units)
    referring = backwards(old, new)
    touched = reached(changed | {FRAME}, referring)
    read = {i for i in touched if not unread(i) or referring.get(i)}
    # Who no longer refers to something may have named it, or had something to say of it.
    wanted = (reached(read, new) | reached(read, old)) & units.keys()
    wanted = with_first(wanted, units, new)
    if len(wanted) > _MOST * len(units):
        return None
    return _Change(units=units, touched=touched, wanted=wanted)


def _one_way(units: Mapping[str, Unit]) -> frozenset[str]:
    return frozenset(name for each in units.values() for name in each.one_way)


def _together(ids: Iterable[str], others: Mapping[str, str]) -> list[str]:
    """The units that others are too, in their order: it is that of what they declare, and
    the first names what it shares.
    """
    return [i for i in ids if i in others]


def _edges(units: Mapping[str, Unit]) -> dict[str, set[str]]:
    """Which units each depends on: those it refers to; a family on those that extend it."""
    found = {id_: set(each.refers) for id_, each in units.items()}
    extends = {id_: set(each.extends) for id_, each in units.items() if each.extends}
    for id_ in extends:
        for base in reached({id_}, extends) - {id_}:
            if base in units and units[base].family:
                found[base].add(id_)
    return found


def _again(
    part: Reading,
    spec: Path,
    terms: Terms,
    progress: Progress,
    before: Understood,
    change: _Change,
) -> Result | None:
    """What a document means, of which the units that are wanted are read."""
    result = understood(
        judged(part, spec, terms, 1, _one_way(change.units)), progress, terms
    )
    if result.resolved is None or result.members is None:
        return None
    if any(map(_bound, result.diagnostics)):
        return None
    members = _members(before.members, result.members, change)
    if members is None or _beside(before, change) != _beside(result, change):
        return None
    document = result.resolved.document
    moves = {
        i: to for i, to in before.moves.items() if unit_of(i) not in change.touched
    }
    said = (d for d in before.diagnostics if unit_of(d.pointer) not in change.touched)
    more = (d for d in result.diagnostics if unit_of(d.pointer) in change.touched)
    return replace(
        result,
        value=whole(result.resolved, members),
        diagnostics=(*said, *more),
        locator=replace(document, moves=Moves(moves | dict(document.moves.paths))),
        members=members,
    )


def _beside(told: Understood | Result, change: _Change) -> set[Diagnostic]:
    """What is said of units that were read, and not touched: who extends them may say it."""
    read = change.wanted - change.touched
    return {each for each in told.diagnostics if unit_of(each.pointer) in read}


def _members(before: Members, part: Members, change: _Change) -> Members | None:
    """All members: those of the units that were touched as they are now.

    None where the others seem to have changed too: then something was overlooked.
    """
    old = {d.id: d for d in before.declarations}
    new = {d.id: d for d in part.declarations}
    if any(each.callback_of for each in (*before.webhooks, *part.webhooks)):
        return None  # Of a callback it is told which operations have it.
    still = {i: d for i, d in old.items() if unit_of(i) not in change.touched}
    there = {i: d for i, d in new.items() if unit_of(i) not in change.touched}
    if there != {i: d for i, d in still.items() if unit_of(i) in change.wanted}:
        return None
    declarations = still | {i: d for i, d in new.items() if i not in there}
    kept = {i: e for i, e in before.extended.items() if i not in change.touched}
    sent = _in_order(before.webhooks, part.webhooks, change)
    return Members(
        operations=tuple(_in_order(before.operations, part.operations, change)),
        webhooks=tuple(sorted(sent, key=_place)),
        declarations=tuple(d for _, d in sorted(declarations.items())),
        extended=kept | dict(part.extended),
        diagnostics=(),
    )


def _place(webhook: Webhook) -> int:
    """Which member of a document it stands in: they are read one after the other."""
    return WEBHOOKS.index(webhook.id.split("/")[1])


def _in_order(before: Iterable[T], part: Iterable[T], change: _Change) -> list[T]:
    """What is in units, in the order of these; in those that were touched, as it is now."""
    found: dict[str, list[T]] = {id_: [] for id_ in change.units}
    for members, touched in ((before, False), (part, True)):
        for each in members:
            unit_ = unit_of(each.id)
            if (unit_ in change.touched) is touched:
                found[unit_].append(each)
    return [each for members in found.values() for each in members]
