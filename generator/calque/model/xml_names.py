"""What members of objects are called in XML, and as what they stand there (XML Object)."""

from __future__ import annotations

from dataclasses import replace

from calque.document.node import Json, Node
from calque.model.api import Content, Media, Operation
from calque.model.declarations import Declaration, Fields, Record, XmlName
from calque.model.places import is_component
from calque.model.reach import reached
from calque.model.types import Type
from calque.resolve import Resolved

_ROOT = "root"
_SHAPING = frozenset({"xml", "items"})
"""What has a schema stand in XML as anything but an element of its name."""


def member_name(resolved: Resolved, name: str, node: Node) -> XmlName | None:
    """How a member stands in XML; None where it is an element of just its name."""
    both = (node, resolved.follow(node))
    if all(_SHAPING.isdisjoint(each.mapping()) for each in both):
        return None
    found = _name(resolved, node, name)
    return None if found == XmlName(name=name) else found


def root_name(resolved: Resolved, schema: Node) -> XmlName:
    """What the outermost element is called: as said, as the component, or `root`."""
    found = _name(resolved, schema, _own(resolved, schema, _ROOT))
    target = resolved.follow(schema)
    items = target.get("items")
    if items is None:
        return found
    said = _said(resolved, schema)
    name = str(said.get("name", _own(resolved, schema, _ROOT)))
    item = _name(resolved, items, _own(resolved, items, name), (target.pointer,))
    return _around(item, name, said)


def _own(resolved: Resolved, schema: Node, other: str) -> str:
    """The name of a component; of any other schema the one given."""
    target = resolved.follow(schema)
    return target.key if is_component(target) else other


def _name(
    resolved: Resolved, node: Node, name: str, arrays: tuple[str, ...] = ()
) -> XmlName:
    """What stands for a schema; `arrays` are those that it is an item of."""
    target = resolved.follow(node)
    said, items = _said(resolved, node), target.get("items")
    kind = said.get("nodeType")
    own = str(said.get("name", name))
    # An array may hold itself.
    if items is None or target.pointer in arrays:
        attribute = said.get("attribute") is True or kind == "attribute"
        text = kind in ("text", "cdata")
        return _within(XmlName(name=own, attribute=attribute, text=text), said)
    inside = (*arrays, target.pointer)
    if said.get("wrapped") is True or kind == "element":
        return _around(_name(resolved, items, own, inside), own, said)
    # Without an element around them, the items alone have a name.
    return _name(resolved, items, name, inside)


def _around(item: XmlName, name: str, said: dict[str, Json]) -> XmlName:
    """The element around the items of an array, each of which is called as `item` says."""
    other = item if item != XmlName(name=name) else None
    return _within(XmlName(name=name, wrapped=True, item=other), said)


def _within(name: XmlName, said: dict[str, Json]) -> XmlName:
    if not said:
        return name
    namespace, prefix = said.get("namespace"), said.get("prefix")
    return replace(
        name,
        namespace=namespace if isinstance(namespace, str) else None,
        prefix=prefix if isinstance(prefix, str) else None,
    )


def _said(resolved: Resolved, node: Node) -> dict[str, Json]:
    """The XML Object of a schema, in its own words before those of its type."""
    target = resolved.follow(node)
    return target.object("xml") | node.object("xml")


def only_of_xml(
    operations: tuple[Operation, ...], declarations: tuple[Declaration, ...]
) -> tuple[Declaration, ...]:
    """The declarations, without such names where nothing is ever written in XML."""
    known = {declaration.id: declaration for declaration in declarations}
    types = [type_ for operation in operations for type_ in _spoken(operation)]
    needed = reached(types, known)
    return tuple(
        _without(d) if isinstance(d, Record) and d.id not in needed else d
        for d in declarations
    )


def _spoken(operation: Operation) -> list[Type]:
    offers = (offer for answer in operation.answers for offer in answer.offers)
    return [
        *(body.type for body in operation.bodies if body.media == Media.XML),
        *(offer.type for offer in offers if offer.content == Content.XML),
    ]


def _without(record: Record) -> Record:
    if not record.fields.together.xml:
        return record
    fields = Fields(replace(field, xml=None) for field in record.fields)
    return replace(record, fields=fields)
