"""The things of a document that get a name of their own: records, enumerations, unions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from calque.document.node import Json
from calque.model.types import Kind, Type


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A JSON object with declared properties.

    `extra` is the type of the properties that are not declared where the document says
    so (`additionalProperties`), else None.
    """

    id: str
    hint: tuple[str, ...]
    doc: str
    fields: tuple[Field, ...]
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
