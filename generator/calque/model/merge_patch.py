"""Bodies that change a part of something: JSON Merge Patch (RFC 7396), where null removes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from calque.document.node import escape
from calque.model.api import Body, Operation
from calque.model.declarations import Declaration, Field, Fields, Record
from calque.model.media import essence
from calque.model.reach import reached, spoken
from calque.model.types import AnyOf, MapOf, Null, Ref, Type, any_of

_SUFFIX = "merge-patch+json"


def with_nulls(
    operations: tuple[Operation, ...],
    declarations: tuple[Declaration, ...],
    payloads: Iterable[Type] = (),
) -> tuple[tuple[Operation, ...], tuple[Declaration, ...]]:
    """The operations with such bodies of which every optional member may be null.

    A record that something else speaks of too, or a payload of a webhook, gets a twin
    for them.
    """
    bodies = [b for operation in operations for b in operation.bodies if _patches(b)]
    if not bodies:
        return operations, declarations
    known = {declaration.id: declaration for declaration in declarations}
    others = (t for operation in operations for t in spoken(_without(operation)))
    patch = _Patch(known, reached([*others, *payloads], known))
    changed = tuple(patch.operation(operation) for operation in operations)
    every = known | patch.records
    return changed, tuple(every[id_] for id_ in sorted(every))


def _patches(body: Body) -> bool:
    return essence(body.content_type).endswith(_SUFFIX)


def _without(operation: Operation) -> Operation:
    bodies = [body for body in operation.bodies if not _patches(body)]
    first, others = (bodies[0], bodies[1:]) if bodies else (None, [])
    return replace(operation, body=first, other_bodies=tuple(others))


class _Patch:
    """Makes the types of patches, and remembers the records that it made for them."""

    def __init__(
        self, known: Mapping[str, Declaration], elsewhere: frozenset[str]
    ) -> None:
        self.records: dict[str, Declaration] = {}
        self._known = known
        self._elsewhere = elsewhere

    def operation(self, operation: Operation) -> Operation:
        """The operation, its patches of such types."""
        if not any(map(_patches, operation.bodies)):
            return operation
        bodies = [self._body(body) for body in operation.bodies]
        first = bodies[0] if bodies else None
        return replace(operation, body=first, other_bodies=tuple(bodies[1:]))

    def _body(self, body: Body) -> Body:
        return replace(body, type=self._type(body.type)) if _patches(body) else body

    def _type(self, type_: Type) -> Type:
        """The type of a change: an array is replaced as a whole, and stays as it is."""
        match type_:
            case Ref(id_) if isinstance(record := self._known[id_], Record):
                return Ref(self._record(record))
            case AnyOf(options):
                return any_of(*map(self._type, options))
            case MapOf(value):
                return MapOf(any_of(self._type(value), Null()))
            case _:
                return type_

    def _record(self, record: Record) -> str:
        twin = record.id in self._elsewhere
        id_ = f"{record.id}/patch" if twin else record.id
        if id_ not in self.records:
            # Known before its members are read: one may be of the record itself.
            hint = (*record.hint, "patch") if twin else record.hint
            made = replace(record, id=id_, hint=hint)
            self.records[id_] = made
            # Of a twin nobody reads what only the service sets.
            asked = (f for f in record.fields if not (twin and f.read_only))
            fields = Fields(self._field(field, id_) for field in asked)
            self.records[id_] = replace(made, fields=fields)
        return id_

    def _field(self, field: Field, owner: str) -> Field:
        type_ = self._type(field.type)
        return replace(
            field,
            id=f"{owner}/properties/{escape(field.name)}",
            type=type_ if field.required else any_of(type_, Null()),
        )
