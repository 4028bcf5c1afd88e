"""How large and how deep a document may be before it is refused instead of read."""

from __future__ import annotations

MAX_DEPTH = 200
"""Levels of nesting. Published documents stay below 60; every later stage may recurse."""

MAX_ALIASED = 1_000_000
"""Values that YAML aliases may repeat in all: ten lines of them can mean a billion."""
