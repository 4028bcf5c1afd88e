"""A document as its frame and its units, which are read once they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from functools import partial
from typing import cast

from calque.document.node import ROOT, Json, join
from calque.document.units import COMPONENTS, FRAME, Keys, levels


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
        found = _frame(self._frame, (), [])
        for id_, (*above, last) in self._keys.items():
            if id_ in wanted:
                place = found
                for key in above:
                    place = cast("dict[str, Json]", place[key])
                place[last] = self[id_]
        return {key: found[key] for key in self._order if key in found}


def divided(root: Mapping[str, Json]) -> Divided:
    """The units of a document that was read as a whole."""
    units: list[Keys] = []
    frame = _frame(root, (), units)
    named = {join(ROOT, *keys): keys for keys in units}
    return Divided(frame, tuple(root), named, {}, partial(_at, root, named))


def _frame(
    members: Mapping[str, Json], above: Keys, units: list[Keys]
) -> dict[str, Json]:
    """What of an object is in no unit; the keys of the units in it are added to those."""
    frame: dict[str, Json] = {}
    for key, value in members.items():
        keys = (*above, key)
        below = levels(keys)
        if below == 0:
            units.append(keys)
        elif isinstance(value, dict) and below > 0:
            frame[key] = _frame(value, keys, units)
        else:
            frame[key] = value
    return frame


def _at(root: Mapping[str, Json], keys: Mapping[str, Keys], id_: str) -> Json:
    value: Json = dict(root)
    for key in keys[id_]:
        value = cast("dict[str, Json]", value)[key]
    return value
