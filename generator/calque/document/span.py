"""What a stretch of text is, and which stretches a key and its value take."""

from __future__ import annotations

import re
from dataclasses import dataclass

from calque.codes import Code
from calque.document.limits import MAX_DEPTH

# What version control begins with where two sides changed the same lines.
_CONFLICT = re.compile(r"^<{7}(?= |$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Span:
    """The characters from `start` up to but not including `end`, counted from 0."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands; `key` is None in an array and for a whole document.

    `nested` is true of objects and arrays. Their `value` is only what they begin with.
    """

    key: Span | None
    value: Span
    nested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What keeps a text from being read, with the characters to blame."""

    code: Code
    message: str
    help: str
    span: Span


def duplicate_key(key: str, span: Span, first_line: int) -> Problem:
    """The problem of a key that its object already has."""
    return Problem(
        code=Code.DUPLICATE_KEY,
        message=f"the key `{key}` stands twice in the same object",
        help=f"the first one is on line {first_line}; remove or rename one of them",
        span=span,
    )


def too_deep(span: Span) -> Problem:
    """The problem of an object or array that is nested deeper than is read."""
    return Problem(
        code=Code.TOO_DEEP,
        message=f"objects and arrays are nested more than {MAX_DEPTH} levels deep",
        help="move the inner schemas to `components` and refer to them with `$ref`",
        span=span,
    )


def conflict(text: str, code: Code) -> Problem | None:
    """The problem of a text that is none because a merge left its marks in it."""
    mark = _CONFLICT.search(text)
    if mark is None:
        return None
    return Problem(
        code=code,
        message="a merge conflict begins here that was not settled",
        help="take one side or join both, and remove the marks `<<<<<<<`, `=======`, `>>>>>>>`",
        span=Span(*mark.span()),
    )
