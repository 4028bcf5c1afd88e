"""A line broken at a pair of brackets: what is before, between and after them."""

from __future__ import annotations

from dataclasses import dataclass

from calque.layout.leaf import Kind, Leaf, Owner, Unknown
from calque.layout.line import COMMA, Line, matched


class CannotBreak(Exception):
    """This way of breaking a line does not help."""


@dataclass(slots=True)
class Parts:
    """A line broken at a pair of brackets."""

    head: Line
    body: Line
    tail: Line
    opening: Leaf
    closing: Leaf

    @property
    def optional(self) -> bool:
        """Whether the brackets are there only if the line is broken at them."""
        return not self.opening.text and not self.closing.text


def last_brackets(line: Line, omitted: frozenset[int]) -> Parts:
    """A line broken at its last brackets that are not omitted; raises CannotBreak."""
    leaves = line.leaves
    for end in range(len(leaves) - 1, -1, -1):
        closing = leaves[end]
        if closing.kind is not Kind.CLOSE or id(closing) in omitted:
            continue
        start = _place(closing.opening, leaves)
        if start is None:
            raise CannotBreak
        # Empty brackets stay with what follows them.
        if start < end - 1:
            return split(line, start, end)
    raise CannotBreak


def _place(wanted: Leaf | None, leaves: list[Leaf]) -> int | None:
    return next((i for i, leaf in enumerate(leaves) if leaf is wanted), None)


def split(line: Line, start: int, end: int) -> Parts:
    """A line broken at the brackets in two places of it."""
    leaves, opening = line.leaves, line.leaves[start]
    inner = leaves[start + 1 : end]
    if _wants_comma(inner, line, opening):
        inner = [*inner, Leaf(Kind.OPERATOR, ",")]
    body = Line.of(inner, line.depth + 1, True)
    body.exploded = _is_exploded(body, opening)
    head = _head(leaves[: start + 1], line.depth)
    tail = Line.of(leaves[end:], line.depth, False, tracked=False)
    return Parts(head, body, tail, opening, leaves[end])


def _head(leaves: list[Leaf], depth: int) -> Line:
    head, inner = Line(depth), matched(leaves)
    for leaf in leaves:
        head.append(leaf, id(leaf) in inner)
    return head


def _wants_comma(inner: list[Leaf], line: Line, opening: Leaf) -> bool:
    """Whether black adds a comma to what goes on a line of its own."""
    if line.is_import:
        return inner[-1].text != ","
    if not line.is_def or opening.text != "(" or opening.owner is not Owner.PARAMETERS:
        return False
    if any(leaf.text == "," and leaf.depth == 1 for leaf in inner):
        return False
    if any(leaf.text == "=" for leaf in inner):
        raise Unknown("one parameter with a default")
    return True


def _is_exploded(body: Line, opening: Leaf) -> bool:
    last = body.leaves[-1]
    trailing = last.text == ","
    if body.priority(last if trailing else None) != COMMA:
        return False
    displays = (Owner.DISPLAY, Owner.TUPLE, Owner.OPTIONAL, Owner.IMPORT)
    return trailing or opening.owner in displays
