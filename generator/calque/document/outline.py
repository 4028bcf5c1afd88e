"""Where the units of a JSON text stand; of those whose text is known, no more is read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from calque.document.divided import Divided
from calque.document.json_text import Member, without_lone_surrogates
from calque.document.json_values import decoder, deeper_than
from calque.document.limits import MAX_DEPTH
from calque.document.node import ROOT, Json, join
from calque.document.span import Span
from calque.document.units import Keys, levels

_SPACE = re.compile(r"[ \t\n\r]*")
_KEYS = json.JSONDecoder()

_ABOVE = 3
"""How many objects at most stand around a unit."""


class _Unclear(ValueError):
    """A text is not one whose units can be told apart."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How long the text of a unit is, and its digest."""

    length: int
    digest: str


NONE: Mapping[str, Extent] = {}
"""No unit is known by its text."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The units of a text, and where they stand in it."""

    units: Divided
    places: Mapping[str, Member]
    known: frozenset[str]


def outline(text: str, known: Mapping[str, Extent]) -> Outline | None:
    """Takes a text apart; None where it is no object, or where anything is doubtful.

    Units whose texts are `known` are the same values as then, and read when they are asked for.
    """
    scan = _Scan(text, known)
    try:
        top = partial(scan.member, (), scan.frame)
        after = _members(text, _skip(text, 0), top)
    except (ValueError, RecursionError):
        return None
    if _skip(text, after) != len(text):
        return None
    units = Divided(scan.frame, tuple(scan.order), scan.keys, scan.values, scan.read)
    return Outline(units, scan.places, frozenset(scan.keys.keys() - scan.values))


def extents(text: str, places: Mapping[str, Member]) -> dict[str, Extent]:
    """By what the units of a text are known again."""
    return {id_: _extent(text, place.value) for id_, place in places.items()}


def _extent(text: str, span: Span) -> Extent:
    stretch = text[span.start : span.end].encode("utf-8", "surrogatepass")
    return Extent(span.end - span.start, sha256(stretch).hexdigest())


class _Scan:
    """What was found of a text so far."""

    def __init__(self, text: str, known: Mapping[str, Extent]) -> None:
        self._text, self._known = text, known
        self._doubts: list[str] = []
        self._decoder = decoder(self._doubts)
        self.order: list[str] = []
        self.frame: dict[str, Json] = {}
        self.keys: dict[str, Keys] = {}
        self.values: dict[str, Json] = {}
        self.places: dict[str, Member] = {}

    def member(
        self, above: Keys, frame: dict[str, Json], key: str, name: Span, at: int
    ) -> int:
        """A member of the document, or of what holds units in it; where it ends."""
        keys = (*above, key)
        if not above:
            self.order.append(key)
        below = levels(keys)
        if below == 0:
            return self._unit(keys, name, at)
        if below > 0 and self._text.startswith("{", at):
            inside: dict[str, Json] = {}
            frame[key] = inside
            return _members(self._text, at, partial(self.member, keys, inside))
        frame[key], end = self._read(at)
        return end

    def _unit(self, keys: Keys, name: Span, at: int) -> int:
        id_ = join(ROOT, *keys)
        known = self._known.get(id_)
        end = at + known.length if known else at
        if not known or _extent(self._text, Span(at, end)) != known:
            self.values[id_], end = self._read(at)
        self.keys[id_] = keys
        self.places[id_] = Member(name, Span(at, end))
        return end

    def read(self, id_: str) -> Json:
        """The value of a unit that is known."""
        return self._read(self.places[id_].value.start)[0]

    def _read(self, at: int) -> tuple[Json, int]:
        value, end = self._decoder.raw_decode(self._text, at)
        stretch = self._text[at:end]
        lone = without_lone_surrogates(stretch) != stretch
        if lone or self._doubts or deeper_than(MAX_DEPTH - _ABOVE, value):
            raise _Unclear
        return value, end


def _members(text: str, at: int, visit: Callable[[str, Span, int], int]) -> int:
    """Goes over the members of the object that begins at an offset; where it ends.

    `visit` is told a key, where it stands, and where its value begins, and tells where that ends.
    """
    if text[at : at + 1] != "{":
        raise _Unclear
    seen = set[str]()
    mark, at = ",", at + 1
    if text.startswith("}", _skip(text, at)):
        return _skip(text, at) + 1
    while mark == ",":
        key, name = _key(text, _skip(text, at))
        colon = _skip(text, name.end)
        if key in seen or text[colon : colon + 1] != ":":
            raise _Unclear
        seen.add(key)
        at = _skip(text, visit(key, name, _skip(text, colon + 1)))
        mark, at = text[at : at + 1], at + 1
    if mark != "}":
        raise _Unclear
    return at


def _key(text: str, at: int) -> tuple[str, Span]:
    if text[at : at + 1] != '"':
        raise _Unclear
    key, end = _KEYS.raw_decode(text, at)
    return str(key), Span(at, end)


def _skip(text: str, at: int) -> int:
    """Where the next token begins."""
    found = _SPACE.match(text, at)
    return found.end() if found else at
