"""Where the settings of a package stand: in which file, and at which line and column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from calque.diagnostics import Focus, Location, located
from calque.toml_places import Keys, Place, Span, places

_SAID = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)")
"""How `tomllib` says what is wrong, and where; as numbers only from Python 3.14 on."""

_ADVICE = {
    "Invalid value": "a text stands in quotes",
    "Illegal character '\\n'": "close the quotes on the line that they begin on",
    "Cannot overwrite a value": "a key, or a table, is said once",
}
"""What to do where `tomllib` finds what many write."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The file of some settings, and below which keys they stand, the nearest first.

    Those of one of several packages stand in its own table, and in that of them all.
    """

    file: Path
    below: tuple[Keys, ...] = ((),)

    def location(self, *keys: str | int, focus: Focus = Focus.VALUE) -> Location:
        """The place of a setting; of the nearest table around it where it is not there.

        The file is read again: there is little to say of settings, and then it is the last.
        """
        if not self.file.is_file():
            return Location(file=str(self.file))
        text = self.file.read_text("utf-8", errors="replace")
        found = places(text)
        own = (table for table in self.below if (*table, *keys[:1]) in found)
        span = _nearest(found, (*next(own, self.below[0]), *keys), focus)
        return located(str(shown(self.file)), text, *span)


def _nearest(found: dict[Keys, Place], keys: Keys, focus: Focus) -> Span:
    if keys in found:
        return found[keys].key if focus is Focus.KEY else found[keys].value
    around = (keys[:end] for end in range(len(keys) - 1, 0, -1))
    return next((found[outer].key for outer in around if outer in found), (0, 0))


def unread(file: Path, error: ValueError) -> tuple[str, Location]:
    """Why a file is no TOML, and where, by what reading it has raised."""
    name = str(shown(file))
    if isinstance(error, UnicodeDecodeError):
        before = error.object[: error.start].decode("utf-8", errors="replace")
        text = error.object.decode("utf-8", errors="replace")
        place = located(name, text, len(before), len(before) + 1)
        return f"it is no UTF-8: {error.reason}; save it as UTF-8", place
    text = file.read_text("utf-8")
    said = _SAID.fullmatch(str(error))
    words, line, column = said.groups() if said else (str(error), None, None)
    if line and column:
        lines = text.split("\n")[: int(line) - 1]
        start = sum(len(each) + 1 for each in lines) + int(column) - 1
    else:
        start = len(text.rstrip())
    place = located(name, text, start, start + 1)
    return f"{words}; {_ADVICE.get(words, 'see toml.io')}", place


def shown(path: Path) -> Path:
    """A path as seen from here, where it is below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
