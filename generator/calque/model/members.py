"""What the document says of a member of an object, beside its type."""

from __future__ import annotations

from calque.document.node import Node
from calque.model.declarations import Field
from calque.model.described import constraints, doc_of, example_of
from calque.model.merge import Property
from calque.model.types import Type
from calque.model.xml_names import member_name
from calque.resolve import Resolved


def described_field(
    resolved: Resolved, owner: Node, property_: Property, type_: Type
) -> Field:
    """A property of the schema `owner`, in its own words before those of its type."""
    node = property_.node
    target = resolved.follow(node)
    default = node.get("default") or target.get("default")
    return Field(
        id=f"{owner.pointer}/properties/{property_.key}",
        name=property_.name,
        type=type_,
        required=property_.required,
        doc=doc_of(node) or doc_of(target),
        read_only="readOnly" in property_.marks or target.flag("readOnly"),
        write_only="writeOnly" in property_.marks or target.flag("writeOnly"),
        deprecated=node.flag("deprecated"),
        default=default.value if default else None,
        example=example_of(node) or example_of(target),
        xml=member_name(resolved, property_.name, node),
        constraints=tuple(dict.fromkeys((*constraints(target), *constraints(node)))),
    )
