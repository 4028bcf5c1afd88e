"""What changed between two packages, for their callers: `Change`, and the `Report` of all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calque.comparison.rule import Bump, Effect, Rule
from calque.surface import Surface


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a change: its Id in the document, its place in the text, its Python."""

    id: str
    python: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change under one rule; `subject` says of what, as a caller names it.

    `old` is None for what is new, `new` for what is gone.
    """

    rule: Rule
    subject: str
    old: Side | None = None
    new: Side | None = None

    @property
    def effect(self) -> Effect:
        """What a caller notices first."""
        return self.rule.effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All changes of the Python surface, the worst first."""

    old: Surface
    new: Surface
    changes: tuple[Change, ...]

    @property
    def bump(self) -> Bump:
        """Which part of the version the changes ask for (Semantic Versioning 2.0.0)."""
        return max((change.rule.bump for change in self.changes), default=Bump.NONE)

    @property
    def breaking(self) -> bool:
        """Whether programs break, or silently do something else."""
        return self.bump is Bump.MAJOR

    def of(self, effect: Effect) -> Iterator[Change]:
        """The changes of one class."""
        return (change for change in self.changes if change.effect is effect)

    def counts(self) -> dict[Effect, int]:
        """How many changes there are of each class."""
        return {effect: sum(1 for _ in self.of(effect)) for effect in Effect}
