"""Which type a value has that is of two types at once, as `allOf` has it."""

from __future__ import annotations

from collections.abc import Mapping

from calque.model.declarations import Declaration, Enumeration, Union
from calque.model.scalars import json_kind
from calque.model.types import (
    AnyOf,
    Anything,
    Kind,
    ListOf,
    Literals,
    MapOf,
    Ref,
    Scalar,
    TupleOf,
    Type,
    any_of,
    nullable,
    or_null,
    without_null,
)

_WIDE = (Kind.STRING, Kind.NUMBER)
"""The kinds that others of their JSON type are among."""


def narrowest(
    types: list[Type], own: Type, by_id: Mapping[str, Declaration | None]
) -> tuple[Type, bool]:
    """The type of what has all of some types, and the `own` one of what names them.

    It may be null where all of them may, whatever its own type says of that. Where they
    do not agree the first one counts, and the answer says so.
    """
    said = [type_ for type_ in types if type_ != Anything()]
    found: Type = Anything()
    agreed = True
    for each in (*said, own):
        both = narrowed(found, without_null(each), by_id)
        found, agreed = both or found, agreed and both is not None
    null = bool(said) and all(map(nullable, said))
    return or_null(found, null=null), agreed


def narrowed(
    one: Type, other: Type, by_id: Mapping[str, Declaration | None]
) -> Type | None:
    """The narrower of two types, or of what they hold; None where neither is."""
    if one == other or other == Anything():
        return one
    match one, other:
        case AnyOf(options), _:
            return _each(options, other, by_id)
        case ListOf(item), ListOf(wanted):
            inner = narrowed(item, wanted, by_id)
            return None if inner is None else ListOf(inner)
        case MapOf(value), MapOf(wanted):
            inner = narrowed(value, wanted, by_id)
            return None if inner is None else MapOf(inner)
        case _ if _within(one, other, by_id):
            return one
        case _ if _within(other, one, by_id):
            return other
        case _:
            return None


def _each(
    options: tuple[Type, ...], other: Type, by_id: Mapping[str, Declaration | None]
) -> Type | None:
    """The narrower of each option, as long as all of them are left."""
    found = [narrowed(option, other, by_id) for option in options]
    kept = [type_ for type_ in found if type_ is not None]
    return any_of(*kept) if len(kept) == len(options) else None


def _within(one: Type, other: Type, by_id: Mapping[str, Declaration | None]) -> bool:
    """Whether every value of a type is one of another, as far as that is seen at once."""
    match one, other:
        case _, Anything():
            return True
        case _, AnyOf(options):
            return any(one == o or _within(one, o, by_id) for o in options)
        case TupleOf(), ListOf(Anything()):
            return True
        case Literals(values), Literals(others):
            return {*map(repr, values)} <= {*map(repr, others)}
        case (Scalar() | Literals()), Scalar(kind):
            return json_kind(one) == json_kind(other) and (
                kind in _WIDE or isinstance(one, Literals)
            )
        case Ref(id_), _:
            return _declared_within(by_id.get(id_), other, by_id)
        case Literals(values), Ref(id_):
            listed = by_id.get(id_)
            return isinstance(listed, Enumeration) and {*values} <= {
                member.value for member in listed.members
            }
        case _:
            return False


def _declared_within(
    declared: Declaration | None, other: Type, by_id: Mapping[str, Declaration | None]
) -> bool:
    """Whether what has a name is among the texts, numbers or objects of a type."""
    match declared:
        case Enumeration(kind=kind):
            return other == Scalar(kind)
        case Union(options=options):
            return all(o == other or _within(o, other, by_id) for o in options)
        case _:
            return other == MapOf(Anything())
