"""Where things stand in a JSON text, and what `json.loads` lets pass that is a fault."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from calque.codes import Code
from calque.document.limits import MAX_DEPTH
from calque.document.span import Place, Problem, Span, duplicate_key, too_deep

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
_DECODER = json.JSONDecoder()
_NOT_NUMBERS = ("NaN", "Infinity", "-Infinity")


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an object or an item of an array, whose `key` is then None."""

    key: Span | None
    value: Span


_Members: TypeAlias = Generator[tuple[str, Member], None, int]
"""The members of a container one by one; at last where it ends."""


@dataclass(slots=True)
class Container:
    """The members of an object or array, by key or index: `rest` are those not needed yet."""

    rest: _Members
    known: dict[str, Member] = field(default_factory=dict[str, Member])
    end: int = 0

    def get(self, key: str) -> Member | None:
        """A member, if there is one of that name."""
        while key not in self.known and self._reads_on():
            pass
        return self.known.get(key)

    def close(self) -> int:
        """Reads it to its end; where that is."""
        while self._reads_on():
            pass
        return self.end

    def _reads_on(self) -> bool:
        try:
            key, member = next(self.rest)
        except StopIteration as stop:
            self.end = stop.value or self.end
            return False
        self.known[key] = member
        return True


Cache: TypeAlias = dict[int, Container]
"""Each container that was looked into, by the offset it begins at."""


def find(
    text: str, path: list[str], cache: Cache, begin: Member | None = None
) -> Place:
    """The place `path` leads to in a well-formed text, as far as it exists.

    It leads there from the member that it is to `begin` at, by default from the whole.
    """
    first = _TOKEN.search(text, begin.value.start if begin else 0)
    if first is None:
        return Place(None, Span(0, 1), True)
    here = Member(begin.key if begin else None, Span(*first.span()))
    for token in path:
        if text[here.value.start] not in "{[":
            break
        found = _container(text, here.value.start, cache).get(token)
        if found is None:
            break
        here = found
    return Place(here.key, here.value, text[here.value.start] in "{[")


_SURROGATE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)"
)


def without_lone_surrogates(text: str) -> str:
    """The text with `\\ufffd` for each escaped half of a pair, which is no character.

    They occur in `pattern`s that were written for JavaScript (RFC 8259, section 8.2).
    """
    if not ("\\ud" in text or "\\uD" in text):
        return text
    return _SURROGATE.sub(lambda match: "\\ufffd" if match[1] else match[0], text)


def lone_surrogates(text: str) -> list[Problem]:
    """The halves of surrogate pairs that `without_lone_surrogates` replaces."""
    return [
        Problem(
            code=Code.LONE_SURROGATE,
            message=f"`{match[0]}` is half of a character, and is read as U+FFFD",
            help="write both halves, or the character itself",
            span=Span(*match.span()),
        )
        for match in _SURROGATE.finditer(text)
        if match[1]
    ]


def problems(text: str) -> list[Problem]:
    """Duplicate keys, numbers that JSON does not have, too deep nesting.

    The text is one that `json.loads` accepts, or gives up on because of its depth.
    """
    found: list[Problem] = []
    open_: list[_Open] = []
    for match in _TOKEN.finditer(text):
        token, span = match[0], Span(*match.span())
        if token in "{[":
            open_.append(_Open(is_object=token == "{"))
            if len(open_) > MAX_DEPTH:
                return [*found, too_deep(span)]
        elif token in "}]":
            del open_[-1:]
        elif token in ",:":
            if open_:
                open_[-1].at_key = token == ","
        elif token[0] == '"':
            if open_ and open_[-1].is_object and open_[-1].at_key:
                found.extend(open_[-1].duplicate(token, span, text))
        elif token in _NOT_NUMBERS:
            found.append(_bad_number(f"`{token}` is not a JSON number", span))
        elif _too_large(token):
            found.append(_bad_number("the number is too large", span))
    return found


@dataclass(slots=True)
class _Open:
    """An object or array whose closing bracket has not been seen yet."""

    is_object: bool
    at_key: bool = True
    keys: dict[str, int] = field(default_factory=dict[str, int])

    def duplicate(self, token: str, span: Span, text: str) -> Iterator[Problem]:
        key = _string(token)
        if key in self.keys:
            first = text.count("\n", 0, self.keys[key]) + 1
            yield duplicate_key(key, span, first)
        else:
            self.keys[key] = span.start


def _bad_number(message: str, span: Span) -> Problem:
    return Problem(
        code=Code.NOT_JSON,
        message=message,
        help="use a number that JSON can hold, or a string",
        span=span,
    )


def _too_large(token: str) -> bool:
    """Whether a number is too large for a float or has too many digits for an int."""
    if token in ("true", "false", "null"):
        return False
    try:
        value: object = json.loads(token)
    except ValueError:
        return True
    return value in (float("inf"), float("-inf"))


def _container(text: str, start: int, cache: Cache) -> Container:
    """The container that begins at `start`."""
    if start not in cache:
        scan = _items if text[start] == "[" else _pairs
        cache[start] = Container(scan(text, start + 1, cache))
    return cache[start]


def _pairs(text: str, at: int, cache: Cache) -> _Members:
    while (match := _TOKEN.search(text, at)) and match[0] != "}":
        at = match.end()
        if match[0] != ",":
            value = _value(text, at)
            yield _string(match[0]), Member(Span(*match.span()), value)
            at = _end(text, value, cache)
    return match.end() if match else len(text)


def _items(text: str, at: int, cache: Cache) -> _Members:
    index = 0
    while (match := _TOKEN.search(text, at)) and match[0] != "]":
        at = match.end()
        if match[0] != ",":
            value = Span(*match.span())
            yield str(index), Member(None, value)
            index += 1
            at = _end(text, value, cache)
    return match.end() if match else len(text)


def _value(text: str, at: int) -> Span:
    """The first token of the value after a key that ends at `at`."""
    for match in _TOKEN.finditer(text, at):
        if match[0] != ":":
            return Span(*match.span())
    return Span(at, at + 1)


def _end(text: str, value: Span, cache: Cache) -> int:
    """Where the value that begins with this token ends. The decoder skips fastest, unless
    it was looked into already.
    """
    if text[value.start] not in "{[":
        return value.end
    if value.start in cache:
        return cache[value.start].close()
    _, end = _DECODER.raw_decode(text, value.start)
    return end


def _string(token: str) -> str:
    if "\\" not in token:
        return token[1:-1]
    decoded: object = json.loads(token, strict=False)
    return str(decoded)
