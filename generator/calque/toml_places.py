"""Where the keys and the values of a TOML text stand in it.

`tomllib` says nothing of places. What it has read is right, so nothing is judged here: a text
is only taken apart into its keys (TOML 1.0, "Keys", "Table", "Array of Tables"). Of any other
text something comes too: a file may have changed since it was read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

Keys: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys of tables, and indices of arrays."""

Span: TypeAlias = tuple[int, int]
"""From where to where something stands, in characters."""

_TOKEN = re.compile(
    r"""
      (?P<blank> [ \t]+ | \#[^\n]* )
    | (?P<quoted> \"{3} (?: \\. | [^\\] )*? \"{3,5} | '{3} .*? '{3,5}
                | \" (?: \\. | [^"\\] )* \" | '[^']*' )
    | (?P<sign> [\n=,.\[\]{}] )
    | (?P<word> [^\s"'\#=,.\[\]{}]+ )
    """,
    re.DOTALL | re.VERBOSE,
)


class Place(NamedTuple):
    """Where a key stands, and its value; of a table with a header, the key alone."""

    key: Span
    value: Span


class _Token(NamedTuple):
    kind: str
    text: str
    span: Span


def places(text: str) -> dict[Keys, Place]:
    """The place of every key, and of every entry of an array; of a table, the first one."""
    return _Reader(text).whole()


class _Reader:
    """Goes through the tokens of a text once; ends with them, whatever they are."""

    def __init__(self, text: str) -> None:
        self._tokens = [
            _Token(found.lastgroup or "", found[0], found.span())
            for found in _TOKEN.finditer(text)
            if found.lastgroup != "blank"
        ]
        self._end = _Token("", "", (len(text), len(text)))
        self._at = 0
        self._found: dict[Keys, Place] = {}
        self._last: dict[Keys, int] = {}

    def whole(self) -> dict[Keys, Place]:
        table: Keys = ()
        while self._next.kind:
            if self._next.text == "[":
                table = self._header()
            elif self._next.kind == "sign":
                self._take()
            else:
                self._member(table)
        return self._found

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else self._end

    def _take(self) -> _Token:
        token = self._next
        self._at += 1
        return token

    def _header(self) -> Keys:
        """`[a.b]`, or `[[a.b]]`, which begins another table of an array."""
        self._take()
        several = self._next.text == "["
        if several:
            self._take()
        return self._named((), self._key(), several=several)

    def _key(self) -> list[_Token]:
        """The parts of a key, which may be dotted."""
        parts = [self._take()]
        while self._next.text == ".":
            self._take()
            parts.append(self._take())
        return parts

    def _named(
        self, table: Keys, parts: Sequence[_Token], *, several: bool = False
    ) -> Keys:
        """What a key within a table leads to: in an array of tables, to its last one."""
        for number, part in enumerate(parts, 1):
            table = self._note((*table, _name(part)), part)
            if several and number == len(parts):
                self._last[table] = self._last.get(table, -1) + 1
            if table in self._last:
                table = self._note((*table, self._last[table]), part)
        return table

    def _note(self, keys: Keys, token: _Token) -> Keys:
        self._found.setdefault(keys, Place(token.span, token.span))
        return keys

    def _member(self, table: Keys) -> None:
        """`a.b = 1`, of a table with a header or of one in braces."""
        keys = self._named(table, self._key())
        self._take()
        key, _ = self._found.get(keys, Place(self._end.span, self._end.span))
        self._found[keys] = Place(key, self._value(keys))

    def _value(self, keys: Keys) -> Span:
        """Takes a value; where it stands."""
        first = self._take()
        if first.text == "[":
            self._array(keys)
        elif first.text == "{":
            self._inline(keys)
        else:
            # A number, a date and a time may be of several words.
            while self._next.text not in ("", "\n", ",", "]", "}"):
                self._take()
        return first.span[0], self._tokens[min(self._at, len(self._tokens)) - 1].span[1]

    def _array(self, keys: Keys) -> None:
        index = 0
        while self._next.text not in ("", "]"):
            if self._next.text in ("\n", ","):
                self._take()
                continue
            entry = (*keys, index)
            span = self._value(entry)
            self._found[entry] = Place(span, span)
            index += 1
        self._take()

    def _inline(self, keys: Keys) -> None:
        while self._next.text not in ("", "}"):
            if self._next.kind == "sign":
                self._take()
            else:
                self._member(keys)
        self._take()


def _name(part: _Token) -> str:
    """The key that a part of one means: one in quotes may hold escapes."""
    if part.kind != "quoted":
        return part.text
    try:
        return str(tomllib.loads(f"key = {part.text}")["key"])
    except tomllib.TOMLDecodeError:
        return part.text
