"""The rules for the values of enumerations."""

from __future__ import annotations

from dataclasses import dataclass

from calque.comparison.rule import (
    ADDS,
    BREAKS,
    TYPES,
    Come,
    Kept,
    Lost,
    Rule,
    Rules,
    always,
)
from calque.surface import Member


@dataclass(frozen=True, slots=True)
class Listed:
    """A member and whether its enumeration takes other values too."""

    member: Member
    extensible: bool


MEMBERS: Rules[Listed] = Rules(
    lost=(
        Lost(
            Rule(
                code="enum-value-removed",
                effects=BREAKS,
                means="A value of an enumeration is gone, and the member that names it.",
                adapt="Use another member.",
            ),
            always,
        ),
    ),
    come=(
        Come(
            Rule(
                code="closed-enum-value-added",
                effects=TYPES,
                means="The service may send a value more of an enumeration that had all of "
                "them listed: what takes care of each one misses it.",
                adapt="Take care of the new value.",
            ),
            lambda new, at: at.got and not new.extensible,
        ),
        Come(
            Rule(
                code="enum-value-added",
                effects=ADDS,
                means="An enumeration has a value more.",
                adapt="Nothing has to be done.",
            ),
            lambda new, at: not at.got or new.extensible,
        ),
    ),
    kept=(
        Kept(
            Rule(
                code="enum-member-renamed",
                effects=BREAKS,
                means="The member of a value has another name.",
                adapt="Use it under its new name.",
            ),
            lambda old, new, _: old.member.name != new.member.name,
        ),
    ),
)
