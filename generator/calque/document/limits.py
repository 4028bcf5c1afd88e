"""How large and how deep a document may be before it is refused instead of read."""

from __future__ import annotations

from dataclasses import dataclass

MAX_DEPTH = 200
"""Levels of nesting. Published documents stay below 60; every later stage may recurse."""

MAX_ALIASED = 1_000_000
"""Values that YAML aliases may repeat in all: ten lines of them can mean a billion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much may be downloaded: bytes of one document, bytes and documents in all,
    seconds for one document, redirects on the way to it.
    """

    size: int = 64 * 1024 * 1024
    total: int = 256 * 1024 * 1024
    documents: int = 500
    seconds: float = 30
    redirects: int = 5
