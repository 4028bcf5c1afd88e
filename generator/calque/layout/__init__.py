"""Black's layout of the code that calque writes, without black.

A file is read statement by statement. What fits on its line, spaced as black spaces it,
stays; what does not is broken as black breaks it; docstrings and blank lines are held to
black's rules. Code that is not known here well enough gives None, and black itself has to
lay it out: this layout is black's or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from calque.layout import docstring, imports
from calque.layout.blank import BlankLines, Seen
from calque.layout.grammar import outline, read
from calque.layout.leaf import Kind, Owner, Unknown
from calque.layout.line import Line
from calque.layout.optional import with_optional
from calque.layout.reader import Parsed, Place
from calque.layout.settled import settled
from calque.layout.strings import WIDTH

# Blank lines, the indentation, and a string in triple quotes or one line of code.
_LINE = re.compile(
    r"((?:[ ]*\n)*)([ ]*)"
    r'(?:("""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*""")\n|([^ \n][^\n]*)\n)',
    re.DOTALL,
)
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_CLOSES = frozenset(_CLOSING.values())
Lines = Iterator[tuple[str, str, str, str]]
"""The lines of a file: blank ones before, indentation, docstring or code."""

_MEMORY = 1 << 15
"""How many lines are remembered: methods come twice, and fields are alike."""


def lay_out(text: str) -> str | None:
    """The text of a Python file in black's layout; None where black has to say it."""
    try:
        return "".join(_statements(text))
    except Unknown:
        return None


def _statements(text: str) -> Iterator[str]:
    blank = BlankLines()
    lines = _lines(text)
    block: Seen | None = None
    for found, indent, quoted, code in lines:
        depth = _depth(indent)
        if not _follows(depth, block):
            raise Unknown("indentation")
        if quoted:
            seen = _quoted(quoted, depth, blank.previous)
            laid = f"{indent}{quoted}\n"
        elif code[-1] in _CLOSING:
            seen, laid = _exploded(code, depth, lines)
        else:
            if code == "..." and block and block.opens and block.defines:
                raise Unknown("a body that black puts on the line before")
            seen, laid = _statement(code, depth)
        yield "\n" * blank.before(seen, found.count("\n"))
        yield laid
        block = seen
    if block is None or block.opens:
        raise Unknown("nothing in a block")


def _lines(text: str) -> Lines:
    if text[text.rfind("\n") + 1 :].strip():
        raise Unknown("a line that does not end")
    return iter(_LINE.findall(text))


def _follows(depth: int, before: Seen | None) -> bool:
    """Whether a statement of a depth may come after another: in its block, or after it."""
    if before is None:
        return not depth
    return depth == before.depth + 1 if before.opens else depth <= before.depth


@cache
def _depth(indent: str) -> int:
    depth, more = divmod(len(indent), 4)
    if more:
        raise Unknown("indentation")
    return depth


def _quoted(text: str, depth: int, previous: Seen | None) -> Seen:
    """A string in triple quotes; that which begins a file, class or function is a docstring."""
    docstring.check_escapes(text)
    begins = previous is None or previous.opens
    if begins:
        if previous is not None and not (previous.is_def or previous.first == "class"):
            raise Unknown("a string that begins another block")
        docstring.check(text, depth)
    return _string(depth, begins)


@cache
def _string(depth: int, begins: bool) -> Seen:
    return Seen(depth, '"""', docstring=begins)


@lru_cache(_MEMORY)
def _statement(code: str, depth: int) -> tuple[Seen, str]:
    """A statement on one line, laid out."""
    if listed := imports.broken(code, depth):
        return Seen(depth, "from"), listed
    parsed = _read(code, depth, Place.STATEMENT)
    stub = _is_stub(parsed)
    block = not stub and parsed.first in _BLOCKS
    ends = parsed.leaves[-1].text == ":"
    if parsed.opens or parsed.leaves[0].kind is Kind.STRING or ends != block:
        raise Unknown(code)
    seen = Seen(depth, parsed.first, opens=block, stub=stub)
    return seen, _laid(parsed, code, depth, Place.STATEMENT)


_BLOCKS = frozenset({"def", "async", "class", "if", "else", "with", "for"})


def _is_stub(parsed: Parsed) -> bool:
    """Whether a line is a function with its body, `...`."""
    ends = [leaf.text for leaf in parsed.leaves[-2:]] == [":", "..."]
    return ends and parsed.first in ("def", "async", "")


@lru_cache(_MEMORY)
def _element(code: str, depth: int, place: Place) -> str:
    """An element on a line of its own between brackets, laid out."""
    parsed = _read(code, depth, place)
    if parsed.opens or parsed.leaves[-1].text != ",":
        raise Unknown(code)
    return _laid(parsed, code, depth, place)


def _read(code: str, depth: int, place: Place) -> Parsed:
    """A line of code that is read; of one that needs no break, it is enough how it looks."""
    parsed = outline(code, place)
    return parsed if _fits(code, depth) or _stays(parsed, place) else read(code, place)


def _stays(parsed: Parsed, place: Place) -> bool:
    """Whether there is nothing in a line that it could be broken at."""
    return parsed.solid and place is Place.ELEMENT


def _fits(code: str, depth: int) -> bool:
    """Whether a line certainly is not too long."""
    return code.isascii() and len(code) + 4 * depth <= WIDTH


def _laid(parsed: Parsed, code: str, depth: int, place: Place) -> str:
    if _fits(code, depth) or _stays(parsed, place):
        if not parsed.magic:
            return f"{'    ' * depth}{code}\n"
        parsed = read(code, place)
    inside = place in (Place.ELEMENT, Place.PARAMETER)
    line = Line.of(parsed.leaves, depth, inside)
    if not parsed.magic and line.fits():
        return f"{line.text()}\n"
    if not parsed.breakable:
        raise Unknown(code)
    leaves = with_optional(parsed, place)
    return "".join([f"{part.text()}\n" for part in settled(leaves, depth, inside)])


def _exploded(code: str, depth: int, lines: Lines) -> tuple[Seen, str]:
    """A statement that is broken already: its last bracket ends the first line."""
    found = _head(code, depth, Place.STATEMENT)
    if found is None:
        return _rebroken(code, depth, _taken(depth, lines))
    first, place = found
    parts = [f"{'    ' * depth}{code}\n"]
    taken: list[str] = []
    tail = _inside(depth, place, _noted(lines, taken), parts)
    if len(parts) == 1:
        return _statement(code + tail, depth)
    block = place is Place.PARAMETER
    if tail != _CLOSING[code[-1]] and not (block and tail.startswith(")")):
        return _statement(_joined(code, taken), depth)
    stub = block and tail.endswith(": ...")
    parts.append(_tail(tail, depth) if block else f"{'    ' * depth}{tail}\n")
    return Seen(depth, first, opens=block and not stub, stub=stub), "".join(parts)


def _inside(depth: int, place: Place, lines: Lines, parts: list[str]) -> str:
    """Adds to `parts` the elements between brackets; gives the line that closes them."""
    indent = "    " * (depth + 1)
    for _, _, quoted, code in lines:
        if quoted:
            raise Unknown(quoted)
        if code[0] in _CLOSES:
            return code
        if code[-1] not in _CLOSING:
            parts.append(_element(code, depth + 1, place))
            continue
        before = len(parts) + 1
        parts.append(f"{indent}{code}\n")
        if place is Place.PARAMETER or _head(code, depth + 1, Place.ELEMENT) is None:
            raise Unknown(code)
        tail = _inside(depth + 1, place, lines, parts)
        if len(parts) == before or tail != f"{_CLOSING[code[-1]]},":
            raise Unknown(tail)
        parts.append(f"{indent}{tail}\n")
    raise Unknown("brackets that do not close")


@lru_cache(_MEMORY)
def _head(code: str, depth: int, place: Place) -> tuple[str, Place] | None:
    """The first word of a line that ends with a bracket, and what is in the bracket.

    None where it is not certain that black breaks the line just there.
    """
    parsed = _read(code, depth, place)
    if parsed.opens is Owner.PARAMETERS:
        return parsed.first, Place.PARAMETER
    value = parsed.leaves[:-1]
    equals = [i for i, leaf in enumerate(value) if leaf.text == "="]
    value = value[equals[-1] + 1 :] if equals else value
    certain = (
        parsed.opens in (Owner.CALL, Owner.DISPLAY)
        and parsed.first
        not in ("class", "@", "from", "import", "if", "else", "with", "for")
        and _fits(code, depth)
        and len(equals) < 2
        and not parsed.magic
        and sum(leaf.text == "." for leaf in value) < 2
        and all(leaf.kind is Kind.NAME or leaf.text in ".():" for leaf in value[:-1])
    )
    return (parsed.first, Place.ELEMENT) if certain else None


def _noted(lines: Lines, taken: list[str]) -> Lines:
    """The lines; the code of each is added to `taken` once it is asked for."""
    for line in lines:
        taken.append(line[-1])
        yield line


def _tail(code: str, depth: int) -> str:
    parsed = _read(code, depth, Place.TAIL)
    if parsed.leaves[-1].text != ":" and not _is_stub(parsed):
        raise Unknown(code)
    return _laid(parsed, code, depth, Place.TAIL)


def _rebroken(code: str, depth: int, inside: list[str]) -> tuple[Seen, str]:
    """A statement that is broken already, perhaps not only where black breaks it.

    Where its elements fit, it does not matter for the rest what they are: one stands in
    for them.
    """
    *elements, tail = inside
    ends = {each[-1] for each in elements}
    if code[-1] == "(" and tail == ")" and ends == {","}:
        seen, laid = _statement(f"{code}_,)", depth)
        head, _, rest = laid.partition("_,\n")
        indent = len(head) - head.rfind("\n") - 1
        shown = [_element(each, indent // 4, Place.ELEMENT) for each in elements]
        if all(_fits(line, 0) for each in shown for line in each.split("\n")):
            return seen, "".join([head[: len(head) - indent], *shown, rest])
    return _statement(_joined(code, inside), depth)


def _taken(depth: int, lines: Lines) -> list[str]:
    """The lines of a statement from its first bracket on, to that which closes it."""
    taken: list[str] = []
    for _, indent, quoted, code in lines:
        if quoted:
            raise Unknown(quoted)
        taken.append(code)
        if code[0] in _CLOSES and len(indent) == 4 * depth:
            return taken
    raise Unknown("brackets that do not close")


def _joined(code: str, inside: list[str]) -> str:
    """A statement of several lines as one."""
    text = code
    for more in inside:
        closes = more[0] in _CLOSES
        text += more if closes or text[-1] in _CLOSING else f" {more}"
    return text
