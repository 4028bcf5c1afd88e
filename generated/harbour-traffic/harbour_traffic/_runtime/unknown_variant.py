"""Objects of a variant that this package does not know, as newer services send them."""

from __future__ import annotations


class UnknownVariant:
    """An object of a union whose discriminator names no variant that this package knows.

    A service may send one that is newer than the package. It stands in the place of a
    variant, is reported as an issue of the answer, and is sent back as it came. To tell
    it from the variants:

        match answer.target:
            case UnknownVariant(tag=tag, properties=properties):
                ...

    A property is an attribute too: `order_id` is the property `order_id`, or `orderId`;
    AttributeError if there is none.
    """

    __slots__ = ("properties", "tag")

    properties: dict[str, object]
    """All properties as they were sent, by their names in JSON, the discriminator too."""
    tag: object
    """The value of the discriminator, a str as a rule."""

    def __init__(self, properties: dict[str, object], tag: object = None) -> None:
        self.properties = properties
        self.tag = tag

    def __getattr__(self, name: str) -> object:
        # Copying asks for special methods before there are any properties.
        if name.startswith("_") or name in UnknownVariant.__slots__:
            raise AttributeError(name)
        if name in self.properties:
            return self.properties[name]
        for wire, value in self.properties.items():
            if _plain(wire) == _plain(name):
                return value
        raise AttributeError(f"this variant has no property {name!r}")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, UnknownVariant):
            return NotImplemented
        return self.properties == other.properties

    def __repr__(self) -> str:
        return f"UnknownVariant({self.properties!r})"

    def __calque_encode__(self) -> object:
        return self.properties


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()
