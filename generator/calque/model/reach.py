"""Which declarations are reached from where, through types and other declarations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from calque.model.api import Operation
from calque.model.declarations import Declaration, Enumeration, Record, Union
from calque.model.types import Type, references


def named(declaration: Declaration) -> list[str]:
    """The Ids that a declaration names itself."""
    match declaration:
        case Record(fields=fields, extra=extra):
            return [
                *fields.together.named,
                *(references(extra) if extra is not None else ()),
            ]
        case Union(options=options):
            return [id_ for option in options for id_ in references(option)]
        case Enumeration():
            return []
        case _:
            assert_never(declaration)


def spoken(operation: Operation) -> Iterator[Type]:
    """The types that an operation takes and answers."""
    yield from (parameter.type for parameter in operation.parameters)
    yield from (answer.type for answer in operation.answers)
    yield from (header.type for header in operation.headers)
    for body in operation.bodies:
        yield body.type
        yield from (field.type for field in body.fields)


def reached(
    types: Iterable[Type], declarations: Mapping[str, Declaration]
) -> frozenset[str]:
    """The Ids that some types reach, however indirectly."""
    found: set[str] = set()
    pending = [id_ for type_ in types for id_ in references(type_)]
    while pending:
        id_ = pending.pop()
        if id_ not in found:
            found.add(id_)
            pending += named(declarations[id_])
    return frozenset(found)


def leading(
    wanted: Iterable[str], declarations: Mapping[str, Declaration]
) -> frozenset[str]:
    """The Ids from which some declarations are reached; theirs are among them."""
    users: dict[str, list[str]] = defaultdict(list)
    for id_, declaration in declarations.items():
        for other in named(declaration):
            users[other].append(id_)
    found: set[str] = set()
    pending = list(wanted)
    while pending:
        id_ = pending.pop()
        if id_ not in found:
            found.add(id_)
            pending += users[id_]
    return frozenset(found)
