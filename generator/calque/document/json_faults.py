"""What the errors that `json.loads` raises mean, in plain words."""

from __future__ import annotations

import json
import re

from calque.codes import Code
from calque.document.span import Problem, Span, conflict

_MEANINGS: tuple[tuple[str, str, str, str], ...] = (
    # What json reports, a pattern of the text there, what is wrong, what would be right.
    (
        "Expecting property name",
        r"'",
        "a key in single quotes",
        "JSON texts stand in double quotes",
    ),
    ("", r"//|/\*|#", "JSON has no comments", "remove the comment"),
    (
        "Expecting property name",
        r"\w",
        "a key without quotes",
        "JSON keys stand in double quotes",
    ),
    (
        "Expecting property name",
        "",
        "a key in double quotes is missing here",
        'write `"key": value`',
    ),
    (
        "Illegal trailing comma",
        "",
        "a comma after the last member",
        "remove this comma",
    ),
    ("Expecting ':'", "", "the `:` after a key is missing", 'write `"key": value`'),
    (
        "Expecting ','",
        "",
        "a `,` or the closing bracket is missing before this place",
        "separate members with `,`",
    ),
    (
        "Expecting value",
        r"'",
        "a text in single quotes",
        "JSON texts stand in double quotes",
    ),
    (
        "Expecting value",
        r"[A-Za-z_]",
        "a text without quotes",
        "JSON texts stand in double quotes; name a YAML file `.yaml`",
    ),
    (
        "Expecting value",
        "",
        "a value is missing here",
        "write a value, or remove the `,`",
    ),
    (
        "Unterminated string",
        "",
        "the quotes that begin here are never closed",
        "add the closing quote",
    ),
    (
        "Invalid control character",
        "",
        "a line break or control character inside of quotes",
        "write `\\n` for a line break and `\\t` for a tab, or close the quotes",
    ),
    (
        "Invalid \\",
        "",
        "this is not an escape that JSON has",
        "write `\\\\` for a backslash",
    ),
    (
        "Extra data",
        "",
        "the document has ended before this place",
        "remove what follows, or a closing bracket too many",
    ),
)


def explain(error: json.JSONDecodeError, text: str) -> Problem:
    """The problem that `json.loads` found in `text`."""
    if found := conflict(text, Code.JSON_SYNTAX):
        return found
    start = error.pos
    comma = re.compile(r",\s*").search(text, max(0, text.rfind(",", 0, start)))
    if comma and comma.end() == start and text[start : start + 1] in ("}", "]"):
        return _problem("Illegal trailing comma", "", comma.start())
    if start >= len(text.rstrip()):
        return _end(text)
    return _problem(error.msg, text[start : start + 2], start)


def _problem(reported: str, there: str, start: int) -> Problem:
    message, advice = "the text is not JSON", "check this line and the one before"
    for begins, pattern, meaning, right in _MEANINGS:
        if reported.startswith(begins) and re.match(pattern, there):
            message, advice = meaning, right
            break
    return Problem(
        code=Code.JSON_SYNTAX,
        message=message,
        help=advice,
        span=Span(start, start + 1),
    )


def _end(text: str) -> Problem:
    end = len(text.rstrip())
    return Problem(
        code=Code.JSON_SYNTAX,
        message="the text ends before the document does",
        help="a closing bracket is missing, or the file was cut off",
        span=Span(max(0, end - 1), end),
    )
