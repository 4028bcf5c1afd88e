"""Values of types, in JSON: whether an example is one, and one that is made from the types."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import assert_never

from calque.document.node import Json
from calque.model.declarations import Declaration, Enumeration, Field, Record, Union
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

Declarations = Mapping[str, Declaration]


class NoSample(Exception):
    """There is no finite value of a type."""


_SAMPLES: dict[Kind, Json] = {
    Kind.STRING: "string",
    Kind.INTEGER: 0,
    Kind.NUMBER: 0,
    Kind.BOOLEAN: False,
    Kind.DATE_TIME: "2000-01-01T00:00:00Z",
    Kind.HTTP_DATE: "Sat, 01 Jan 2000 00:00:00 GMT",
    Kind.DATE: "2000-01-01",
    Kind.TIME: "00:00:00Z",
    Kind.UUID: "00000000-0000-0000-0000-000000000000",
    Kind.BYTE: "",
    Kind.BINARY: "",
    Kind.BASE64URL: "",
    Kind.DECIMAL: "0",
    Kind.DECIMAL_NUMBER: 0,
    Kind.INT64_STRING: "0",
    Kind.UNIX_TIME: 0,
}

_NUMBERS: dict[Kind, type | tuple[type, ...]] = {
    Kind.INTEGER: int,
    Kind.NUMBER: (int, float),
    Kind.DECIMAL_NUMBER: (int, float),
    Kind.UNIX_TIME: (int, float),
}


def _base64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _http_date(text: str) -> object:
    # Few documents have such dates, and what reads them takes long to load.
    from email.utils import parsedate_to_datetime

    return parsedate_to_datetime(text)


def _uuid(text: str) -> object:
    from uuid import UUID

    return UUID(text)


_READ: dict[Kind, Callable[[str], object]] = {
    Kind.STRING: str,
    Kind.DATE_TIME: dt.datetime.fromisoformat,
    Kind.HTTP_DATE: _http_date,
    Kind.DATE: dt.date.fromisoformat,
    Kind.TIME: dt.time.fromisoformat,
    Kind.UUID: _uuid,
    Kind.BYTE: _base64,
    Kind.BINARY: str,
    Kind.BASE64URL: base64.urlsafe_b64decode,
    Kind.DECIMAL: Decimal,
    Kind.INT64_STRING: int,
}
"""What reads the texts of the kinds that are text."""


def fits(value: Json, type_: Type, declarations: Declarations) -> bool:
    """Whether a value is of a type, so that it is read without any issue."""
    match type_:
        case Scalar(kind):
            return _is_scalar(value, kind)
        case Literals(values):
            return any(value == v and type(value) is type(v) for v in values)
        case Null():
            return value is None
        case Anything():
            return True
        case ListOf(item):
            return isinstance(value, list) and all(
                fits(each, item, declarations) for each in value
            )
        case MapOf(member):
            if not isinstance(value, dict):
                return False
            return all(fits(each, member, declarations) for each in value.values())
        case TupleOf(items):
            if not isinstance(value, list) or len(value) != len(items):
                return False
            both = zip(value, items, strict=True)
            return all(fits(each, item, declarations) for each, item in both)
        case AnyOf(options):
            return any(fits(value, option, declarations) for option in options)
        case Ref(id_):
            return _is_declared(value, declarations[id_], declarations)
        case _:
            assert_never(type_)


def _is_scalar(value: Json, kind: Kind) -> bool:
    if kind is Kind.BOOLEAN or isinstance(value, bool):
        return kind is Kind.BOOLEAN and isinstance(value, bool)
    if kind in _NUMBERS:
        return isinstance(value, _NUMBERS[kind])
    if not isinstance(value, str):
        return False
    try:
        _READ[kind](value)
    except (ValueError, ArithmeticError, TypeError):
        return False
    return kind is not Kind.DATE_TIME or "T" in value.upper()


def _is_declared(
    value: Json, declaration: Declaration, declarations: Declarations
) -> bool:
    match declaration:
        case Enumeration(members=members, extensible=extensible):
            known = any(value == member.value for member in members)
            return known or (extensible and isinstance(value, type(members[0].value)))
        case Union():
            return _is_variant(value, declaration, declarations)
        case Record():
            return _is_record(value, declaration, declarations)
        case _:
            assert_never(declaration)


def _is_variant(value: Json, union: Union, declarations: Declarations) -> bool:
    if union.discriminator is None:
        return any(fits(value, option, declarations) for option in union.options)
    said = value.get(union.discriminator) if isinstance(value, dict) else None
    meant = next((type_ for name, type_ in union.mapping if name == said), None)
    return meant is not None and fits(value, meant, declarations)


def _is_record(value: Json, record: Record, declarations: Declarations) -> bool:
    if not isinstance(value, dict):
        return False
    known = {field.name: field for field in record.fields}
    if any(
        f.required and not f.write_only and f.name not in value for f in known.values()
    ):
        return False
    extra = Anything() if record.extra is None else record.extra
    return all(
        fits(member, known[name].type if name in known else extra, declarations)
        for name, member in value.items()
    )


class Samples:
    """Values that are made from types: what they demand, and examples of it."""

    def __init__(self, declarations: Declarations) -> None:
        self._declarations = declarations
        self._within: list[str] = []

    def of(self, type_: Type) -> Json:
        """A value of a type; raises NoSample where there is none."""
        match type_:
            case Scalar(kind):
                return _SAMPLES[kind]
            case Literals(values):
                return values[0]
            case Null():
                return None
            case Anything() | MapOf():
                return {}
            case ListOf():
                return []
            case TupleOf(items):
                return [self.of(item) for item in items]
            case AnyOf(options):
                return self._first(options)
            case Ref(id_):
                return self._declared(id_)
            case _:
                assert_never(type_)

    def list_of(self, item: Type) -> list[Json]:
        """A list of one value of a type; of none where there is no value."""
        try:
            return [self.of(item)]
        except NoSample:
            return []

    def _first(self, options: tuple[Type, ...]) -> Json:
        for option in options:
            try:
                return self.of(option)
            except NoSample:
                continue
        raise NoSample

    def _declared(self, id_: str) -> Json:
        if id_ in self._within:
            raise NoSample
        self._within.append(id_)
        try:
            return self._of_declaration(self._declarations[id_])
        finally:
            self._within.pop()

    def _of_declaration(self, declaration: Declaration) -> Json:
        match declaration:
            case Enumeration(members=members):
                return members[0].value
            case Union(discriminator=None, options=options):
                return self._first(options)
            case Union(discriminator=name, mapping=mapping):
                return self._variant(name or "", mapping)
            case Record(fields=fields):
                wanted = (f for f in fields if self._is_wanted(f))
                return {field.name: self._member(field) for field in wanted}
            case _:
                assert_never(declaration)

    def _variant(
        self, discriminator: str, mapping: tuple[tuple[str | int, Type], ...]
    ) -> Json:
        for name, type_ in mapping:
            try:
                value = self.of(type_)
            except NoSample:
                continue
            if isinstance(value, dict):
                return {**value, discriminator: name}
        raise NoSample

    def _is_wanted(self, field: Field) -> bool:
        """Whether a member has to be there, or is told of by a plain example."""
        if field.write_only:
            return False
        plain = not isinstance(field.example, dict | list)
        return field.required or (plain and self._is_exemplified(field))

    def _is_exemplified(self, field: Field) -> bool:
        example = field.example
        return example is not None and fits(example, field.type, self._declarations)

    def _member(self, field: Field) -> Json:
        return field.example if self._is_exemplified(field) else self.of(field.type)
