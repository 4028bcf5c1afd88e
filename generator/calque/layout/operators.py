"""Operators and brackets: where they may stand in a line, and how black spaces them."""

from __future__ import annotations

from calque.layout.leaf import Kind, Owner, Unknown
from calque.layout.reader import VALUES, Bracket, Place, Reader

_OPENING = {"(": ")", "[": "]", "{": "}"}
_BINARY = frozenset({"|", "==", "!=", "<=", ">=", "<", ">", "+", "-"})


def operator(reader: Reader, text: str, space: str) -> None:
    """Reads an operator or a bracket; raises Unknown."""
    if text in _OPENING:
        _open(reader, text, space)
    elif text in ")]}":
        _close(reader, text, space)
    elif text == ",":
        _comma(reader, space)
    elif text == ":":
        _colon(reader, space)
    elif text == "=":
        _equals(reader, space)
    elif text == "->":
        _arrow(reader, space)
    elif text == "...":
        reader.value(Kind.OPERATOR, text, space)
    elif text == ".":
        _dot(reader, space)
    elif text in _BINARY and reader.operand:
        reader.expect(space, " ")
        reader.add(Kind.OPERATOR, text, space)
        reader.parsed.breakable &= text == "|"
        reader.operand, reader.after = False, " "
    else:
        _prefix(reader, text, space)


def _prefix(reader: Reader, text: str, space: str) -> None:
    """An operator before its operand: a sign, a star, the `@` of a decorator."""
    decorates = text == "@"
    if (
        reader.operand
        or text not in ("-", "*", "**", "@")
        or (decorates and reader.parsed.leaves)
    ):
        raise Unknown(text)
    reader.expect(space, reader.after)
    reader.add(Kind.OPERATOR, text, space)
    if decorates:
        reader.parsed.first = text
    reader.after = ""
    if text in ("*", "**"):
        # A star that stands alone is before the parameters that are given by name.
        parameters = reader.stack[-1].owner is Owner.PARAMETERS
        reader.operand = text == "*" and parameters
        reader.parsed.breakable &= reader.operand


def _dot(reader: Reader, space: str) -> None:
    last = reader.parsed.leaves[-1] if reader.parsed.leaves else None
    if reader.parsed.first == "from" and last is not None and not reader.operand:
        reader.expect(space, " " if last.text == "from" else "")
        reader.add(Kind.OPERATOR, ".", space)
        # `from . import name`: the dots may be all there is.
        reader.operand, reader.after = False, ""
        return
    if last is None or last.kind is not Kind.CLOSE:
        raise Unknown(".")
    reader.expect(space, "")
    reader.add(Kind.OPERATOR, ".", space)
    reader.operand, reader.after = False, ""


def _arrow(reader: Reader, space: str) -> None:
    if not reader.operand or len(reader.stack) > 1:
        raise Unknown("->")
    reader.expect(space, " ")
    reader.add(Kind.OPERATOR, "->", space)
    reader.operand, reader.after = False, " "


def _equals(reader: Reader, space: str) -> None:
    top = reader.stack[-1]
    if not reader.operand:
        raise Unknown("=")
    if len(reader.stack) == 1:
        spaced = top.colon or reader.place is Place.STATEMENT
    elif top.owner in (Owner.PARAMETERS, Owner.CALL, Owner.BASES):
        spaced = top.colon
    else:
        raise Unknown("=")
    wanted = " " if spaced else ""
    reader.expect(space, wanted)
    reader.add(Kind.OPERATOR, "=", space)
    reader.operand, reader.after = False, wanted


def _colon(reader: Reader, space: str) -> None:
    top = reader.stack[-1]
    reader.expect(space, "")
    if top.lambdas:
        top.lambdas -= 1
    elif top.owner in (Owner.CALL, Owner.BASES, Owner.SUBSCRIPT, Owner.TUPLE):
        raise Unknown(":")
    else:
        top.colon = True
    if not reader.operand and reader.parsed.first != "else":
        raise Unknown(":")
    reader.add(Kind.OPERATOR, ":", space)
    reader.operand, reader.after = False, " "


def _comma(reader: Reader, space: str) -> None:
    if not reader.operand:
        raise Unknown(",")
    reader.expect(space, "")
    reader.add(Kind.OPERATOR, ",", space)
    top = reader.stack[-1]
    top.commas += 1
    if top.owner is Owner.PARAMETERS:
        top.colon = False
    reader.operand, reader.after = False, " "


def _open(reader: Reader, text: str, space: str) -> None:
    reader.expect(space, "" if reader.operand else reader.after)
    owner = _owner(reader, text)
    leaf = reader.add(Kind.OPEN, text, space, owner)
    reader.stack.append(Bracket(leaf, owner))
    reader.operand, reader.after = False, ""


def _owner(reader: Reader, text: str) -> Owner:
    """What a bracket is for that opens here."""
    leaves = reader.parsed.leaves
    if reader.parsed.first in ("from", "import"):
        raise Unknown(text)
    if not reader.operand and reader.parsed.first == "for":
        raise Unknown("parentheses that black may remove")
    if not reader.operand:
        if text == "(" and reader.stack[-1].owner is Owner.SUBSCRIPT:
            raise Unknown(text)
        return Owner.TUPLE if text == "(" else Owner.DISPLAY
    if leaves[-1].kind not in (Kind.NAME, Kind.CLOSE) or text == "{":
        raise Unknown(text)
    if leaves[-1].text in VALUES or leaves[-1].text == "lambda":
        raise Unknown(text)
    if text == "[":
        return Owner.SUBSCRIPT
    match reader.parsed.first:
        case "def" if len(leaves) == 2:
            return Owner.PARAMETERS
        case "async" if len(leaves) == 3:
            return Owner.PARAMETERS
        case "class" if len(leaves) == 2:
            return Owner.BASES
        case _:
            return Owner.CALL


def _close(reader: Reader, text: str, space: str) -> None:
    bracket = reader.stack[-1]
    leaves = reader.parsed.leaves
    if reader.place is Place.TAIL and not leaves:
        reader.add(Kind.CLOSE, text, space)
        reader.operand, reader.after = True, ""
        return
    if bracket.leaf is None or _OPENING[bracket.leaf.text] != text:
        raise Unknown(text)
    last = leaves[-1]
    comma, empty = last.text == ",", last is bracket.leaf
    if not (reader.operand or empty or comma):
        raise Unknown(text)
    reader.expect(space, "")
    if bracket.owner is Owner.TUPLE and not bracket.commas and not empty:
        raise Unknown("parentheses that black removes")
    if empty and bracket.owner in (Owner.BASES, Owner.SUBSCRIPT):
        raise Unknown("empty brackets")
    if comma and _magic(bracket):
        reader.parsed.magic = True
    reader.add(Kind.CLOSE, text, space, bracket.owner)
    reader.stack.pop()
    reader.operand, reader.after = True, ""


def _magic(bracket: Bracket) -> bool:
    """Whether the trailing comma keeps a bracket open: it ends more than a tuple of one."""
    if bracket.owner in (Owner.TUPLE, Owner.SUBSCRIPT):
        return bracket.commas > 1
    return True
