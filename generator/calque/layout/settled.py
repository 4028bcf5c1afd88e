"""Black's second look: the commas that it put at the ends of brackets keep these open.

Black lays out anew what it has laid out, until nothing changes. Parentheses that it put around
a value are then optional once more, while its commas are there to stay.
"""

from __future__ import annotations

from collections.abc import Iterator

from calque.layout.breaks import broken
from calque.layout.leaf import Leaf, Owner
from calque.layout.line import Line


def settled(leaves: list[Leaf], depth: int, inside: bool) -> list[Line]:
    """The lines that black makes of some leaves in the end."""
    before = [(leaf.text, leaf.space) for leaf in leaves]
    lines = broken(Line.of(leaves, depth, inside))
    found = [leaf for line in lines for leaf in line.leaves]
    if len(found) == len(leaves) or not any(map(_is_wrapping, found)):
        return lines
    return broken(Line.of(_again(found, before), depth, inside))


def _is_wrapping(leaf: Leaf) -> bool:
    """Whether a leaf is a parenthesis that need not be there."""
    return leaf.owner is Owner.OPTIONAL and bool(leaf.text)


def _again(found: list[Leaf], before: list[tuple[str, str]]) -> Iterator[Leaf]:
    """The leaves as they were `before` they were broken, and the commas that came of it."""
    at = 0
    for leaf in found:
        text, space = before[at]
        if leaf.text == "," and text != ",":
            yield leaf
        else:
            yield Leaf(leaf.kind, text, space, leaf.owner)
            at += 1
