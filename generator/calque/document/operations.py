"""Which members of a Path Item are operations."""

from __future__ import annotations

from collections.abc import Iterator

from calque.document.grammar import METHODS
from calque.document.node import Node


def operations(item: Node) -> Iterator[tuple[str, Node]]:
    """The operations of a path, each with its method as it is sent.

    OpenAPI 3.2, section 4.9.1: `query` is one more of them; other methods are spelled as
    they are sent, under `additionalOperations`.
    """
    for name in (*METHODS, "query"):
        if (node := item.get(name)) is not None:
            yield name.upper(), node
    more = item.get("additionalOperations")
    yield from more.items() if more else ()
