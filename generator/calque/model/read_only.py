"""Which bodies may hold what is only ever read: those whose types lead to such members."""

from __future__ import annotations

from dataclasses import replace

from calque.model.api import Body, Operation
from calque.model.declarations import Declaration, Record
from calque.model.reach import leading
from calque.model.types import references


def with_read_only(
    operations: tuple[Operation, ...], declarations: tuple[Declaration, ...]
) -> tuple[Operation, ...]:
    """The operations, with their bodies marked."""
    known = {declaration.id: declaration for declaration in declarations}
    leads = leading((d.id for d in declarations if _holds(d)), known)
    return tuple(_bodies_marked(operation, leads) for operation in operations)


def _bodies_marked(operation: Operation, leads: frozenset[str]) -> Operation:
    if operation.body is None:
        return operation
    first, *others = (_marked(body, leads) for body in operation.bodies)
    if (first, *others) == operation.bodies:
        return operation
    return replace(operation, body=first, other_bodies=tuple(others))


def _holds(declaration: Declaration) -> bool:
    return isinstance(declaration, Record) and declaration.fields.together.read_only


def _marked(body: Body, leads: frozenset[str]) -> Body:
    types = (body.type, *(field.type for field in body.fields))
    named = (id_ for type_ in types for id_ in references(type_))
    holds = any(id_ in leads for id_ in named)
    return body if body.read_only == holds else replace(body, read_only=holds)
