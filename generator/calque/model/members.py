"""What the document says of a member of an object, beside its type."""

from __future__ import annotations

from calque.document.node import Node, file_of
from calque.model.declarations import Field
from calque.model.described import constraints, doc_of, example_of
from calque.model.merge import Property
from calque.model.places import Called, hint_at
from calque.model.plain import Hint
from calque.model.types import Type
from calque.model.xml_names import member_name
from calque.resolve import Resolved


def property_hint(called: Called, owner: Node, hint: Hint, property_: Property) -> Hint:
    """The words for the schema of a property, by where it stands: in `owner`, or in what
    that is made of.
    """
    pointer = property_.node.pointer
    if pointer.startswith(f"{owner.pointer}/") or file_of(pointer):
        return (*hint, property_.name)
    return hint_at(called.options, pointer, called.grouping)


def described_field(
    resolved: Resolved, owner: Node, property_: Property, type_: Type
) -> Field:
    """A property of the schema `owner`, in its own words before those of its type."""
    node, told = property_.node, property_.nodes
    target = resolved.follow(node)
    # Most are no references: what they say is said once.
    both = told if target is node else (target, *told)
    default = next(
        (n.mapping()["default"] for n in reversed(both) if "default" in n), None
    )
    return Field(
        id=property_.id_in(owner),
        name=property_.name,
        type=type_,
        required=property_.required,
        doc=next((doc for n in reversed(told) if (doc := doc_of(n))), doc_of(target)),
        read_only="readOnly" in property_.marks or target.flag("readOnly"),
        write_only="writeOnly" in property_.marks or target.flag("writeOnly"),
        deprecated=any(n.flag("deprecated") for n in told),
        default=default,
        example=next(
            (e for e in map(example_of, reversed(both)) if e is not None), None
        ),
        xml=member_name(resolved, property_.name, node),
        constraints=tuple(dict.fromkeys(c for each in both for c in constraints(each))),
    )
