"""Where the things that a lock knows are in another document: what moved, told by what it is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import TypeAlias, assert_never

from calque.model.api import Api
from calque.model.asked import Asked
from calque.model.declarations import Declaration, Enumeration, Record, Union

_COMPONENT = re.compile(r"[^#]*#/components/schemas/[^/]+")
_INDEX = re.compile(r"/(oneOf|anyOf)/\d+")
_VARIABLE = re.compile(r"\{[^}/]*\}")
_REFERENCE = re.compile(r"""Ref\(id=('[^']*'|"[^"]*")\)""")

_NEAR = 0.6
"""How alike two names are at least of which one may have become the other."""

_TELLING = 3
"""How many members a form has at least that tells a thing from all others."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a thing was called in a document, and what tells it from others.

    `mark` is the resource of an operation; of a declaration, how many members it has and
    a digest of its form.
    """

    kind: str
    hint: str
    mark: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.kind, self.hint, self.mark)))


def fact(text: str) -> Fact:
    """The fact in a line of the lock."""
    kind, _, rest = text.partition(" ")
    if kind == "resource":
        return Fact(kind, rest)
    hint, _, mark = rest.rpartition(" ")
    return Fact(kind, hint, mark)


def placed(api: Api) -> dict[str, Fact]:
    """What there is to know of resources and operations, by Id."""
    resources = {g.id: Fact("resource", g.hint) for g in api.groups}
    return resources | {
        o.id: Fact("operation", o.operation_id or "", o.group) for o in api.operations
    }


def formed(declaration: Declaration) -> Fact:
    """What there is to know of a declaration in another document."""
    match declaration:
        case Record(fields=fields):
            form = sorted(f"{f.name} {f.type} {f.required}" for f in fields)
        case Enumeration(members=members):
            form = sorted(repr(m.value) for m in members)
        case Union(options=options, mapping=mapping):
            form = [*map(str, options), *sorted(str(v) for v, _ in mapping)]
        case _:
            assert_never(declaration)
    plain = _REFERENCE.sub("Ref", "\n".join(form))
    mark = f"{len(form)}:{sha256(plain.encode()).hexdigest()[:8]}"
    kind = type(declaration).__name__.lower()
    return Fact(kind, " ".join(declaration.hint), mark)


Forms: TypeAlias = Asked[Declaration, Fact]


class Moves:
    """The way from the Ids of one document to those of another."""

    def __init__(self, known: Mapping[str, Fact], now: Mapping[str, Fact]) -> None:
        self._known, self._now = known, now
        self._to: dict[str, str] = {}
        self._gone: set[str] = set()
        self._operations()
        self._options()
        self._components()
        # What stood where something else has come to stand is gone.
        self._gone = set(self._to.values()) - self._to.keys()

    @property
    def none(self) -> bool:
        """Whether everything is where it was."""
        return not self._gone and all(old == new for old, new in self._to.items())

    def __call__(self, id_: str) -> str | None:
        """Where what stood at an Id, or below it, is now; None: nowhere."""
        above = id_
        while above:
            if above in self._to:
                return self._to[above] + id_[len(above) :]
            if above in self._gone:
                return None
            above = above.rpartition("/")[0]
        return id_

    def _pair(self, old: Mapping[str, object], new: Mapping[str, object]) -> None:
        """Takes those for the same that alone have a key, on both sides."""
        taken = set(self._to.values())
        before = _alone((id_, key) for id_, key in old.items() if id_ not in self._to)
        after = _alone((id_, key) for id_, key in new.items() if id_ not in taken)
        self._to |= {before[k]: after[k] for k in before.keys() & after.keys()}

    def _operations(self) -> None:
        """By operationId; else by path and method, whatever its variables are called."""
        old = {i: f.hint for i, f in self._known.items() if f.kind == "operation"}
        new = {i: f.hint for i, f in self._now.items() if f.kind == "operation"}
        # Where an Id has got an operationId that is new, that is a rename, and its old one
        # is free for others.
        hints = set(old.values())
        told = {i: h for i, h in old.items() if new.get(i, h) in hints}
        self._pair(_named(told), _named(new))
        self._pair({id_: id_ for id_ in old}, {id_: id_ for id_ in new})
        self._pair(
            {id_: _VARIABLE.sub("{}", id_) for id_ in old},
            {id_: _VARIABLE.sub("{}", id_) for id_ in new},
        )

    def _options(self) -> None:
        """Variants of a union by their form, wherever in its list they stand."""
        old = {i: self(i) or i for i in self._known if _INDEX.search(i)}
        new = {i: i for i in self._now if _INDEX.search(i)}
        self._pair(
            {i: (_unnumbered(at), self._known[i].mark) for i, at in old.items()},
            {i: (_unnumbered(at), self._now[i].mark) for i, at in new.items()},
        )
        self._pair(old, new)
        self._pair(
            {i: _unnumbered(at) for i, at in old.items()},
            {i: _unnumbered(at) for i, at in new.items()},
        )

    def _components(self) -> None:
        """Schemas of the same form under another name: a near one, or any other."""
        old = [i for i in self._known if i not in self._now and _COMPONENT.fullmatch(i)]
        new = [i for i in self._now if i not in self._known and _COMPONENT.fullmatch(i)]
        alike = [
            (before, after, _nearness(self._known[before], self._now[after]))
            for before in old
            for after in new
            if _same(self._known[before], self._now[after])
        ]
        for least in (_NEAR, 0.0):
            taken = {*self._to, *self._to.values()}
            pairs = [(b, a) for b, a, n in alike if n >= least and not {b, a} & taken]
            times = Counter(id_ for pair in pairs for id_ in pair)
            self._to |= {b: a for b, a in pairs if times[b] == times[a] == 1}


def _same(before: Fact, after: Fact) -> bool:
    """Whether one declaration may have become the other: of one form, that says enough."""
    same = (before.kind, before.mark) == (after.kind, after.mark)
    telling = int(before.mark.partition(":")[0] or 0) >= _TELLING
    return same and (telling or _nearness(before, after) >= _NEAR)


def _nearness(before: Fact, after: Fact) -> float:
    return SequenceMatcher(None, before.hint.lower(), after.hint.lower()).ratio()


def _unnumbered(id_: str) -> str:
    return _INDEX.sub(r"/\1", id_)


def _named(hints: Mapping[str, str]) -> dict[str, str]:
    return {id_: hint for id_, hint in hints.items() if hint}


def _alone(keyed: Iterable[tuple[str, object]]) -> dict[object, str]:
    """Of those that alone have a key, by it."""
    found: dict[object, list[str]] = defaultdict(list)
    for id_, key in keyed:
        found[key].append(id_)
    return {key: ids[0] for key, ids in found.items() if len(ids) == 1}
