"""The rules for the fields of models, which callers give, get, or both."""

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
from calque.surface import Field


def _values(old: Field, new: Field, at: At) -> Relation:
    return at.values((old.type, old.default), (new.type, new.default))


_narrower = related(_values, Relation.NARROWER)
_wider = related(_values, Relation.WIDER)


FIELDS: Rules[Field] = Rules(
    lost=(
        Lost(
            Rule(
                code="field-removed",
                effects=BREAKS,
                means="The model has lost a field.",
                adapt="Do without it; what is still sent is kept with "
                "`keep_unknown=True`.",
            ),
            always,
        ),
    ),
    come=(
        Come(
            Rule(
                code="required-field-added",
                effects=BREAKS,
                means="Whoever builds the model has to give a field more.",
                adapt="Give the new field.",
            ),
            lambda new, at: new.required and at.given,
        ),
        Come(
            Rule(
                code="field-added",
                effects=ADDS,
                means="The model has a field more.",
                adapt="Nothing has to be done.",
            ),
            lambda new, at: not new.required or not at.given,
        ),
    ),
    kept=(
        Kept(
            Rule(
                code="field-renamed",
                effects=BREAKS,
                means="A field has another name.",
                adapt="Use it under its new name.",
            ),
            renamed,
        ),
        Kept(
            Rule(
                code="field-member-renamed",
                effects=BEHAVES,
                means="The member of JSON that a field stands for has another name.",
                adapt="Nothing has to be done, unless JSON is looked at besides.",
            ),
            lambda old, new, _: old.wire != new.wire and old.name == new.name,
        ),
        Kept(
            Rule(
                code="field-required",
                effects=BREAKS,
                means="Whoever builds the model has to give a field that could be left out.",
                adapt="Give it.",
            ),
            lambda old, new, at: at.given and new.required and not old.required,
        ),
        Kept(
            Rule(
                code="field-always-there",
                effects=ADDS,
                means="The service always sends a field that it could leave out.",
                adapt="Nothing has to be done.",
            ),
            lambda old, new, at: not at.given and new.certain and not old.certain,
        ),
        Kept(
            Rule(
                code="field-may-be-absent",
                effects=TYPES,
                means="The service may leave out a field that it always sent.",
                adapt="Look whether it is there before using it.",
            ),
            lambda old, new, at: at.got and old.certain and not new.certain,
        ),
        Kept(
            Rule(
                code="field-optional",
                effects=ADDS,
                means="A field that had to be given may be left out.",
                adapt="Nothing has to be done.",
            ),
            lambda old, new, at: not at.got and old.required and not new.required,
        ),
        Kept(
            Rule(
                code="field-changed",
                effects=TYPES,
                means="A field has another type.",
                adapt="Give and use values of the new type.",
            ),
            related(_values, Relation.OTHER),
        ),
        Kept(
            Rule(
                code="field-narrowed",
                effects=TYPES,
                means="Some values that could be given to a field are no longer of its type.",
                adapt="Give a value of the new type; the service may refuse others.",
            ),
            lambda old, new, at: at.given and _narrower(old, new, at),
        ),
        Kept(
            Rule(
                code="field-widened",
                effects=TYPES,
                means="The service may send values in a field that it did not send before.",
                adapt="Look at what came before using it.",
            ),
            lambda old, new, at: at.got and _wider(old, new, at),
        ),
        Kept(
            Rule(
                code="field-takes-more",
                effects=ADDS,
                means="More values may be given to a field.",
                adapt="Nothing has to be done.",
            ),
            lambda old, new, at: not at.got and _wider(old, new, at),
        ),
        Kept(
            Rule(
                code="field-gives-less",
                effects=ADDS,
                means="The service sends only some of the values that a field could have.",
                adapt="Nothing has to be done; cases that can't be any longer may go.",
            ),
            lambda old, new, at: not at.given and _narrower(old, new, at),
        ),
        Kept(
            Rule(
                code="field-none-is-null",
                effects=BEHAVES,
                means="None for a field is sent as JSON `null`; before, it was not sent.",
                adapt="Leave the field out, or give UNSET, to send nothing.",
                silent=True,
            ),
            lambda old, new, at: at.given
            and (old.default, new.default) == ("None", "UNSET"),
        ),
        Kept(
            Rule(
                code="field-absent-is-unset",
                effects=TYPES,
                means="A field that was not sent is UNSET, and was None before; None is "
                "what is sent as JSON `null`.",
                adapt="Compare with UNSET as well as with None.",
            ),
            lambda old, new, at: at.got
            and (old.default, new.default) == ("None", "UNSET"),
        ),
        Kept(
            Rule(
                code="field-none-is-absent",
                effects=BEHAVES,
                means="None for a field is not sent; before, it was JSON `null`.",
                adapt="Null can't be sent any longer; see what the service takes instead.",
                silent=True,
            ),
            lambda old, new, at: at.given
            and (old.default, new.default) == ("UNSET", "None"),
        ),
        Kept(
            Rule(
                code="field-default-changed",
                effects=TELLS,
                means="The service takes another value where the field is left out.",
                adapt="Give the old value where the program relies on it.",
            ),
            lambda old, new, _: old.fallback != new.fallback,
        ),
        Kept(
            Rule(
                code="field-deprecated",
                effects=TELLS,
                means="The document says now that the field is deprecated.",
                adapt="Look for its replacement before it goes.",
            ),
            deprecated,
        ),
        Kept(
            Rule(
                code="field-documented",
                effects=TELLS,
                means="Other words are said of a field.",
                adapt="Nothing has to be done.",
            ),
            lambda old, new, _: old.doc != new.doc
            and (old.fallback, old.deprecated) == (new.fallback, new.deprecated),
        ),
    ),
)
