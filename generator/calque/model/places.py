"""Which schemas stand where their key is their name, and what others are called."""

from __future__ import annotations

from calque.document.node import Node, file_of, split
from calque.resolve import Resolved

COMPONENTS = "#/components/schemas"


def is_component(node: Node) -> bool:
    """Whether a schema stands where its key is its name: in the components."""
    return split(node.pointer)[0] == COMPONENTS


def foreign_names(resolved: Resolved) -> dict[str, str]:
    """The names of the schemas in other files that references lead to, by Id.

    A schema is called what its key is there, or as its file where it is the whole of it;
    and before that, as a component of the main file that does no more than refer to it.
    """
    referred = (id_ for id_ in resolved.targets.values() if file_of(id_))
    names = {id_: resolved.node(id_).key for id_ in referred}
    for name, node in resolved.root.below("components").below("schemas").items():
        target = resolved.target(node)
        if target in names and len(node.mapping()) == 1:
            names[target] = name
    return names
