"""What a document's file holds as text, and where in it a JSON pointer stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from calque.diagnostics import Diagnostic, Focus, Location, Position
from calque.document import json_text
from calque.document.node import tokens
from calque.document.span import Place, Span
from calque.document.units import unit_of

if TYPE_CHECKING:
    from calque.document.yaml_tree import Yaml

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Syntax(Enum):
    """How a text is to be read."""

    JSON = "JSON"
    YAML = "YAML"


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file as it was read: its name as the user gave it, and its text.

    `sha256` is the digest of the bytes in hexadecimal, empty when nothing was read; `places`
    are those of units of JSON, by Id.
    Lines and pointers are only looked for when a diagnostic is located.
    """

    file: str
    text: str = ""
    syntax: Syntax = Syntax.YAML
    sha256: str = ""
    places: Mapping[str, json_text.Member] = field(
        default_factory=dict[str, json_text.Member]
    )

    def locate(self, diagnostic: Diagnostic) -> Location:
        """Where a diagnostic about this file stands in it."""
        file = diagnostic.file or self.file
        position, width = diagnostic.position, diagnostic.width
        if position is None:
            if not diagnostic.pointer or not self.text:
                return Location(file=file)
            span = self.span(diagnostic.pointer, diagnostic.focus)
            position, width = self.position(span.start), span.end - span.start
        line = self._line(position.line)
        room = max(1, len(line) - position.column + 1)
        width = min(max(1, width), room)
        return Location(file=file, position=position, width=width, text=line)

    def span(self, pointer: str, focus: Focus) -> Span:
        """The text of a value or of its key; of the nearest place that does exist.

        A value that is an object or array is shown by its key.
        """
        place = self._place(pointer)
        if place.key is not None and (focus is Focus.KEY or place.nested):
            return place.key
        return place.value

    def position(self, offset: int) -> Position:
        """Line and column of the character at `offset`."""
        line = self._line_at(offset)
        return Position(line + 1, offset - self._starts[line] + 1)

    def _place(self, pointer: str) -> Place:
        path, unit = tokens(pointer), unit_of(pointer)
        match self.syntax:
            case Syntax.JSON if unit in self.places:
                rest, begin = path[len(tokens(unit)) :], self.places[unit]
                return json_text.find(self.text, rest, self._members, begin)
            case Syntax.JSON:
                return json_text.find(self.text, path, self._members)
            case Syntax.YAML:
                from calque.document import yaml_tree

                return yaml_tree.find(self._tree, path)

    @cached_property
    def _starts(self) -> list[int]:
        if "\r" in self.text:
            return [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]
        # In a text of one line, which may have megabytes, that is told at once.
        starts, find = [0], self.text.find
        while end := find("\n", starts[-1]) + 1:
            starts.append(end)
        return starts

    @cached_property
    def _lines(self) -> dict[int, str]:
        """The lines that were shown: that of a minified document has megabytes."""
        return {}

    @cached_property
    def _tree(self) -> Yaml | None:
        from calque.document import yaml_tree

        return yaml_tree.compose(self.text).tree

    @cached_property
    def _members(self) -> json_text.Cache:
        return {}

    def _line_at(self, offset: int) -> int:
        from bisect import bisect_right

        return bisect_right(self._starts, offset) - 1

    def _line(self, number: int) -> str:
        if number > len(self._starts):
            return ""
        if number not in self._lines:
            start, *ends = self._starts[number - 1 : number + 1]
            end = ends[0] if ends else len(self.text)
            self._lines[number] = self.text[start:end].rstrip("\r\n")
        return self._lines[number]
