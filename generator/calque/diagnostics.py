"""What is wrong with a document, as a value, and how it is shown to a person or a program."""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate
from typing import Protocol

from calque.codes import NOTES, Code

_MAX_COLUMNS = 100
"""Source lines wider than this are cut around the carets (minified JSON is one line)."""

_TAB = " " * 4
_CUT = "…"
_HIDDEN = "\N{REPLACEMENT CHARACTER}"
_NARROW = re.compile(f"[\\x00-\\x7f{_CUT}]*")


class Severity(StrEnum):
    """ERROR: nothing is generated. WARNING: something was assumed or left out."""

    ERROR = "error"
    WARNING = "warning"


class Focus(StrEnum):
    """Which part of a `key: value` pair a diagnostic is about."""

    KEY = "key"
    VALUE = "value"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text. Lines and columns count from 1, columns in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One thing wrong with a document.

    `message` says what is wrong, `help` what would be right, and `done` what calque does
    about it, where it goes on and that is not clear. The place is `pointer`
    (an Id such as `#/paths/~1calls`), or `position` when there is no document yet
    to point into. `file` is only given when it is not the document's own file.
    """

    severity: Severity
    code: Code
    message: str
    help: str
    done: str = ""
    pointer: str = ""
    focus: Focus = Focus.VALUE
    position: Position | None = None
    width: int = 1
    file: str | None = None

    @property
    def advice(self) -> str:
        """All that follows from it, in a sentence, or in two after a question."""
        if not self.done:
            return self.help
        if self.help.endswith("?"):
            return f"{self.help} {self.done[0].upper()}{self.done[1:]}"
        return f"{self.help}; {self.done}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a diagnostic stands: `width` code points from `position` in the line `text`."""

    file: str
    position: Position | None = None
    width: int = 1
    text: str = ""


def located(file: str, text: str, start: int, end: int) -> Location:
    """The place of some characters of a small text whose lines end in `\\n`."""
    line = text.count("\n", 0, start) + 1
    begins = text.rfind("\n", 0, start) + 1
    whole = text[begins:].partition("\n")[0]
    return Location(
        file=file,
        position=Position(line, start - begins + 1),
        width=max(1, min(end, begins + len(whole)) - start),
        text=whole,
    )


class PlacedError(ValueError):
    """What can't be gone on from: the text begins with its place, if it has one."""

    def __init__(self, message: str, location: Location | None = None) -> None:
        place = f"{_placed(location)}: " if location else ""
        super().__init__(f"{place}{message}")
        self.message = message
        self.location = location


class Locator(Protocol):
    """Knows the files of a document, and so where a diagnostic stands in them."""

    def locate(self, diagnostic: Diagnostic) -> Location:
        """The place of a diagnostic, or only its file when it has no place in it."""
        ...


class Once:
    """A locator that looks for each place once, however often it is asked for."""

    def __init__(self, locator: Locator) -> None:
        self._locator = locator
        self._found: dict[Diagnostic, Location] = {}

    def locate(self, diagnostic: Diagnostic) -> Location:
        """The place of a diagnostic."""
        if diagnostic not in self._found:
            self._found[diagnostic] = self._locator.locate(diagnostic)
        return self._found[diagnostic]


def hardened(diagnostic: Diagnostic) -> Diagnostic:
    """The diagnostic under `--strict`: every fault is an error, however slight."""
    if diagnostic.code in NOTES:
        return diagnostic
    return replace(diagnostic, severity=Severity.ERROR, done="")


def in_order(
    diagnostics: Iterable[Diagnostic], locator: Locator
) -> tuple[Diagnostic, ...]:
    """The diagnostics in the order of the text, each once."""

    def place(diagnostic: Diagnostic) -> tuple[str, Position]:
        location = locator.locate(diagnostic)
        return location.file, location.position or Position(0, 0)

    return tuple(sorted(dict.fromkeys(diagnostics), key=place))


def render(diagnostic: Diagnostic, locator: Locator) -> str:
    """A diagnostic for a person: place, what is wrong, the line with carets, the help.

    Safe to print: control characters and bidirectional overrides that came from the
    document are replaced.
    """
    location = locator.locate(diagnostic)
    lines = framed(location, diagnostic.severity, diagnostic.message, diagnostic.code)
    return "\n".join((*lines, f"{'':>5} = help: {_printable(diagnostic.advice)}"))


def framed(
    location: Location, severity: Severity, message: str, code: Code
) -> list[str]:
    """What is wrong at a place, and the line with carets, if there is one."""
    place = _printable(_placed(location))
    lines = [f"{place}: {severity}: {_printable(message)} [{code}]"]
    if location.position is not None:
        source, carets = _excerpt(location, location.position)
        lines.append(f"{location.position.line:>5} | {source}".rstrip())
        lines.append(f"{'':>5} | {carets}")
    return lines


def _placed(location: Location) -> str:
    """A place as editors and terminals know it."""
    if location.position is None:
        return location.file
    return f"{location.file}:{location.position.line}:{location.position.column}"


def as_json(diagnostic: Diagnostic, locator: Locator) -> str:
    """A diagnostic for a program: a JSON object on one line."""
    location = locator.locate(diagnostic)
    position = location.position
    return json.dumps(
        {
            "severity": diagnostic.severity.value,
            "code": diagnostic.code,
            "message": diagnostic.message,
            "help": diagnostic.advice,
            "file": location.file,
            "line": position.line if position else None,
            "column": position.column if position else None,
            "pointer": diagnostic.pointer,
        }
    )


def _excerpt(location: Location, position: Position) -> tuple[str, str]:
    """The source line as shown, and the line of carets below it.

    The line may have megabytes, so it is never taken apart as a whole.
    """
    text, start = location.text, position.column - 1
    end = start + max(1, location.width)
    before, marked, after = _cut(
        _printable(_last(text[max(0, start - _MAX_COLUMNS - 1) : start])),
        _printable(_first(text[start : min(end, start + _MAX_COLUMNS + 1)])),
        _printable(_first(text[end : end + _MAX_COLUMNS + 1])),
    )
    carets = "^" * max(1, _columns(marked))
    return before + marked + after, " " * _columns(before) + carets


def _first(text: str) -> str:
    """As much of a text's beginning as can be shown."""
    return text if len(text) <= _MAX_COLUMNS else text[:_MAX_COLUMNS] + _CUT


def _last(text: str) -> str:
    """As much of a text's end as can be shown."""
    return text if len(text) <= _MAX_COLUMNS else _CUT + text[-_MAX_COLUMNS:]


def _cut(before: str, marked: str, after: str) -> tuple[str, str, str]:
    """Shortens a wide line so that the marked part and some of each side stay."""
    if _columns(before + marked + after) <= _MAX_COLUMNS:
        return before, marked, after
    if _columns(marked) > _MAX_COLUMNS // 2:
        marked, after = _head(marked, _MAX_COLUMNS // 2), ""
    room = _MAX_COLUMNS - _columns(marked)
    before = _tail(before, max(room // 2, room - _columns(after)))
    return before, marked, _head(after, room - _columns(before))


def _head(text: str, columns: int) -> str:
    """The beginning of `text`, at most `columns` wide with the sign that it was cut."""
    if _columns(text) <= columns:
        return text
    return text[: _fitting(text, columns)] + _CUT


def _tail(text: str, columns: int) -> str:
    """The end of `text`, at most `columns` wide with the sign that it was cut."""
    if _columns(text) <= columns:
        return text
    return _CUT + text[len(text) - _fitting(text[::-1], columns) :]


def _fitting(text: str, columns: int) -> int:
    """How many characters fit into `columns` beside the sign that there are more."""
    if _NARROW.fullmatch(text):
        return max(0, columns - 1)
    return bisect_right([*accumulate(map(_width, text))], columns - 1)


def _columns(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    return len(text) if _NARROW.fullmatch(text) else sum(map(_width, text))


def _width(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _printable(text: str) -> str:
    """`text` without anything that moves the cursor or turns the writing direction."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character == "\t":
        return _TAB
    if character in "\r\n":
        return " "
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return _HIDDEN
    return character
