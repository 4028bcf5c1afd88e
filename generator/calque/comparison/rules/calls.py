"""The rules for calls: their names, what they request, what they return."""

from __future__ import annotations

from calque.comparison.annotations import options
from calque.comparison.conditions import deprecated, documented, related
from calque.comparison.matching import arguments, request
from calque.comparison.rule import (
    ADDS,
    BEHAVES,
    BREAKS,
    RUNS,
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
from calque.surface import Call

_MANY = ("Page", "Pager", "Stream", "Iterator")
"""Ends of the names of classes that give results one after the other."""

_POLLER = "Poller"
"""The end of the names of classes that give a result later."""


def _returns(old: Call, new: Call, at: At) -> Relation:
    if _manners(old) != _manners(new):
        return Relation.SAME
    return at.world.relation(old.returns, new.returns)


def _manners(call: Call) -> list[str]:
    """The classes through which a call gives its results, not all at once."""
    ends = (*_MANY, _POLLER)
    return sorted(
        o.name for o in options(call.returns) if o.arguments and o.name.endswith(ends)
    )


def _polls(call: Call) -> bool:
    """Whether a call gives what waits for its result."""
    return any(name.endswith(_POLLER) for name in _manners(call))


def _kept(old: Call, new: Call, at: At) -> bool:
    """Whether the old name of a call still works, or that of its resource."""
    (resource, _, method), now = old.call.rpartition("."), new.call.rpartition(".")[2]
    return at.world.still(old.call) or (method == now and at.world.still(resource))


def _reordered(old: Call, new: Call, _: At) -> bool:
    """Whether arguments that need no name are taken in another order."""
    both = [p for p in arguments(old, new).kept if p[0].position and p[1].position]
    before = sorted(both, key=lambda pair: pair[0].position)
    after = sorted(both, key=lambda pair: pair[1].position)
    return before != after


def _another_identity(old: Call, new: Call, _: At) -> bool:
    """Whether credentials that were enough are so no longer."""
    enough = [_schemes(each) for each in new.security or ("",)]
    given = [_schemes(each) for each in old.security or ("",)]
    return any(not any(each <= has for each in enough) for has in given)


def _identified(call: Call) -> bool:
    """Whether credentials are ever sent with a call."""
    return any(call.security)


def _has_body(call: Call) -> bool:
    return any(argument.place == "body" for argument in call.arguments)


def _schemes(alternative: str) -> set[str]:
    return set(filter(None, alternative.split(" + ")))


CALLS: Rules[Call] = Rules(
    lost=(
        Lost(
            Rule(
                code="call-removed",
                effects=BREAKS,
                means="The method is gone: the document has no such operation any longer.",
                adapt="Find out what replaces the operation, and call that.",
            ),
            always,
        ),
    ),
    come=(
        Come(
            Rule(
                code="call-added",
                effects=ADDS,
                means="There is a new method.",
                adapt="Nothing has to be done.",
            ),
            always,
        ),
    ),
    kept=(
        Kept(
            Rule(
                code="call-renamed",
                effects=BREAKS,
                means="The method of this request has another name, or is elsewhere.",
                adapt="Call it by its new name; it requests the same.",
            ),
            lambda old, new, at: old.call != new.call and not _kept(old, new, at),
        ),
        Kept(
            Rule(
                code="call-name-deprecated",
                effects=TELLS,
                means="The method has another name; the old one works, and is deprecated.",
                adapt="Call it by its new name before the old one goes.",
            ),
            lambda old, new, at: old.call != new.call and _kept(old, new, at),
        ),
        Kept(
            Rule(
                code="request-changed",
                effects=BEHAVES,
                means="The method sends its request with another HTTP method or to "
                "another path.",
                adapt="Check that the service there does what the program expects.",
            ),
            lambda old, new, _: request(old) != request(new),
        ),
        Kept(
            Rule(
                code="sent-value-changed",
                effects=BEHAVES,
                means="Other values are sent unasked with each call, such as the version "
                "of the API.",
                adapt="Check that the service answers the program's requests as before.",
            ),
            lambda old, new, _: dict(old.sent) != dict(new.sent),
        ),
        Kept(
            Rule(
                code="body-media-changed",
                effects=BEHAVES,
                means="The body is sent as another media type.",
                adapt="Nothing has to be done, unless something between looks at it.",
            ),
            lambda old, new, _: _has_body(old)
            and _has_body(new)
            and old.media != new.media,
        ),
        Kept(
            Rule(
                code="positional-order-changed",
                effects=BEHAVES,
                means="Arguments that are given without names are taken in another order.",
                adapt="Give them by name, or in the new order.",
                silent=True,
            ),
            _reordered,
        ),
        Kept(
            Rule(
                code="return-changed",
                effects=BREAKS,
                means="The method returns a value of another type.",
                adapt="Use the result as what it is now.",
            ),
            related(_returns, Relation.OTHER),
        ),
        Kept(
            Rule(
                code="return-widened",
                effects=TYPES,
                means="The method may return more than it used to.",
                adapt="Look at what came before using it.",
            ),
            related(_returns, Relation.WIDER),
        ),
        Kept(
            Rule(
                code="return-narrowed",
                effects=ADDS,
                means="The method returns only some of what it used to.",
                adapt="Nothing has to be done; cases that can't be any longer may go.",
            ),
            related(_returns, Relation.NARROWER),
        ),
        Kept(
            Rule(
                code="pagination-changed",
                effects=BREAKS,
                means="Results come in another way: at once, in pages, or as a stream.",
                adapt="Iterate over the pager or stream, or take the result as it is.",
            ),
            lambda old, new, _: _polls(old) == _polls(new)
            and _manners(old) != _manners(new),
        ),
        Kept(
            Rule(
                code="long-running-now",
                effects=BREAKS,
                means="The operation goes on after it was answered: the method gives a "
                "poller that waits for the result.",
                adapt="Take what the poller's `result()` gives.",
            ),
            lambda old, new, _: _polls(new) and not _polls(old),
        ),
        Kept(
            Rule(
                code="long-running-no-longer",
                effects=BREAKS,
                means="The answer is the end of the operation: the method gives the "
                "result, and no poller.",
                adapt="Take the result as it is.",
            ),
            lambda old, new, _: _polls(old) and not _polls(new),
        ),
        Kept(
            Rule(
                code="credential-changed",
                effects=RUNS,
                means="The call needs another credential than the ones it took.",
                adapt="Give the client a credential of the scheme that is asked for now.",
            ),
            _another_identity,
        ),
        Kept(
            Rule(
                code="credential-not-sent",
                effects=BEHAVES,
                means="The call needs no credential, and none is sent with it.",
                adapt="Nothing has to be done.",
            ),
            lambda old, new, _: _identified(old) and not _identified(new),
        ),
        Kept(
            Rule(
                code="credential-accepted",
                effects=ADDS,
                means="The call takes credentials that were not enough for it.",
                adapt="Nothing has to be done.",
            ),
            lambda old, new, at: _identified(new)
            and not _another_identity(old, new, at)
            and _another_identity(new, old, at),
        ),
        Kept(
            Rule(
                code="repeated-now",
                effects=BEHAVES,
                means="Whether a failed call is repeated has changed: it has, or lost, a "
                "header that makes repeating it safe.",
                adapt="Set `max_retries` in the call's options where that matters.",
            ),
            lambda old, new, _: old.repeatable != new.repeatable,
        ),
        Kept(
            Rule(
                code="call-deprecated",
                effects=TELLS,
                means="The document says now that the operation is deprecated.",
                adapt="Look for its replacement before it goes.",
            ),
            deprecated,
        ),
        Kept(
            Rule(
                code="call-documented",
                effects=TELLS,
                means="Other words are said of the method.",
                adapt="Nothing has to be done.",
            ),
            documented,
        ),
    ),
)
