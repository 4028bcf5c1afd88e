"""What a document is to the later stages: its data in the form of OpenAPI 3.1, and its sources."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from calque.diagnostics import Diagnostic, Location, Locator
from calque.document.files import Files
from calque.document.moves import Moves, Origins
from calque.document.node import Node
from calque.document.sources import Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A valid document, brought to the form of OpenAPI 3.1.

    `moves` says which values the upgrade put somewhere else than they stand in the
    text, and `origins` where those of a Swagger document stood before.
    """

    files: Files
    sources: Sources
    moves: Moves = field(default_factory=Moves)
    origins: Origins = field(default_factory=Origins)

    @property
    def root(self) -> Node:
        """The main file as a whole."""
        return self.files.root

    @property
    def digest(self) -> str:
        """The SHA-256 of all files that were read."""
        return self.sources.digest

    def written(self, id_: str) -> str:
        """The Id that what is now at an Id has in the text."""
        return self.origins.original(self.moves.original(id_))

    def locate(self, diagnostic: Diagnostic) -> Location:
        """Where a diagnostic about this document stands in its text."""
        pointer = self.written(diagnostic.pointer)
        return self.sources.locate(replace(diagnostic, pointer=pointer))


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The outcome of `load`: a document unless there are errors, and what was found.

    `locator` knows the positions of the diagnostics even when there is no document.
    """

    document: Document | None
    diagnostics: tuple[Diagnostic, ...]
    locator: Locator
