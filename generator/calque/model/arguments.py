"""What a caller is asked for by an operation, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from calque.document.node import Json, escape
from calque.model.api import Api, Body, Location, Operation, Parameter
from calque.model.declarations import Declaration, Field, Record
from calque.model.types import Literals, Ref, Type

Source: TypeAlias = Parameter | Field | Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One thing that a caller gives; `source` is what it stands for in the document."""

    id: str
    name: str
    type: Type
    required: bool
    doc: str
    source: Source
    deprecated: bool = False
    default: Json = None

    @property
    def place(self) -> str:
        """Where it travels, in a word."""
        return self.source.location if isinstance(self.source, Parameter) else "body"

    @property
    def positional(self) -> bool:
        """Path parameters come first and may be given without their name."""
        return self.place == Location.PATH


def declared(api: Api) -> dict[str, Declaration]:
    """The declarations of an API by their Ids."""
    return {declaration.id: declaration for declaration in api.declarations}


def arguments(
    operation: Operation,
    declarations: Mapping[str, Declaration],
    form: Body | None = None,
) -> tuple[Argument, ...]:
    """The arguments of an operation: path parameters, then required, then optional.

    `form` is the form of its body that is given, by default the preferred one.
    """
    body = form or operation.body
    below = () if body is None else body_arguments(body, declarations)
    asked = [p for p in operation.parameters if p.constant is None]
    ranked = [
        *(_parameter(p) for p in asked if not p.managed),
        *below,
        *(_parameter(p) for p in asked if p.managed),
    ]
    return tuple(sorted(ranked, key=lambda a: (not a.positional, not a.required)))


def body_arguments(
    body: Body, declarations: Mapping[str, Declaration]
) -> tuple[Argument, ...]:
    """What a body asks for: its members, or itself."""
    record = body_record(body, declarations)
    fields = body.fields or (record.fields if record else ())
    if not fields and record is None:
        return (_whole(body),)
    return tuple(_member(body, field) for field in fields if _asked(field))


def body_record(body: Body, declarations: Mapping[str, Declaration]) -> Record | None:
    """The record whose members a flattened body asks for."""
    if not body.flattened or not isinstance(body.type, Ref):
        return None
    record = declarations[body.type.id]
    return record if isinstance(record, Record) else None


def constant(field: Field) -> bool:
    """Whether a record's member can only have one value."""
    return (
        field.required
        and isinstance(field.type, Literals)
        and len(field.type.values) == 1
    )


def _asked(field: Field) -> bool:
    """What only the service sets, and what has one value, is not asked for."""
    return not field.read_only and not constant(field)


def _parameter(parameter: Parameter) -> Argument:
    return Argument(
        id=parameter.id,
        name=parameter.name,
        type=parameter.type,
        required=parameter.required and not parameter.managed,
        doc=parameter.doc,
        source=parameter,
        deprecated=parameter.deprecated,
        default=parameter.default,
    )


def _member(body: Body, field: Field) -> Argument:
    return Argument(
        id=f"{body.id}/{escape(field.name)}",
        name=field.name,
        type=field.type,
        required=field.required,
        doc=field.doc,
        source=field,
        deprecated=field.deprecated,
        default=field.default,
    )


def _whole(body: Body) -> Argument:
    # As a member called `body` would be: no form of a body asks for both.
    return Argument(
        id=f"{body.id}/body",
        name="body",
        type=body.type,
        required=body.required,
        doc=body.doc,
        source=body,
    )
