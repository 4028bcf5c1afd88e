"""The rules for models as wholes: their names, modules, kinds, and what unions are of."""

from __future__ import annotations

from calque.comparison.annotations import options
from calque.comparison.conditions import deprecated, documented
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
from calque.surface import Enumeration, Model, Record, Union


def _union(old: Model, new: Model, at: At) -> Relation:
    if not isinstance(old, Union) or not isinstance(new, Union):
        return Relation.SAME
    return at.world.compared(options(old.type), options(new.type))


def _gone(old: Model, new: Model) -> set[str]:
    """The names of a model that it has no longer: its own, and an enumeration's alias."""
    if isinstance(old, Enumeration) and isinstance(new, Enumeration):
        return {old.name, old.like} - {new.name, new.like}
    return {old.name} - {new.name}


def _kept(old: Model, new: Model, at: At) -> bool:
    """Whether all names of old of a model still work."""
    return all(at.world.still(f"models.{name}") for name in _gone(old, new))


def _opened(old: Model, new: Model) -> bool:
    return (
        isinstance(old, Enumeration)
        and isinstance(new, Enumeration)
        and new.extensible
        and not old.extensible
    )


def _another_scalar(old: Model, new: Model) -> bool:
    """Whether the values of an enumeration are strings on one side, integers on the other."""
    if not isinstance(old, Enumeration) or not isinstance(new, Enumeration):
        return False
    return ("Str" in old.kind) != ("Str" in new.kind)


def _unlisted(old: Model, new: Model) -> bool:
    """Whether undeclared properties have lost their place."""
    return isinstance(old, Record) and bool(old.extra) and not _extra(new)


def _extra(model: Model) -> str:
    return model.extra if isinstance(model, Record) else ""


MODELS: Rules[Model] = Rules(
    lost=(
        Lost(
            Rule(
                code="model-removed",
                effects=BREAKS,
                means="The model is gone.",
                adapt="Use the model that stands in its place.",
            ),
            always,
        ),
    ),
    come=(
        Come(
            Rule(
                code="model-added",
                effects=ADDS,
                means="There is a new model.",
                adapt="Nothing has to be done.",
            ),
            always,
        ),
    ),
    kept=(
        Kept(
            Rule(
                code="model-renamed",
                effects=BREAKS,
                means="The model has another name.",
                adapt="Import and use it under its new name.",
            ),
            lambda old, new, at: not _kept(old, new, at),
        ),
        Kept(
            Rule(
                code="model-name-deprecated",
                effects=TELLS,
                means="The model has another name; the old one works, and is deprecated.",
                adapt="Use it under its new name before the old one goes.",
            ),
            lambda old, new, at: bool(_gone(old, new)) and _kept(old, new, at),
        ),
        Kept(
            Rule(
                code="model-moved",
                effects=BREAKS,
                means="The model is in another module: imports from `models` go on as "
                "before, those from the module itself fail.",
                adapt="Import it from the package's `models`.",
            ),
            lambda old, new, _: old.module != new.module,
        ),
        Kept(
            Rule(
                code="model-kind-changed",
                effects=BREAKS,
                means="A class, an enumeration or a union has become one of the others.",
                adapt="Build and use its values as what they are now.",
            ),
            lambda old, new, _: type(old) is not type(new),
        ),
        Kept(
            Rule(
                code="union-widened",
                effects=TYPES,
                means="A union that callers get has types more.",
                adapt="Take care of the new types where the program tells them apart.",
            ),
            lambda old, new, at: at.got
            and _union(old, new, at) in (Relation.WIDER, Relation.OTHER),
        ),
        Kept(
            Rule(
                code="union-narrowed",
                effects=TYPES,
                means="A union that callers give has lost types.",
                adapt="Give a value of one of the types that are left.",
            ),
            lambda old, new, at: at.given
            and not (at.got and _union(old, new, at) is Relation.OTHER)
            and _union(old, new, at) in (Relation.NARROWER, Relation.OTHER),
        ),
        Kept(
            Rule(
                code="union-takes-more",
                effects=ADDS,
                means="A union that callers only give has types more.",
                adapt="Nothing has to be done.",
            ),
            lambda old, new, at: not at.got and _union(old, new, at) is Relation.WIDER,
        ),
        Kept(
            Rule(
                code="union-gives-less",
                effects=ADDS,
                means="A union that callers only get has lost types.",
                adapt="Nothing has to be done; cases that can't be any longer may go.",
            ),
            lambda old, new, at: not at.given
            and _union(old, new, at) is Relation.NARROWER,
        ),
        Kept(
            Rule(
                code="enum-kind-changed",
                effects=BREAKS,
                means="The values of an enumeration are integers and were strings, or the "
                "other way round.",
                adapt="Give and expect values of the other kind.",
            ),
            lambda old, new, _: _another_scalar(old, new),
        ),
        Kept(
            Rule(
                code="enum-opened",
                effects=TYPES,
                means="The service may send values of an enumeration that nobody knows yet.",
                adapt="Take care of values other than those listed.",
            ),
            lambda old, new, at: at.got and _opened(old, new),
        ),
        Kept(
            Rule(
                code="enum-takes-more",
                effects=ADDS,
                means="An enumeration that callers only give takes any value.",
                adapt="Nothing has to be done.",
            ),
            lambda old, new, at: not at.got and _opened(old, new),
        ),
        Kept(
            Rule(
                code="enum-closed",
                effects=TYPES,
                means="An enumeration no longer takes any value but those listed.",
                adapt="Give one of the listed values.",
            ),
            lambda old, new, at: at.given and _opened(new, old),
        ),
        Kept(
            Rule(
                code="enum-gives-less",
                effects=ADDS,
                means="The service sends only listed values of an enumeration.",
                adapt="Nothing has to be done.",
            ),
            lambda old, new, at: not at.given and _opened(new, old),
        ),
        Kept(
            Rule(
                code="extra-properties-undeclared",
                effects=BREAKS,
                means="The model has no place any longer for properties that are not declared.",
                adapt="Use declared fields; `keep_unknown=True` keeps what is sent besides.",
            ),
            lambda old, new, _: _unlisted(old, new),
        ),
        Kept(
            Rule(
                code="extra-properties-declared",
                effects=ADDS,
                means="The model has a place for properties that are not declared.",
                adapt="Nothing has to be done.",
            ),
            lambda old, new, _: _unlisted(new, old),
        ),
        Kept(
            Rule(
                code="model-deprecated",
                effects=TELLS,
                means="The document says now that the model is deprecated.",
                adapt="Look for its replacement before it goes.",
            ),
            deprecated,
        ),
        Kept(
            Rule(
                code="model-documented",
                effects=TELLS,
                means="Other words are said of the model.",
                adapt="Nothing has to be done.",
            ),
            documented,
        ),
    ),
)
