"""What changes for the callers of a package, from one surface of it to another."""

from __future__ import annotations

from calque.comparison.change import Change, Report, Side
from calque.comparison.compare import diff
from calque.comparison.rule import Bump, Effect, Rule

__all__ = ["Bump", "Change", "Effect", "Report", "Rule", "Side", "diff"]
