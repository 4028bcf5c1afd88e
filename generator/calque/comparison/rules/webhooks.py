"""The rules for webhooks: their names, and what they are read as."""

from __future__ import annotations

from calque.comparison.conditions import deprecated, documented, related
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
from calque.surface import Webhook


def _payload(old: Webhook, new: Webhook, at: At) -> Relation:
    return at.world.relation(old.type, new.type)


def _renamed(old: Webhook, new: Webhook, _: At) -> bool:
    """Whether it has another name, or the class of its header fields has."""
    classes = {old.headers_class, new.headers_class} - {""}
    return old.name != new.name or len(classes) > 1


WEBHOOKS: Rules[Webhook] = Rules(
    lost=(
        Lost(
            Rule(
                code="webhook-removed",
                effects=BREAKS,
                means="The webhook is gone; `any_webhook`, and `unwrap` with it: nothing "
                "tells the webhooks apart any longer.",
                adapt="Find out what the service sends in its place, and read that.",
            ),
            always,
        ),
    ),
    come=(
        Come(
            Rule(
                code="webhook-added",
                effects=ADDS,
                means="There is a new webhook, or `any_webhook` that reads any of them.",
                adapt="Nothing has to be done.",
            ),
            always,
        ),
    ),
    kept=(
        Kept(
            Rule(
                code="webhook-renamed",
                effects=BREAKS,
                means="The webhook has another name in Python.",
                adapt="Use it under its new name.",
            ),
            _renamed,
        ),
        Kept(
            Rule(
                code="payload-changed",
                effects=BREAKS,
                means="What a webhook carries is of another type.",
                adapt="Use the payload as what it is now.",
            ),
            related(_payload, Relation.OTHER),
        ),
        Kept(
            Rule(
                code="payload-widened",
                effects=TYPES,
                means="A webhook may carry more than it used to.",
                adapt="Look at what came before using it.",
            ),
            related(_payload, Relation.WIDER),
        ),
        Kept(
            Rule(
                code="payload-narrowed",
                effects=ADDS,
                means="A webhook carries only some of what it used to.",
                adapt="Nothing has to be done; cases that can't be any longer may go.",
            ),
            related(_payload, Relation.NARROWER),
        ),
        Kept(
            Rule(
                code="webhook-deprecated",
                effects=TELLS,
                means="The document says now that the webhook is deprecated.",
                adapt="Look for its replacement before it goes.",
            ),
            deprecated,
        ),
        Kept(
            Rule(
                code="webhook-documented",
                effects=TELLS,
                means="Other words are said of the webhook.",
                adapt="Nothing has to be done.",
            ),
            documented,
        ),
    ),
)
