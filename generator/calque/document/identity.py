"""What schemas call themselves: the URIs that `$id` gives them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from calque.document.node import Json, Node, escape

_DATA = ("example", "examples", "default", "enum", "const")


def identities(root: Node, base: str) -> Iterator[tuple[str, str]]:
    """The Ids of a file's schemas that have an `$id`, and their URIs; outer ones first.

    JSON Schema 2020-12, section 8.2.1: it is resolved against that of the schema around
    it, and in the end against the file's own, `base`.
    """
    todo: list[tuple[str, Json, str]] = [(root.pointer, root.value, base)]
    while todo:
        pointer, value, around = todo.pop()
        if isinstance(value, dict):
            own = value.get("$id")
            if isinstance(own, str) and not own.startswith("#"):
                around = urljoin(around, own).rstrip("#")
                yield pointer, around
            for key, member in value.items():
                if isinstance(member, dict | list) and key not in _DATA:
                    todo.append((f"{pointer}/{escape(key)}", member, around))
        elif isinstance(value, list):
            todo.extend(
                (f"{pointer}/{index}", item, around)
                for index, item in enumerate(value)
                if isinstance(item, dict | list)
            )
