"""Which values of a discriminator the variants of a union list themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from calque.document.node import split
from calque.model.declarations import Declaration, Enumeration, Record, Union
from calque.model.types import Kind, Literals, Ref, Scalar, Type


def with_listed_tags(
    declarations: tuple[Declaration, ...],
) -> tuple[Declaration, ...]:
    """The declarations, in which unions know the values that their variants list.

    A variant is of no other value than those that its schema lists, whatever it is called:
    without a mapping, `cat` means the variant with `kind: {const: cat}`, and `Cat` nothing.
    """
    known = {declaration.id: declaration for declaration in declarations}
    return tuple(
        _told(each, known) if isinstance(each, Union) and each.mapping else each
        for each in declarations
    )


def _told(union: Union, known: Mapping[str, Declaration]) -> Union:
    types = {o: [*_types(o, union, known, set())] for o in union.options}
    telling = [option for option in union.options if option != union.fallback]
    listed = {o: dict.fromkeys(_values(types[o], known)) for o in telling}
    # What several list, as all that extend a base do, tells nothing.
    times = Counter(value for values in listed.values() for value in values)
    mapping: dict[str | int, Type] = {}
    for key, variant in union.mapping:
        own = [value for value in listed.get(variant, ()) if times[value] == 1]
        if not own or key in own or not _is_implied(key, variant, own):
            mapping[_as_sent(key, types.get(variant, []))] = variant
        mapping |= {value: variant for value in own if value not in mapping}
    return replace(union, mapping=tuple(mapping.items()))


def _types(
    option: Type, union: Union, known: Mapping[str, Declaration], seen: set[str]
) -> Iterator[Type]:
    """The types that the discriminator has in a variant, which may be a union itself."""
    match known.get(option.id) if isinstance(option, Ref) else None:
        case Record(fields=fields):
            yield from (f.type for f in fields if f.name == union.discriminator)
        case Union(id=id_, options=options) if id_ not in seen:
            for inner in options:
                yield from _types(inner, union, known, seen | {id_})
        case _:
            return


def _values(types: list[Type], known: Mapping[str, Declaration]) -> Iterator[str | int]:
    """The only values of some types; of one that has others, none."""
    for type_ in types:
        match known.get(type_.id) if isinstance(type_, Ref) else type_:
            case Literals(values=values):
                yield from (v for v in values if isinstance(v, str | int))
            case Enumeration(members=members, extensible=False):
                yield from (member.value for member in members)
            case _:
                continue


def _is_implied(key: str | int, variant: Type, own: list[str | int]) -> bool:
    """Whether a value is no more than the name of a schema, or an integer as text."""
    named = isinstance(variant, Ref) and key == split(variant.id)[1]
    return named or key in [str(value) for value in own]


def _as_sent(key: str | int, types: list[Type]) -> str | int:
    """A value of a mapping, whose keys are texts, as it is in JSON."""
    whole = bool(types) and all(type_ == Scalar(Kind.INTEGER) for type_ in types)
    return int(key) if whole and re.fullmatch("-?[0-9]+", str(key)) else key
