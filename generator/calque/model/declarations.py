"""The things of a document that get a name of their own: records, enumerations, unions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, overload

from calque.document.node import Json
from calque.model.types import Kind, Ref, Scalar, Type, references


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlName:
    """How a value stands in XML: the members are those of the XML Object.

    `name` is that of its element or attribute; of an array that is `wrapped` that of the
    element around its items, which are called `item`. `text` is the content of the
    element that it belongs to.
    """

    name: str
    attribute: bool = False
    text: bool = False
    wrapped: bool = False
    item: XmlName | None = None
    namespace: str | None = None
    prefix: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A property of a record.

    `id` is its place below the record; `default` is the schema's own, documented and
    never sent unasked; `xml` is set where it is more than an element of its name.
    """

    id: str
    name: str
    type: Type
    required: bool
    doc: str = ""
    read_only: bool = False
    write_only: bool = False
    deprecated: bool = False
    default: Json = None
    example: Json = None
    constraints: tuple[str, ...] = ()
    xml: XmlName | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """What is asked of all fields of a record: their Ids, the Ids that their types name,
    whether one is only read, or has a name of its own in XML.
    """

    ids: tuple[str, ...]
    named: tuple[str, ...]
    read_only: bool
    xml: bool


class Fields(Sequence[Field]):
    """The fields of a record, and what is asked of all of them, which is found once.

    Where that is known, they are had only when one of them is asked for.
    """

    __slots__ = ("_each", "_later", "_together")

    def __init__(
        self,
        each: Iterable[Field] | Callable[[], tuple[Field, ...]] = (),
        together: Together | None = None,
    ) -> None:
        self._later = each if callable(each) else None
        self._each = () if callable(each) else tuple(each)
        self._together = together

    @property
    def each(self) -> tuple[Field, ...]:
        """All of them."""
        if self._later is not None:
            self._each, self._later = self._later(), None
        return self._each

    @property
    def together(self) -> Together:
        """What is asked of all."""
        if self._together is None:
            self._together = _together(self.each)
        return self._together

    @overload
    def __getitem__(self, index: int) -> Field: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Field, ...]: ...
    def __getitem__(self, index: int | slice) -> Field | tuple[Field, ...]:
        return self.each[index]

    def __iter__(self) -> Iterator[Field]:
        return iter(self.each)

    def __len__(self) -> int:
        return len(self.each)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fields) and self.each == other.each

    def __hash__(self) -> int:
        return hash(self.each)

    def __repr__(self) -> str:
        return repr(self.each)


def _together(fields: tuple[Field, ...]) -> Together:
    # Most types are plain.
    types = [field.type for field in fields if not isinstance(field.type, Scalar)]
    return Together(
        ids=tuple(field.id for field in fields),
        named=tuple(id_ for type_ in types for id_ in references(type_)),
        read_only=any(field.read_only for field in fields),
        xml=any(field.xml is not None for field in fields),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A JSON object with declared properties.

    `extra` is the type of the properties that are not declared where the document says
    so (`additionalProperties`), else None.
    """

    id: str
    hint: tuple[str, ...]
    doc: str
    fields: Fields
    extra: Type | None = None
    deprecated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A value of an enumeration; `hint` is the document's own name for it."""

    id: str
    value: str | int
    hint: str
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enumeration:
    """A string or integer with listed values; `extensible`: the service may add some."""

    id: str
    hint: tuple[str, ...]
    doc: str
    kind: Kind
    members: tuple[Member, ...]
    extensible: bool
    deprecated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Union:
    """A value of one of several types that only looking into it can tell apart.

    `discriminator` is the property that tells, `mapping` what each of its values means,
    `fallback` what any other does. `open`: the document leaves room for other values.
    """

    id: str
    hint: tuple[str, ...]
    doc: str
    options: tuple[Type, ...]
    discriminator: str | None = None
    mapping: tuple[tuple[str | int, Type], ...] = ()
    fallback: Type | None = None
    open: bool = False
    deprecated: bool = False


Declaration: TypeAlias = Record | Enumeration | Union


def record_in(
    declarations: Mapping[str, Declaration | None], type_: Type
) -> Record | None:
    """The record that a type refers to, if it is one; of declarations by their Ids."""
    found = declarations.get(type_.id) if isinstance(type_, Ref) else None
    return found if isinstance(found, Record) else None
