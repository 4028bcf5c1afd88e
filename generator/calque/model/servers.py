"""Where an API is: its servers and the variables of their URLs."""

from __future__ import annotations

from calque.document.node import Node
from calque.model.described import doc_of
from calque.model.server import Server, ServerVariable


def servers(root: Node) -> tuple[Server, ...]:
    """The servers of the document; `/` where it names none (OpenAPI 3.1, section 4.8.1)."""
    listed = [*root.below("servers").elements()]
    return tuple(_server(node) for node in listed) or (Server(url="/"),)


def own_server(path_item: Node, operation: Node) -> Server | None:
    """The server of one operation alone, or of its path (OpenAPI 3.1, section 4.8.10)."""
    for owner in (operation, path_item):
        for node in owner.below("servers").elements():
            return _server(node)
    return None


def _server(node: Node) -> Server:
    variables = node.below("variables").items()
    return Server(
        url=node.text("url") or "/",
        variables=tuple(_variable(name, v) for name, v in variables),
        name=node.text("name") or "",
        doc=doc_of(node),
    )


def _variable(name: str, node: Node) -> ServerVariable:
    return ServerVariable(
        id=node.pointer,
        name=name,
        default=node.text("default") or "",
        values=tuple(node.texts("enum")),
        doc=doc_of(node),
    )
