"""The types that a schema can mean, as a closed sum, free of any Python spelling.

`Type` is the union of the classes below; whoever takes one apart does so with a
`match` that ends in `assert_never`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, assert_never


class Kind(StrEnum):
    """What a scalar is: a JSON type, narrowed by its `format` where that has meaning."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE_TIME = "date-time"  # RFC 3339
    HTTP_DATE = "http-date"  # RFC 9110, section 5.6.7 (IMF-fixdate)
    DATE = "date"
    TIME = "time"
    UUID = "uuid"
    BYTE = "byte"  # base64 in a string
    BINARY = "binary"  # raw bytes, outside JSON
    BASE64URL = "base64url"  # base64 in the alphabet of URLs (RFC 4648, section 5)
    DECIMAL = "decimal"  # a number written in a string
    DECIMAL_NUMBER = "decimal-number"  # a number whose digits all count
    INT64_STRING = "int64"  # an integer written in a string
    UNIX_TIME = "unixtime"  # a number: seconds since 1970-01-01T00:00Z

    # That of enumerations is written in Python, and types are keys all the time.
    __hash__ = str.__hash__


CODED = frozenset(
    {
        Kind.HTTP_DATE,
        Kind.BASE64URL,
        Kind.INT64_STRING,
        Kind.UNIX_TIME,
        Kind.DECIMAL,
    }
)
"""The kinds whose JSON is a code for something else: text or numbers by a rule."""

SPELLED = frozenset({Kind.DATE_TIME, Kind.TIME, Kind.UUID, Kind.BYTE})
"""The kinds of which several texts mean one value, each to be written as it was read."""

Constant: TypeAlias = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value of one kind."""

    kind: Kind

    def __repr__(self) -> str:
        # That of nearly all fields, each of which is told by it several times.
        return _SHOWN[self.kind]


_SHOWN = {kind: f"Scalar(kind={kind!r})" for kind in Kind}

SCALARS = {kind: Scalar(kind) for kind in Kind}
"""One of each kind, for all that have it."""

TEXT = SCALARS[Kind.STRING]
"""Any string."""


@dataclass(frozen=True, slots=True)
class Literals:
    """One of a few values, without a name (`const`, an `enum` that stands inline).

    Those of different types differ, even where Python takes them for equal: 1 and True.
    """

    values: tuple[Constant, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Literals) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self.values))


@dataclass(frozen=True, slots=True)
class Null:
    """JSON `null`."""


@dataclass(frozen=True, slots=True)
class Anything:
    """Any JSON value: the empty schema."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A JSON array of values of one type."""

    item: Type


@dataclass(frozen=True, slots=True)
class MapOf:
    """A JSON object without declared properties: any key, values of one type."""

    value: Type


@dataclass(frozen=True, slots=True)
class TupleOf:
    """A JSON array whose first items have types of their own (`prefixItems`)."""

    items: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A value of one of several types; at least two, none of them an `AnyOf`."""

    options: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class Ref:
    """The declaration with this Id."""

    id: str


Type: TypeAlias = (
    Scalar | Literals | Null | Anything | ListOf | MapOf | TupleOf | AnyOf | Ref
)


def any_of(*options: Type) -> Type:
    """The union of types: flattened, without repetition, `Null` last."""
    if len(options) == 1:
        return options[0]
    flat: dict[Type, None] = {}
    for option in options:
        match option:
            case AnyOf(inner):
                flat.update(dict.fromkeys(inner))
            case _:
                flat[option] = None
    if Anything() in flat:
        return Anything()
    ordered = sorted(flat, key=lambda option: option == Null())
    return ordered[0] if len(ordered) == 1 else AnyOf(tuple(ordered))


def or_null(type_: Type, *, null: bool) -> Type:
    """A type whose values may be null too, or may not."""
    return any_of(type_, Null()) if null else type_


def nullable(type_: Type) -> bool:
    """Whether `null` is a value of the type."""
    match type_:
        case AnyOf(options):
            return any(isinstance(option, Null) for option in options)
        case _:
            return isinstance(type_, (Null, Anything))


def without_null(type_: Type) -> Type:
    """The type without `null`; the type itself where nothing else is left."""
    match type_:
        case AnyOf(options):
            return any_of(*(o for o in options if o != Null()))
        case _:
            return type_


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
