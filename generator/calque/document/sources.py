"""Where a diagnostic stands in the several files of a document."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from calque.diagnostics import Diagnostic, Location
from calque.document.moves import Origins
from calque.document.reference import base_of
from calque.document.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The files that were read, by their names; that of the main one is empty.

    `overlaid` has the Ids in the texts of what overlays have brought to another place.
    """

    files: Mapping[str, Source]
    overlaid: Origins = field(default_factory=Origins)

    @property
    def digest(self) -> str:
        """The SHA-256 of all that was read; of one file alone, that of its bytes."""
        main, *others = (self.files[name] for name in sorted(self.files))
        if not others:
            return main.sha256
        lines = (f"{self.files[n].sha256} {n}\n" for n in sorted(self.files))
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def pinned(self, diagnostic: Diagnostic) -> Diagnostic:
        """A diagnostic whose Id is that of the text, kept at its place in there."""
        if diagnostic.position is not None:
            return diagnostic
        place = self.locate(diagnostic)
        return replace(diagnostic, position=place.position, width=place.width)

    def locate(self, diagnostic: Diagnostic) -> Location:
        """The place of a diagnostic: in the file of its Id, or in the file it names."""
        pointer = self.overlaid.original(diagnostic.pointer)
        name = base_of(pointer) or diagnostic.file or ""
        return self.files[name].locate(replace(diagnostic, pointer=pointer, file=None))
