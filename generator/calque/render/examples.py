"""How an example of the document is written as a Python expression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from calque.document.node import Json
from calque.model.arguments import constant
from calque.model.declarations import Enumeration, Field, Record, Union
from calque.model.types import (
    AnyOf,
    Anything,
    Kind,
    ListOf,
    Literals,
    MapOf,
    Null,
    Ref,
    Scalar,
    TupleOf,
    Type,
)
from calque.naming import class_of
from calque.render.annotations import DATETIME, FORMATTED, Scope
from calque.render.code import Code, Import
from calque.render.literals import literal

# Scalars whose Python value is built from the text of the example.
_BUILT = {
    Kind.DATE_TIME: ("dt.datetime.fromisoformat", DATETIME),
    Kind.DATE: ("dt.date.fromisoformat", DATETIME),
    Kind.TIME: ("dt.time.fromisoformat", DATETIME),
    Kind.UUID: ("UUID", Import("uuid", "UUID")),
    Kind.DECIMAL: ("Decimal", Import("decimal", "Decimal")),
    Kind.DECIMAL_NUMBER: ("Decimal", Import("decimal", "Decimal")),
}


@dataclass(frozen=True, slots=True)
class Misfit(Exception):
    """An example is no value of its type, so there is no expression for it."""

    value: Json


def expression(value: Json, type_: Type, scope: Scope) -> Code:
    """The expression that builds an example; raises Misfit where it does not fit."""
    match type_:
        case Scalar(kind):
            return _scalar(value, kind)
        case Literals() | Null() | Anything():
            return Code(literal(value))
        case ListOf(item):
            return _list(value, item, scope)
        case MapOf(inner):
            return _map(value, inner, scope)
        case TupleOf(items):
            return _tuple(value, items, scope)
        case AnyOf(options):
            return _first(value, options, scope)
        case Ref(id_):
            return _declared(value, id_, scope)
        case _:
            assert_never(type_)


_JSON: dict[Kind, type | tuple[type, ...]] = {
    Kind.INTEGER: int,
    Kind.NUMBER: (int, float),
    Kind.DECIMAL_NUMBER: (int, float),
    Kind.BOOLEAN: bool,
}


def _scalar(value: Json, kind: Kind) -> Code:
    if not isinstance(value, _JSON.get(kind, str)):
        raise Misfit(value)
    if kind in _BUILT:
        function, import_ = _BUILT[kind]
        # A fraction in code would not be the one that was written.
        return Code(f"{function}({literal(str(value))})", frozenset({import_}))
    if kind in (Kind.BYTE, Kind.BINARY, *FORMATTED):
        raise Misfit(value)
    return Code(literal(value))


def _list(value: Json, item: Type, scope: Scope) -> Code:
    if not isinstance(value, list):
        raise Misfit(value)
    return (
        Code("[") + Code.join(", ", (expression(v, item, scope) for v in value)) + "]"
    )


def _map(value: Json, inner: Type, scope: Scope) -> Code:
    if not isinstance(value, dict):
        raise Misfit(value)
    members = (
        Code(f"{literal(k)}: ") + expression(v, inner, scope) for k, v in value.items()
    )
    return Code("{") + Code.join(", ", members) + "}"


def _tuple(value: Json, items: tuple[Type, ...], scope: Scope) -> Code:
    if not isinstance(value, list) or len(value) != len(items):
        raise Misfit(value)
    pairs = zip(value, items, strict=True)
    return (
        Code("(") + Code.join(", ", (expression(v, t, scope) for v, t in pairs)) + ",)"
    )


def _first(value: Json, options: tuple[Type, ...], scope: Scope) -> Code:
    for option in options:
        try:
            return expression(value, option, scope)
        except Misfit:
            continue
    raise Misfit(value)


def _declared(value: Json, id_: str, scope: Scope) -> Code:
    declaration = scope.declarations[id_]
    match declaration:
        case Enumeration():
            return Code(literal(value))
        case Union(options=options):
            return _first(value, options, scope)
        case Record():
            return _record(value, declaration, scope)
        case _:
            assert_never(declaration)


def _record(value: Json, record: Record, scope: Scope) -> Code:
    if not isinstance(value, dict):
        raise Misfit(value)
    fields = {f.name: f for f in record.fields}
    if not value.keys() <= fields.keys() or any(
        f.required and f.name not in value for f in record.fields
    ):
        raise Misfit(value)
    given = [
        Code(f"{scope.names[fields[name].id]}=") + member(inner, fields[name], scope)
        for name, inner in value.items()
        if not constant(fields[name])
    ]
    class_ = scope.names[class_of(record.id)]
    models = Import(f"{scope.names.package}.models", class_)
    return Code(f"{class_}(", frozenset({models})) + Code.join(", ", given) + ")"


def member(value: Json, field: Field, scope: Scope) -> Code:
    """The expression of a record's member."""
    return expression(value, field.type, scope)
