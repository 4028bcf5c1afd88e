"""What the members of objects are called in XML, and as what they stand there."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class XmlName(msgspec.Struct, frozen=True):
    """How a value stands in XML (OpenAPI 3.1, XML Object).

    `name` is that of its element or `attribute`; of an array, that of the element around
    its items if it is `wrapped`, and `item` is what its items are called. `text` is the
    content of the element that it belongs to, without one of its own.
    """

    name: str
    attribute: bool = False
    text: bool = False
    wrapped: bool = False
    item: XmlName | None = None
    namespace: str | None = None
    prefix: str | None = None

    @property
    def qualified(self) -> str:
        """The name with its prefix."""
        return f"{self.prefix}:{self.name}" if self.prefix else self.name

    @property
    def item_name(self) -> XmlName:
        """What an item of an array is called: as the array, if nothing is said."""
        return self.item or (XmlName(self.name) if self.wrapped else self)


def names_of(kind: object) -> Mapping[str, XmlName]:
    """The members of a model, by wire name, that are not elements of just that name."""
    found: Mapping[str, XmlName] = getattr(kind, "__calque_xml__", {})
    return found
