"""What is kept of words of which it only matters whether they are the same."""

from __future__ import annotations

from hashlib import sha256


def digest(*texts: str) -> str:
    """A digest of words; empty where there are none."""
    said = "\n".join(texts).strip()
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:8] if said else ""
