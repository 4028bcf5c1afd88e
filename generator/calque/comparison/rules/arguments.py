"""The rules for the arguments of calls, which callers give."""

from __future__ import annotations

from calque.comparison.conditions import deprecated, related, renamed
from calque.comparison.rule import (
    ADDS,
    BEHAVES,
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
from calque.surface import Argument


def values(old: Argument, new: Argument, at: At) -> Relation:
    """How the values that may be given compare."""
    return at.values((old.type, old.default), (new.type, new.default))


def _otherwise(old: Argument, new: Argument, _: At) -> bool:
    """Whether the request differs, while callers give the value as before."""
    there = old.name == new.name and old.place == new.place
    return there and _wire(old) != _wire(new)


def _wire(it: Argument) -> tuple[str, str]:
    """How a request shows an argument: in a path only its place has a name."""
    name = {"path": "", "header": it.wire.lower()}.get(it.place, it.wire)
    return name, it.written


ARGUMENTS: Rules[Argument] = Rules(
    lost=(
        Lost(
            Rule(
                code="argument-removed",
                effects=BREAKS,
                means="The method no longer takes an argument.",
                adapt="Leave the argument out.",
            ),
            always,
        ),
    ),
    come=(
        Come(
            Rule(
                code="required-argument-added",
                effects=BREAKS,
                means="The method has to be given something more.",
                adapt="Give the new argument.",
            ),
            lambda new, _: new.required,
        ),
        Come(
            Rule(
                code="argument-added",
                effects=ADDS,
                means="The method takes an argument more, which may be left out.",
                adapt="Nothing has to be done.",
            ),
            lambda new, _: not new.required,
        ),
    ),
    kept=(
        Kept(
            Rule(
                code="argument-renamed",
                effects=BREAKS,
                means="An argument has another name.",
                adapt="Give it under its new name.",
            ),
            renamed,
        ),
        Kept(
            Rule(
                code="argument-required",
                effects=BREAKS,
                means="An argument that could be left out has to be given.",
                adapt="Give it.",
            ),
            lambda old, new, _: new.required and not old.required,
        ),
        Kept(
            Rule(
                code="argument-optional",
                effects=ADDS,
                means="An argument that had to be given may be left out.",
                adapt="Nothing has to be done.",
            ),
            lambda old, new, _: old.required and not new.required,
        ),
        Kept(
            Rule(
                code="argument-keyword-only",
                effects=BREAKS,
                means="An argument that could be given without its name needs it.",
                adapt="Give it by name.",
            ),
            lambda old, new, _: bool(old.position) and not new.position,
        ),
        Kept(
            Rule(
                code="argument-narrowed",
                effects=TYPES,
                means="Some values that an argument could have are no longer of its type.",
                adapt="Give a value of the new type; the service may refuse others.",
            ),
            related(values, Relation.NARROWER, Relation.OTHER),
        ),
        Kept(
            Rule(
                code="argument-widened",
                effects=ADDS,
                means="An argument takes more values than it used to.",
                adapt="Nothing has to be done.",
            ),
            related(values, Relation.WIDER),
        ),
        Kept(
            Rule(
                code="argument-none-is-null",
                effects=BEHAVES,
                means="None for an argument is sent as JSON `null`; before, it was not sent.",
                adapt="Leave the argument out, or give UNSET, to send nothing.",
                silent=True,
            ),
            lambda old, new, _: (old.default, new.default) == ("None", "UNSET"),
        ),
        Kept(
            Rule(
                code="argument-none-is-absent",
                effects=BEHAVES,
                means="None for an argument is not sent; before, it was JSON `null`.",
                adapt="Null can't be sent any longer; see what the service takes instead.",
                silent=True,
            ),
            lambda old, new, _: (old.default, new.default) == ("UNSET", "None"),
        ),
        Kept(
            Rule(
                code="argument-written-otherwise",
                effects=BEHAVES,
                means="The value is written into the request in another way, or under "
                "another name.",
                adapt="Nothing has to be done, unless something between looks at it.",
            ),
            _otherwise,
        ),
        Kept(
            Rule(
                code="argument-moved",
                effects=BEHAVES,
                means="The value is sent in another place of the request.",
                adapt="Nothing has to be done, unless something between looks at it.",
            ),
            lambda old, new, _: old.place != new.place,
        ),
        Kept(
            Rule(
                code="argument-default-changed",
                effects=TELLS,
                means="The service takes another value where the argument is left out.",
                adapt="Give the old value where the program relies on it.",
            ),
            lambda old, new, _: old.fallback != new.fallback,
        ),
        Kept(
            Rule(
                code="argument-deprecated",
                effects=TELLS,
                means="The document says now that the argument is deprecated.",
                adapt="Look for its replacement before it goes.",
            ),
            deprecated,
        ),
        Kept(
            Rule(
                code="argument-documented",
                effects=TELLS,
                means="Other words are said of an argument.",
                adapt="Nothing has to be done.",
            ),
            lambda old, new, _: old.doc != new.doc and old.fallback == new.fallback,
        ),
    ),
)
