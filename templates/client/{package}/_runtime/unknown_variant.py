"""Objects of a union that this package knows no variant for."""

from __future__ import annotations


class UnknownVariant:
    """An object of a variant that this package does not know, its properties as sent.

    A property is an attribute too: `order_id` is the property `order_id`, or `orderId`.
    """

    __slots__ = ("properties",)

    properties: dict[str, object]

    def __init__(self, properties: dict[str, object]) -> None:
        self.properties = properties

    def __getattr__(self, name: str) -> object:
        # Copying asks for special methods before there are any properties.
        if name.startswith("_") or name == "properties":
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
