"""What callers see of the models: their fields, their values, what they are unions of."""

from __future__ import annotations

from typing import assert_never

from calque.model.declarations import Declaration, Enumeration, Record, Union
from calque.model.declarations import Field as Property
from calque.naming import class_of, like
from calque.render.annotations import Scope, annotation
from calque.render.code import Code
from calque.render.digest import digest
from calque.render.fields import held, words
from calque.render.literals import literal
from calque.render.models import enumeration_base
from calque.surface import Enumeration as SeenEnumeration
from calque.surface import Field, Member, Model
from calque.surface import Record as SeenRecord
from calque.surface import Union as SeenUnion


def model(declaration: Declaration, scope: Scope) -> Model:
    """A declaration as callers see it."""
    # As within a module of models, though in none of them: all others are `m.Other`.
    there = scope.among_models
    match declaration:
        case Record():
            return _record(declaration, there)
        case Enumeration():
            return _enumeration(declaration, there)
        case Union():
            options = (annotation(option, there) for option in declaration.options)
            return SeenUnion(
                id=declaration.id,
                name=there.names[class_of(declaration.id)],
                module=there.names.module_of[declaration.id],
                type=Code.join(" | ", options).text,
                tag=declaration.discriminator or "",
                deprecated=declaration.deprecated,
                doc=digest(declaration.doc),
            )
        case _:
            assert_never(declaration)


def _record(record: Record, scope: Scope) -> SeenRecord:
    return SeenRecord(
        id=record.id,
        name=scope.names[class_of(record.id)],
        module=scope.names.module_of[record.id],
        fields=tuple(_field(field, scope) for field in record.fields),
        extra="" if record.extra is None else annotation(record.extra, scope).text,
        deprecated=record.deprecated,
        doc=digest(record.doc),
    )


def _field(field: Property, scope: Scope) -> Field:
    type_, default = held(field, scope)
    return Field(
        id=field.id,
        name=scope.names[field.id],
        wire=field.name,
        type=type_.text,
        default=default.text if default else "",
        fallback="" if field.default is None else literal(field.default),
        read_only=field.read_only,
        write_only=field.write_only,
        deprecated=field.deprecated,
        doc=digest(words(field)),
    )


def _enumeration(enumeration: Enumeration, scope: Scope) -> SeenEnumeration:
    names = scope.names
    return SeenEnumeration(
        id=enumeration.id,
        name=names[class_of(enumeration.id)],
        module=names.module_of[enumeration.id],
        like=names[like(enumeration.id)],
        kind=enumeration_base(enumeration),
        members=tuple(
            Member(id=m.id, name=names[m.id], value=literal(m.value))
            for m in enumeration.members
        ),
        extensible=enumeration.extensible,
        deprecated=enumeration.deprecated,
        doc=digest(enumeration.doc),
    )
