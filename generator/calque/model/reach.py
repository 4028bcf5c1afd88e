"""Which declarations are reached from where, through types and other declarations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from calque.model.api import Operation
from calque.model.declarations import Declaration, Enumeration, Record, Union
from calque.model.types import (
    AnyOf,
    Anything,
    ListOf,
    Literals,
    MapOf,
    Null,
    Ref,
    Scalar,
    TupleOf,
    Type,
)


def references(type_: Type) -> Iterator[str]:
    """The Ids that a type names itself."""
    match type_:
        case Ref(id_):
            yield id_
        case ListOf(inner) | MapOf(inner):
            yield from references(inner)
        case TupleOf(inners) | AnyOf(inners):
            for inner in inners:
                yield from references(inner)
        case Scalar() | Literals() | Null() | Anything():
            return
        case _:
            assert_never(type_)


def parts(declaration: Declaration) -> Iterator[Type]:
    """The types that a declaration is made of."""
    match declaration:
        case Record(fields=fields, extra=extra):
            yield from (field.type for field in fields)
            if extra is not None:
                yield extra
        case Union(options=options):
            yield from options
        case Enumeration():
            return
        case _:
            assert_never(declaration)


def named(declaration: Declaration) -> list[str]:
    """The Ids that a declaration names itself; most of its types are plain."""
    inner = (type_ for type_ in parts(declaration) if not isinstance(type_, Scalar))
    return [id_ for type_ in inner for id_ in references(type_)]


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
