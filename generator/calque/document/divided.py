"""A document as its frame and its units, which are read once they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from functools import partial
from typing import cast

from calque.document.node import ROOT, Json, join
from calque.document.units import COMPONENTS, FRAME, KEYED, SECURITY_SCHEMES

Keys = tuple[str, ...]
"""What leads to a unit from the outside in."""


class Divided(Mapping[str, Json]):
    """The units of a document by their Ids, in its order: its frame, components last.

    `order` are the keys of the document. What is not among the `values` of units, `read` gives.
    """

    def __init__(
        self,
        frame: dict[str, Json],
        order: tuple[str, ...],
        keys: Mapping[str, Keys],
        values: Mapping[str, Json],
        read: Callable[[str], Json],
    ) -> None:
        self._frame, self._order = frame, order
        ordered = sorted(keys.items(), key=lambda entry: entry[1][0] == COMPONENTS)
        self._keys = dict(ordered)
        self._values = {FRAME: cast("Json", frame), **values}
        self._read = read

    def __getitem__(self, id_: str) -> Json:
        if id_ not in self._values:
            self._values[id_] = self._read(id_)
        return self._values[id_]

    def __iter__(self) -> Iterator[str]:
        return iter((FRAME, *self._keys))

    def __len__(self) -> int:
        return 1 + len(self._keys)

    def only(self, wanted: Set[str]) -> dict[str, Json]:
        """A document with some of the units, and with the frame."""
        found = {key: _copied(key, value) for key, value in self._frame.items()}
        for id_, (*above, last) in self._keys.items():
            if id_ in wanted:
                place = found
                for key in above:
                    place = cast("dict[str, Json]", place[key])
                place[last] = self[id_]
        return {key: found[key] for key in self._order if key in found}


def _copied(key: str, value: Json) -> Json:
    """A member of the frame, into which units can be put."""
    if isinstance(value, dict) and key == COMPONENTS:
        return {k: dict(v) if isinstance(v, dict) else v for k, v in value.items()}
    return {} if isinstance(value, dict) and key in KEYED else value


def divided(root: Mapping[str, Json]) -> Divided:
    """The units of a document that was read as a whole."""
    frame: dict[str, Json] = {}
    keys: list[Keys] = []
    for key, value in root.items():
        if isinstance(value, dict) and key in KEYED:
            frame[key] = {}
            keys.extend((key, name) for name in value)
        elif isinstance(value, dict) and key == COMPONENTS:
            frame[key] = {n: {} if is_divided(n, s) else s for n, s in value.items()}
            sections = ((n, s) for n, s in value.items() if is_divided(n, s))
            keys.extend((key, n, name) for n, s in sections for name in _mapping(s))
        elif is_extension(key):
            keys.append((key,))
        else:
            frame[key] = value
    named = {join(ROOT, *each): each for each in keys}
    return Divided(frame, tuple(root), named, {}, partial(_at, root, named))


def is_extension(key: str) -> bool:
    """Whether a member of the document is a unit itself."""
    return key.startswith("x-") and key not in KEYED


def is_divided(name: str, section: Json) -> bool:
    """Whether the members of a section of `components` are units."""
    return isinstance(section, dict) and name != SECURITY_SCHEMES


def _at(root: Mapping[str, Json], keys: Mapping[str, Keys], id_: str) -> Json:
    value: Json = dict(root)
    for key in keys[id_]:
        value = _mapping(value)[key]
    return value


def _mapping(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
