"""What the discriminators of unions say of their variants: which value each one has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from calque.model.declarations import (
    Declaration,
    Enumeration,
    Field,
    Fields,
    Record,
    Union,
)
from calque.model.types import Constant, Kind, Literals, Ref, Scalar, Type


def with_tags(
    declarations: tuple[Declaration, ...], extended: frozenset[str]
) -> tuple[Declaration, ...]:
    """The declarations, in which each variant knows its own value of a discriminator.

    It is a constant, so that nobody has to write it, where every union that a record is
    of gives it the same one, and no schema of those `extended` is made of it, which
    would have another. A union is open where its document does not list the values.
    """
    known = {declaration.id: declaration for declaration in declarations}
    values = _values(known)
    variants = {id_ for id_, _ in values} - extended
    return tuple(_told(d, known, values, variants) for d in declarations)


def _values(known: Mapping[str, Declaration]) -> dict[tuple[str, str], set[str | int]]:
    """The values that mean a record, by its Id and the property."""
    found: dict[tuple[str, str], set[str | int]] = defaultdict(set)
    for declaration in known.values():
        if isinstance(declaration, Union) and declaration.discriminator:
            for value, type_ in declaration.mapping:
                if isinstance(type_, Ref):
                    found[type_.id, declaration.discriminator].add(value)
    return found


def _told(
    declaration: Declaration,
    known: Mapping[str, Declaration],
    values: Mapping[tuple[str, str], set[str | int]],
    variants: set[str],
) -> Declaration:
    match declaration:
        case Union():
            is_open = _is_open(declaration, known)
            same = declaration.open == is_open
            return declaration if same else replace(declaration, open=is_open)
        case Record(id=id_) if id_ in variants:
            fields = Fields(
                _tagged(field, values.get((id_, field.name), set()))
                for field in declaration.fields
            )
            same = fields == declaration.fields
            return declaration if same else replace(declaration, fields=fields)
        case _:
            return declaration


def _tagged(field: Field, values: set[str | int]) -> Field:
    """A property that has one value in this record, if it is required and may have it."""
    if len(values) != 1 or not field.required or field.read_only:
        return field
    (value,) = values
    kind = Kind.STRING if isinstance(value, str) else Kind.INTEGER
    if field.type == Scalar(kind) or _lists(field.type, value):
        return replace(field, type=Literals((value,)))
    return field


def _lists(type_: Type, value: Constant) -> bool:
    return isinstance(type_, Literals) and value in type_.values


def _is_open(union: Union, known: Mapping[str, Declaration]) -> bool:
    """Whether no variant lists the values of the discriminator for good."""
    if union.discriminator is None or union.fallback is not None:
        return False
    records = [known[o.id] if isinstance(o, Ref) else None for o in union.options]
    types = [
        field.type
        for record in records
        if isinstance(record, Record)
        for field in record.fields
        if field.name == union.discriminator
    ]
    return len(types) == len(records) and all(_leaves_room(t, known) for t in types)


def _leaves_room(type_: Type, known: Mapping[str, Declaration]) -> bool:
    match type_:
        case Ref(id_):
            declared = known[id_]
            return isinstance(declared, Enumeration) and declared.extensible
        case _:
            return type_ == Scalar(Kind.STRING)
