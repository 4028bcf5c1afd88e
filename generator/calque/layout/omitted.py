"""Which brackets a line need not be broken at: optional ones, and those at its end."""

from __future__ import annotations

from collections.abc import Iterator

from calque.layout.leaf import Kind, Leaf, Owner
from calque.layout.line import DOT, Line, commas_between
from calque.layout.strings import WIDTH


def can_omit(body: Line) -> bool:
    """Whether a body reads well without the optional brackets around it."""
    if not body.delimiters:
        return True
    priority = body.priority()
    if sum(p == priority for p in body.delimiters.values()) > 1:
        return False
    if priority == DOT:
        return True
    first, second, *_ = body.leaves
    if (
        first.kind is Kind.OPEN
        and second.kind is not Kind.CLOSE
        and _opens(body, first)
    ):
        return True
    penultimate, last = body.leaves[-2:]
    if last.kind is not Kind.CLOSE or last.owner is Owner.SUBSCRIPT:
        return False
    return penultimate.kind is not Kind.OPEN and _closes(body, last)


def _opens(line: Line, first: Leaf) -> bool:
    """Whether what follows the brackets that begin a line fits, or can be broken."""
    remainder, length = False, 4 * line.depth
    for _, leaf, width in line.lengths():
        if leaf.kind is Kind.CLOSE and leaf.opening is first:
            remainder = True
        if remainder:
            length += width
            if length > WIDTH:
                return False
            if leaf.kind is Kind.OPEN:
                remainder = False
    return True


def _closes(line: Line, last: Leaf) -> bool:
    """Whether what comes before the brackets that end a line fits, or can be broken."""
    length, others = 4 * line.depth, False
    for _, leaf, width in line.lengths():
        length += width
        if leaf is last.opening:
            if others or length <= WIDTH:
                return True
        elif leaf.kind is Kind.OPEN:
            others = True
    return False


def trailers_to_omit(line: Line) -> Iterator[set[int]]:
    """The brackets at the end that may stay closed, more and more of them."""
    omitted: set[int] = set()
    if not line.magic:
        yield omitted
    length = 4 * line.depth
    opening: Leaf | None = None
    closing: Leaf | None = None
    inner: set[int] = set()
    for index, leaf, width in line.lengths(backwards=True):
        length += width
        if length > WIDTH:
            break
        before = line.leaves[index - 1] if index else None
        if opening is not None:
            if leaf is opening:
                opening = None
            elif leaf.kind is Kind.CLOSE:
                if _must_open(leaf, before, line.leaves[:index]):
                    break
                inner.add(id(leaf))
        elif leaf.kind is Kind.CLOSE:
            if before is not None and before.kind is Kind.OPEN:
                inner.add(id(leaf))
                continue
            if closing is not None:
                omitted.add(id(closing))
                omitted |= inner
                inner.clear()
                yield omitted
            if _must_open(leaf, before, line.leaves[:index]):
                break
            if leaf.text:
                opening, closing = leaf.opening, leaf


def _must_open(leaf: Leaf, before: Leaf | None, leaves: list[Leaf]) -> bool:
    """Whether brackets end with a comma that keeps them open."""
    if before is None or before.text != "," or leaf.opening is None:
        return False
    one = leaf.text == ")" and leaf.owner is Owner.TUPLE
    return not (one and commas_between(leaf, leaves) < 2)
