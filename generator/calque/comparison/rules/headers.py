"""The rules for header fields that come from the service, with answers and with webhooks.

Nobody builds their classes, and each field may be absent: so there is less to say of them than
of the fields of models.
"""

from __future__ import annotations

from calque.comparison.conditions import deprecated, documented, related, renamed
from calque.comparison.rule import (
    ADDS,
    BREAKS,
    TELLS,
    TYPES,
    Come,
    Kept,
    Lost,
    Rule,
    Rules,
    always,
)
from calque.comparison.world import At, Relation
from calque.surface import Field


def _values(old: Field, new: Field, at: At) -> Relation:
    return at.world.relation(old.type, new.type)


HEADERS: Rules[Field] = Rules(
    lost=(
        Lost(
            Rule(
                code="header-removed",
                effects=BREAKS,
                means="A header field is no longer declared.",
                adapt="Look it up in `headers` of the answer, or of what was delivered.",
            ),
            always,
        ),
    ),
    come=(
        Come(
            Rule(
                code="header-added",
                effects=ADDS,
                means="A header field more is declared.",
                adapt="Nothing has to be done.",
            ),
            always,
        ),
    ),
    kept=(
        Kept(
            Rule(
                code="header-renamed",
                effects=BREAKS,
                means="A header field has another name.",
                adapt="Use it under its new name.",
            ),
            renamed,
        ),
        Kept(
            Rule(
                code="header-changed",
                effects=BREAKS,
                means="A header field is read as a value of another type.",
                adapt="Use the value as what it is now.",
            ),
            related(_values, Relation.OTHER),
        ),
        Kept(
            Rule(
                code="header-widened",
                effects=TYPES,
                means="A header field may be read as values that it was not before.",
                adapt="Look at what came before using it.",
            ),
            related(_values, Relation.WIDER),
        ),
        Kept(
            Rule(
                code="header-narrowed",
                effects=ADDS,
                means="A header field is read as only some of the values that it could have.",
                adapt="Nothing has to be done; cases that can't be any longer may go.",
            ),
            related(_values, Relation.NARROWER),
        ),
        Kept(
            Rule(
                code="header-deprecated",
                effects=TELLS,
                means="The document says now that the header field is deprecated.",
                adapt="Look for its replacement before it goes.",
            ),
            deprecated,
        ),
        Kept(
            Rule(
                code="header-documented",
                effects=TELLS,
                means="Other words are said of a header field.",
                adapt="Nothing has to be done.",
            ),
            lambda old, new, at: documented(old, new, at)
            and old.deprecated == new.deprecated,
        ),
    ),
)
