"""Where a line that does not fit is broken: black's rules for the code that calque writes.

A line is broken at its last brackets that help, or between its elements, or around the
right-hand side of an assignment, in that order of preference; what comes of it is broken
further in the same way. Names follow `black.linegen`, whose decisions these are.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from calque.layout.leaf import Kind, Leaf, Unknown
from calque.layout.line import COMMA, DOT, Line
from calque.layout.omitted import can_omit, trailers_to_omit
from calque.layout.parts import CannotBreak, Parts, last_brackets, split
from calque.layout.strings import WIDTH

_Way = Callable[[Line, bool], list[Line]]


def broken(line: Line, forced: bool = False) -> list[Line]:
    """The line as the lines that black makes of it; `forced` keeps optional brackets."""
    if not line.exploded and not line.magic and line.fits():
        return [line]
    for way in _ways(line):
        try:
            return _run(line, way, forced)
        except CannotBreak:
            continue
    return [line]


def _ways(line: Line) -> list[_Way]:
    if line.is_def:
        if _return_breaks(line.leaves):
            raise Unknown("a return type with a trailing comma, or in quotes")
        return [_at_first_bracket]
    return (
        [_between_elements, _at_last_brackets] if line.inside else [_at_last_brackets]
    )


def _return_breaks(leaves: list[Leaf]) -> bool:
    """Whether black breaks a function at what it returns rather than its parameters."""
    arrow = next((i for i, leaf in enumerate(leaves) if leaf.text == "->"), None)
    if arrow is None:
        return False
    returned = leaves[arrow:]
    return any(
        a.kind is Kind.STRING or (a.text == "," and b.kind is Kind.CLOSE)
        for a, b in pairwise(returned)
    )


def _run(line: Line, way: _Way, forced: bool) -> list[Line]:
    before = line.text()
    optional = [bracket for bracket in line.optional if bracket.depth == 0]
    result: list[Line] = []
    for part in way(line, forced):
        if part.text() == before:
            raise CannotBreak
        result += broken(part, forced)
    if (
        forced
        or way is not _at_last_brackets
        or not line.optional
        or any(bracket.text for bracket in optional)
        or result[0].fits()
    ):
        return result
    again = Line.of([leaf.copy() for leaf in line.leaves], line.depth, line.inside)
    again.exploded, again.magic = line.exploded, line.magic
    second = _run(again, way, True)
    return second if all(part.fits() for part in second) else result


def _at_first_bracket(line: Line, _forced: bool) -> list[Line]:
    """A function, broken between its parameters."""
    opens = (i for i, leaf in enumerate(line.leaves) if leaf.kind is Kind.OPEN)
    start = next(opens, None)
    if start is None:
        raise CannotBreak
    opening = line.leaves[start]
    closes = (i for i, leaf in enumerate(line.leaves) if leaf.opening is opening)
    end = next(closes, None)
    if end is None:
        raise CannotBreak
    if end == start + 1:
        raise Unknown("a function without parameters that does not fit")
    parts = split(line, start, end)
    return [parts.head, parts.body, parts.tail]


def _at_last_brackets(line: Line, forced: bool) -> list[Line]:
    first: list[Line] | None = None
    for omitted in trailers_to_omit(line):
        if omitted and _is_hopeless(line, omitted):
            continue
        lines = _at_brackets(line, forced, frozenset(omitted))
        if first is None and not omitted:
            first = lines
        if lines[0].fits():
            return lines
    return _at_brackets(line, forced, frozenset()) if first is None else first


def _is_hopeless(line: Line, omitted: set[int]) -> bool:
    """Whether all up to the bracket that is next is too long already."""
    closings = (b for b in reversed(line.leaves) if b.kind is Kind.CLOSE)
    closing = next((b for b in closings if id(b) not in omitted), None)
    if closing is None or closing.opening is None or not closing.opening.text:
        return False
    length = 4 * line.depth
    for leaf in line.leaves:
        if leaf is closing.opening:
            return length > WIDTH
        length += len(leaf.space) + len(leaf.text)
    return False


def _at_brackets(line: Line, forced: bool, omitted: frozenset[int]) -> list[Line]:
    parts = last_brackets(line, omitted)
    return _without_optional(parts, line, forced, omitted)


def _without_optional(
    parts: Parts, line: Line, forced: bool, omitted: frozenset[int]
) -> list[Line]:
    if not forced and parts.optional and not line.is_import and can_omit(parts.body):
        fewer = omitted | {id(parts.closing)}
        try:
            others = last_brackets(line, fewer)
            if _prefers(others, parts):
                return _without_optional(others, line, forced, fewer)
        except CannotBreak:
            chained = [leaf.text for leaf in line.leaves].count("=") > 1
            whole = sum(leaf.parts for leaf in parts.body.leaves) < 2
            if not chained and whole and not parts.body.fits():
                raise
    for bracket, text in ((parts.opening, "("), (parts.closing, ")")):
        bracket.text = bracket.text or text
    return [part for part in (parts.head, parts.body, parts.tail) if part.leaves]


def _prefers(others: Parts, parts: Parts) -> bool:
    """Whether to break without the optional brackets, at others."""
    head = parts.head.leaves
    if not (len(head) >= 2 and head[-2].text == "="):
        return True
    if not any(leaf.kind in (Kind.OPEN, Kind.CLOSE) for leaf in head[:-1]):
        return True
    if not parts.head.fits(1) or parts.head.magic:
        return True
    equals = [leaf.text for leaf in others.head.leaves]
    if [leaf.text for leaf in head].count("=") > max(1, equals.count("=")):
        return False
    for leaf in reversed(others.head.leaves):
        if leaf.text == "=":
            break
        if leaf.kind is Kind.CLOSE:
            return True
    return "=" in equals and others.head.fits()


def _between_elements(line: Line, _forced: bool) -> list[Line]:
    last = line.leaves[-1]
    priority = line.priority(last)
    if not priority:
        raise CannotBreak
    if priority == DOT and list(line.delimiters.values()).count(DOT) == 1:
        raise CannotBreak
    result: list[Line] = []
    current: list[Leaf] = []
    for leaf in line.leaves:
        current.append(leaf)
        if line.delimiters.get(id(leaf)) == priority:
            result.append(_element(current, line))
            current = []
    if current:
        if priority == COMMA and current[-1].text != ",":
            current.append(Leaf(Kind.OPERATOR, ","))
        result.append(_element(current, line))
    return result


def _element(leaves: list[Leaf], line: Line) -> Line:
    leaves[0].space = ""
    return Line.of(leaves, line.depth, line.inside)
