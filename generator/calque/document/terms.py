"""On what terms a document is read: what may be fetched, and how much is forgiven."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from calque.document.limits import Limits

if TYPE_CHECKING:
    from calque.document.remote import Fetcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What whoever asks for a document decides about its reading.

    `strict`: every fault is an error, however clear its meaning is. `ref_root`: the
    folder below which files are read that the document refers to, by default its own.
    `remote`: how much may be downloaded; None for nothing.
    `overlays` are applied to the document in their order, before all else. `content` is
    what the document holds where that is not on the disk, or not yet.
    """

    strict: bool = False
    ref_root: Path | None = None
    remote: Limits | None = None
    overlays: tuple[Path, ...] = ()
    content: bytes | None = None

    def fetcher(self) -> Fetcher | None:
        """What fetches URLs, if that is allowed."""
        if self.remote is None:
            return None
        from calque.document.remote import Fetcher

        return Fetcher(self.remote)


USUAL = Terms()
"""The terms where nobody says otherwise."""
