"""When a file that is made of a part of an API would come out as it did before.

Such a file is a function of the members that it shows, and of what is looked up while it
is made: names, modules and declarations, by their Ids. Where all of these are what they
were, so is its text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias, TypeVar

from calque.model.api import Api
from calque.model.asked import Asked, Member
from calque.model.declarations import Union
from calque.naming import Names
from calque.render.annotations import Scope, anywhere

T = TypeVar("T")

Key: TypeAlias = tuple[str, str]
"""Which file it is: the name in braces in its template's path, and what takes its place.

Of what the lock says of callers' view of one: what it is, and whose.
"""

_APART = (
    "a part of a package looks up what it needs, and does not go through everything"
)


@dataclass(frozen=True, slots=True)
class Looked:
    """The Ids that were looked up while a file was made, there or not."""

    names: set[str] = field(default_factory=set[str])
    modules: set[str] = field(default_factory=set[str])
    declarations: set[str] = field(default_factory=set[str])
    unions: set[str] = field(default_factory=set[str])


@dataclass(frozen=True, slots=True)
class Part:
    """A file: the members that it was made of, what was looked up, and its final text."""

    members: str
    looked: Looked
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """All that files are made of, as values that can be compared.

    `rest` is what goes by no Id, of the names and of templates; `digests` are those of the
    declarations and operations, `unions` those of unions alone.
    """

    rest: str
    names: Mapping[str, str]
    modules: Mapping[str, str]
    digests: Mapping[str, str]
    unions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A file in its final layout, and the digest of what was laid out."""

    filled: str
    text: str


@dataclass(frozen=True, slots=True)
class Past:
    """The files of an earlier package by their keys, and what they were made of.

    `laid_out` are those others that were laid out, by their paths.
    """

    basis: Basis
    parts: Mapping[Key, Part]
    laid_out: Mapping[str, LaidOut]


Digests: TypeAlias = Asked[Member, str]


def basis(api: Api, names: Names, own: Mapping[str, Path], digests: Digests) -> Basis:
    """What the files of a package are made of; `own` are templates that are not calque's."""
    bare = replace(names, given={}, module_of={})
    templates = {name: path.read_text("utf-8") for name, path in own.items()}
    told = {
        member.id: digests(member) for member in (*api.declarations, *api.operations)
    }
    unions = (d.id for d in api.declarations if isinstance(d, Union))
    return Basis(
        rest=digest_of((bare, templates)),
        names=names.given,
        modules=names.module_of,
        digests=told,
        unions={id_: told[id_] for id_ in unions},
    )


def digest_of(value: object) -> str:
    """What tells a value from others, even where Python takes two for equal: 1 and True."""
    return sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()


class Parts:
    """Makes the files of a package, and takes from an earlier one those that still hold.

    `made` has all of them; a text is only known of those that were taken.
    """

    def __init__(
        self,
        api: Api,
        names: Names,
        past: Past | None,
        own: Mapping[str, Path],
        digests: Digests,
    ) -> None:
        self.basis = basis(api, names, own, digests)
        self.made: dict[Key, Part] = {}
        self._whole = anywhere(api, names)
        # A template that is not calque's own may show more than its members.
        alike = past is not None and not own and past.basis.rest == self.basis.rest
        self._known: Mapping[Key, Part] = past.parts if past and alike else {}
        self._changed = _changed(past.basis, self.basis) if past else Looked()

    def part(
        self,
        key: Key,
        members: Iterable[Member],
        make: Callable[[Scope], T],
        *others: object,
    ) -> T | str:
        """The text of a file as it was, or what `make` gives to fill its template with.

        `members` are what it shows, in this order, and `others` what it takes besides.
        """
        known = self._known.get(key)
        shown = digest_of(([self.basis.digests[m.id] for m in members], others))
        if known and known.members == shown and self._holds(known.looked):
            self.made[key] = known
            return known.text
        looked = Looked()
        view = make(self._watched(looked))
        self.made[key] = Part(shown, looked)
        return view

    def text(
        self,
        key: Key,
        members: Iterable[Member],
        make: Callable[[Scope], str],
        *others: object,
    ) -> str:
        """As `part`, of what has its final text as soon as it is made."""
        text = self.part(key, members, make, *others)
        if not self.made[key].text:
            self.made[key] = replace(self.made[key], text=text)
        return text

    def _holds(self, looked: Looked) -> bool:
        changed = self._changed
        return (
            looked.names.isdisjoint(changed.names)
            and looked.modules.isdisjoint(changed.modules)
            and looked.declarations.isdisjoint(changed.declarations)
            and looked.unions.isdisjoint(changed.unions)
        )

    def _watched(self, looked: Looked) -> Scope:
        """A scope of all that there is, which notes what of it is looked up."""
        whole = self._whole
        names = replace(
            whole.names,
            given=_Watched(whole.names.given, looked.names),
            module_of=_Watched(whole.names.module_of, looked.modules),
        )
        return Scope(
            names=names,
            declarations=_Watched(whole.declarations, looked.declarations),
            unions=_Watched(whole.unions, looked.unions),
        )


class _Watched(Mapping[str, T]):
    """A mapping that notes what is looked up in it, there or not."""

    def __init__(self, held: Mapping[str, T], looked: set[str]) -> None:
        self._held, self._looked = held, looked

    def __getitem__(self, key: str) -> T:
        self._looked.add(key)
        return self._held[key]

    def __iter__(self) -> Iterator[str]:
        raise TypeError(_APART)

    def __len__(self) -> int:
        raise TypeError(_APART)


def _changed(before: Basis, now: Basis) -> Looked:
    """The Ids that mean something else by now; those that came or went among them."""
    return Looked(
        names=_different(before.names, now.names),
        modules=_different(before.modules, now.modules),
        declarations=_different(before.digests, now.digests),
        unions=_different(before.unions, now.unions),
    )


def _different(before: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    if before == now:
        return set()
    return {i for i in before.keys() | now.keys() if before.get(i) != now.get(i)}
