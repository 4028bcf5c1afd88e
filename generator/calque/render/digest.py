"""What is kept of words of which it only matters whether they are the same."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

_MEMORY = 1 << 14
"""How many are remembered: large documents say many things several times."""


@lru_cache(_MEMORY)
def digest(*texts: str) -> str:
    """A digest of words; empty where there are none."""
    said = "\n".join(texts).strip()
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:8] if said else ""
