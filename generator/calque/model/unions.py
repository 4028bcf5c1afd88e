"""How the types of a union are told apart: by JSON type, by a discriminator, by looking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from calque.document.node import Node
from calque.model.declarations import Declaration, Enumeration, Record, Union
from calque.model.scalars import json_kind
from calque.model.types import CODED, Kind, Literals, Null, Ref, Scalar, Type
from calque.resolve import Resolved

# Types that go together although some of them have one JSON type.
_BASIC = {Scalar(Kind.INTEGER), Scalar(Kind.NUMBER), Scalar(Kind.STRING)}


@dataclass(slots=True)
class Declared:
    """What has been declared so far; None: a record or union that is still being read.

    `null` are those that may be null wherever they are referred to, `open` the records
    with undeclared properties.
    """

    by_id: dict[str, Declaration | None] = field(
        default_factory=dict[str, Declaration | None]
    )
    null: set[str] = field(default_factory=set[str])
    open: set[str] = field(default_factory=set[str])


def told_apart(options: tuple[Type, ...], declared: Declared) -> bool:
    """Whether the JSON type of a value alone says which of the types it has."""
    some = [option for option in options if option != Null()]
    if len(some) < 2 or all(o in _BASIC or isinstance(o, Literals) for o in some):
        return True
    if any(_looked_into(option, declared) for option in some):
        return False
    kinds = [_json_kind(option, declared.by_id) for option in some]
    return len(set(kinds)) == len(kinds)


def variants_by_value(
    resolved: Resolved, discriminator: Node | None, variants: tuple[Type, ...]
) -> tuple[tuple[str, Type], ...]:
    """What each value of a discriminator means (OpenAPI 3.1, Discriminator Object).

    The name of a component means it, unless the mapping names it otherwise.
    """
    if discriminator is None:
        return ()
    given: dict[str, Type] = {}
    for value, target in discriminator.below("mapping").items():
        meant = Ref(resolved.follow(target).pointer)
        if meant in variants:
            given[value] = meant
    named = {
        variant.id.rpartition("/")[2]: variant
        for variant in variants
        if isinstance(variant, Ref) and variant not in given.values()
    }
    return tuple((named | given).items())


def variant_otherwise(
    resolved: Resolved, discriminator: Node | None, variants: tuple[Type, ...]
) -> Type | None:
    """What a value means that the discriminator has not (OpenAPI 3.2, `defaultMapping`)."""
    named = discriminator.get("defaultMapping") if discriminator else None
    meant = Ref(resolved.follow(named).pointer) if named else None
    return meant if meant in variants else None


def _looked_into(type_: Type, declared: Declared) -> bool:
    """Whether a value is only known for one of the type by looking into it."""
    match type_:
        case Scalar(kind):
            return kind in CODED
        case Ref(id_):
            found = declared.by_id.get(id_)
            unread = id_ not in declared.by_id
            return unread or id_ in declared.open or isinstance(found, Union)
        case _:
            return False


def _json_kind(type_: Type, by_id: Mapping[str, Declaration | None]) -> str:
    if not isinstance(type_, Ref):
        return json_kind(type_)
    match by_id.get(type_.id):
        case Enumeration(kind=kind):
            return json_kind(Scalar(kind))
        case Record() | Union() | None:
            return "object"
