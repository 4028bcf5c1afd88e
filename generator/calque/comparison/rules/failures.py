"""The rules for the bodies of answers that are raised."""

from __future__ import annotations

from typing import TypeAlias

from calque.comparison.rule import ADDS, BEHAVES, Come, Kept, Lost, Rule, Rules, always
from calque.comparison.world import Relation
from calque.surface import Failure

Raised: TypeAlias = tuple[str, Failure]
"""A body that is raised, with its status."""

FAILURES: Rules[Raised] = Rules(
    lost=(
        Lost(
            Rule(
                code="error-undeclared",
                effects=BEHAVES,
                means="The body of this error is not declared any longer: `error` is None.",
                adapt="Look at `status`, `code` and `content` of the error instead.",
                silent=True,
            ),
            always,
        ),
    ),
    come=(
        Come(
            Rule(
                code="error-declared",
                effects=ADDS,
                means="The body of this error has a type.",
                adapt="Nothing has to be done; `error` of a StatusError has it.",
            ),
            always,
        ),
    ),
    kept=(
        Kept(
            Rule(
                code="error-changed",
                effects=BEHAVES,
                means="The body of this error is of another type: what looks for the old "
                "one with `isinstance` no longer finds it.",
                adapt="Look for the new type in `error` of a StatusError.",
                silent=True,
            ),
            lambda old, new, at: at.world.relation(old[1].type, new[1].type)
            is not Relation.SAME,
        ),
    ),
)
