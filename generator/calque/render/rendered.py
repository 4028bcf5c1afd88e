"""The files of a package before and after their layout, and what the next one may take over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from calque import lock
from calque.render.engine import Filled
from calque.render.parts import LaidOut, Parts, Past
from calque.render.runtime import without_unused


@dataclass(frozen=True, slots=True)
class Rendered:
    """The files of a package: some to be laid out, some as they were, some copied.

    `told` has the digests of those that are laid out, now or before, and are no parts.
    """

    filled: Filled
    parts: Parts
    told: Mapping[str, str]

    def whole(self, laid_out: Mapping[str, str]) -> dict[str, str]:
        """All files, once those that were written have their layout."""
        return {**self.filled.copied, **self.filled.kept, **laid_out}

    def past(self, texts: Mapping[str, str]) -> Past:
        """What can be told to the next package, once the final texts are known."""
        places = self.filled.places
        parts = {
            key: part if part.text else replace(part, text=texts[places[key]])
            for key, part in self.parts.made.items()
        }
        laid_out = {
            path: LaidOut(told, texts[path]) for path, told in self.told.items()
        }
        return Past(self.parts.basis, parts, laid_out)


def rendered(filled: Filled, parts: Parts, past: Past | None) -> Rendered:
    """What becomes of the files: what has use, and is laid out unless it was before."""
    used = without_unused({**filled.written, **filled.kept}, filled.copied)
    apart = {filled.places.get(key) for key in parts.made}
    told = {
        path: lock.digest(text.encode())
        for path, text in filled.written.items()
        if path not in apart
    }
    held = _held(told, past.laid_out if past else {})
    written = {p: text for p, text in filled.written.items() if p not in held}
    kept = filled.kept | held
    there = replace(filled, copied=used, written=written, kept=kept)
    return Rendered(there, parts, told)


def _held(told: Mapping[str, str], before: Mapping[str, LaidOut]) -> dict[str, str]:
    """The files that were laid out before, of the same text, as they came out."""
    found = ((path, before.get(path)) for path in told)
    return {p: laid.text for p, laid in found if laid and laid.filled == told[p]}
