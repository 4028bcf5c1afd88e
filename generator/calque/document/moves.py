"""Where values went that stand elsewhere in the 3.1 form than in the document's text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from calque.document.node import split

_DEEPEST = 5
"""A value moves down by four places at most: `$ref` to `anyOf/0/allOf/0/$ref`."""


@dataclass(frozen=True, slots=True)
class Moves:
    """The moved members: the Id each has in the text, and its new path from its parent.

    `{"#/components/schemas/Pet/allOf": "anyOf/0/allOf"}`: what stood in `allOf` of
    `Pet`, and everything below it, is now one schema further down.
    """

    paths: Mapping[str, str] = field(default_factory=dict[str, str])

    def current(self, pointer: str) -> str:
        """The Id that the value written at `pointer` has now."""
        if not self.paths:
            return pointer
        written, *steps = pointer.split("/")
        now = written
        for step in steps:
            written = f"{written}/{step}"
            now = f"{now}/{self.paths.get(written, step)}"
        return now

    def original(self, pointer: str) -> str:
        """The Id under which the value now at `pointer` was written."""
        if not self.paths:
            return pointer
        old = {f"{split(w)[0]}/{now}": w for w, now in self.paths.items()}
        written, *steps = pointer.split("/")
        while steps:
            for count in range(min(_DEEPEST, len(steps)), 0, -1):
                moved = old.get("/".join((written, *steps[:count])))
                if moved is not None:
                    written, steps = moved, steps[count:]
                    break
            else:
                written, steps = f"{written}/{steps[0]}", steps[1:]
        return written


@dataclass(frozen=True, slots=True)
class Origins:
    """Where values stand in a text of another form: the Ids they have, and those there.

    What is below a value stands below it there as well, unless it has an Id of its own.
    """

    written: Mapping[str, str] = field(default_factory=dict[str, str])

    def original(self, pointer: str) -> str:
        """The Id under which the value now at `pointer` was written."""
        return replaced(self.written, pointer)


def replaced(ids: Mapping[str, str], pointer: str) -> str:
    """An Id with the longest beginning of it that is among `ids` replaced."""
    here, rest = pointer, ""
    while ids and here:
        if here in ids:
            return ids[here] + rest
        above, slash, last = here.rpartition("/")
        if not slash:
            break
        here, rest = above, f"/{last}{rest}"
    return pointer
