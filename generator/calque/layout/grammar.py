"""The code whose layout is known: which tokens may follow each other, spaced in which way.

It is a small part of Python, that which templates and views write. Whatever is not in it,
or not spaced as black spaces it, is Unknown.
"""

from __future__ import annotations

import keyword
import re
from functools import lru_cache

from calque.layout.leaf import Kind, Leaf, Owner, Unknown
from calque.layout.operators import operator
from calque.layout.reader import VALUES, Bracket, Parsed, Place, Reader
from calque.layout.strings import is_settled

_TOKEN = re.compile(
    r"( ?)(?:([^\W\d]\w*(?:\.[^\W\d]\w*)*)"
    r"|(\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')"
    r"|(\d+(?:\.\d+)?(?:e-?\d+)?(?![\w.]))"
    r"|(->|==|!=|<=|>=|\.\.\.|\*\*|[()\[\]{},:=|.*@<>+\-]))"
)

# Words between operands; a line with one of them is known only where it need not break.
_WORDS = frozenset({"and", "or", "is", "in", "if", "else"})
_STARTS = frozenset(
    [
        "return",
        "def",
        "async",
        "class",
        "from",
        "import",
        "if",
        "else",
        "with",
        "for",
        "pass",
    ]
)


_RESERVED = frozenset(keyword.kwlist) - VALUES

# What stands for others of its kind: any name that is no keyword, any text without escapes.
_TEXT = re.compile(r'"[^"\\]*"')
_NAME = re.compile(rf"\b(?!(?:{'|'.join(keyword.kwlist)})\b)[^\W\d]\w*")

_MEMORY = 1 << 12


def outline(code: str, place: Place) -> Parsed:
    """Reads a line of code that needs no break: whatever else it is called, it is known
    or is not. The leaves have no texts of their own, and are not to be changed.
    """
    if "'" in code or "\\" in code:
        return read(code, place)
    return _outlined(nameless(_TEXT.sub('""', code)), place)


def nameless(code: str) -> str:
    """The code with `x` for each name in it."""
    return _NAME.sub("x", code)


@lru_cache(_MEMORY)
def _outlined(code: str, place: Place) -> Parsed:
    return read(code, place)


def read(code: str, place: Place) -> Parsed:
    """Reads a line of code, without its indentation; raises Unknown."""
    parsed = Parsed([])
    owner = Owner.PARAMETERS if place is Place.PARAMETER else Owner.DISPLAY
    reader = Reader(place, parsed, [Bracket(None, owner)])
    position = 0
    while position < len(code):
        found = _TOKEN.match(code, position)
        if found is None:
            raise Unknown(code[position : position + 20])
        space, text = found[1], found[0][len(found[1]) :]
        match found.lastindex:
            case 2:
                _word(reader, text, space)
            case 3:
                _string(reader, text, space)
            case 4:
                reader.value(Kind.NUMBER, text, space)
            case _:
                operator(reader, text, space)
        position = found.end()
    return _finished(reader)


def _finished(reader: Reader) -> Parsed:
    parsed, stack = reader.parsed, reader.stack
    last = parsed.leaves[-1]
    if len(stack) == 2 and last is stack[1].leaf:
        parsed.opens = stack[1].owner
    elif len(stack) > 1:
        raise Unknown("open brackets")
    elif not reader.operand and last.text not in (",", ":", "pass"):
        raise Unknown("nothing at the end")
    parsed.solid = parsed.breakable and all(map(_holds, parsed.leaves[:-1]))
    return parsed


def _holds(leaf: Leaf) -> bool:
    """Whether no line is broken at a leaf that is not the last."""
    return leaf.kind not in (Kind.OPEN, Kind.CLOSE) and leaf.text not in ("|", ",")


def _string(reader: Reader, text: str, space: str) -> None:
    if not is_settled(text):
        raise Unknown(text)
    reader.value(Kind.STRING, text, space)


def _word(reader: Reader, text: str, space: str) -> None:
    parsed = reader.parsed
    if not parsed.leaves and reader.place is Place.STATEMENT:
        parsed.first = text
        if text in _STARTS:
            reader.add(Kind.NAME, text, space)
            reader.after = " "
            return
    if text == "lambda":
        reader.value(Kind.NAME, text, space)
        reader.stack[-1].lambdas += 1
        reader.operand = True
    elif text == "await" and not reader.operand:
        reader.value(Kind.NAME, text, space)
        reader.operand, reader.after = False, " "
    elif _continues(reader, text):
        reader.expect(space, " ")
        reader.add(Kind.NAME, text, space)
        reader.operand, reader.after = False, " "
    elif text in _WORDS if reader.operand else text == "not":
        _between(reader, text, space)
    elif any(part in _RESERVED for part in text.split(".")):
        raise Unknown(text)
    else:
        reader.value(Kind.NAME, text, space)


def _between(reader: Reader, text: str, space: str) -> None:
    """A word that a line with it can't be broken at here."""
    reader.expect(space, " " if reader.operand else reader.after)
    reader.add(Kind.NAME, text, space)
    reader.parsed.breakable = False
    reader.operand, reader.after = False, " "


def _continues(reader: Reader, text: str) -> bool:
    """Whether a keyword belongs to the statement that its first word began."""
    match reader.parsed.first, text:
        case ("async", "def"):
            return len(reader.parsed.leaves) == 1
        case ("with", "as"):
            return reader.operand
        case ("for", "in"):
            return reader.operand and len(reader.parsed.leaves) == 2
        case ("from", "import") | ("from", "as") | ("import", "as"):
            return reader.operand or reader.parsed.leaves[-1].text == "."
        case _:
            return False
