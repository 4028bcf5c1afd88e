"""Every object of a document with its kind, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from calque.document.grammar import (
    REFERABLE,
    SHAPES,
    Child,
    Kind,
    Many,
    Named,
    One,
)
from calque.document.node import ROOT, Json, Node, escape
from calque.document.reference import lookup, parse

_Visit: TypeAlias = tuple[Kind, str, Json]


def walk(root: Node) -> Iterator[tuple[Kind, Node]]:
    """The objects of the document, outer ones first, each once.

    Examples, defaults, enums and `x-` members hold data, not objects, and are not
    entered, except where a `$ref` leads into them: what it names is an object too.
    References are given as they stand.
    """
    seen: set[tuple[Kind, str]] = set()
    wanted: dict[tuple[Kind, str], None] = {(Kind.DOCUMENT, ROOT): None}
    while wanted:
        starts, wanted = wanted, {}
        for kind, text in starts:
            start = parse(text).pointer
            node = lookup(root, start) if start is not None else None
            todo: list[_Visit] = [(kind, node.pointer, node.value)] if node else []
            while todo:
                visit = kind, pointer, value = todo.pop()
                if visit[:2] in seen:
                    continue
                seen.add(visit[:2])
                yield kind, Node(pointer, value)
                if isinstance(value, dict):
                    todo.extend(reversed(_inside(kind, pointer, value)))
                    named = value.get("$ref") if kind in REFERABLE else None
                    if isinstance(named, str) and named.startswith("#"):
                        wanted[kind, named] = None


def _inside(kind: Kind, pointer: str, value: dict[str, Json]) -> list[_Visit]:
    """The objects that stand directly in an object."""
    shape = SHAPES[kind]
    fields, rest = shape.fields, shape.rest
    found: list[_Visit] = []
    for name, member in value.items():
        child = fields.get(name)
        if child is None and rest is not None and not name.startswith("x-"):
            child = rest
        if child is not None:
            found.extend(_objects(child, f"{pointer}/{escape(name)}", member))
    return found


def _objects(child: Child, pointer: str, value: Json) -> list[_Visit]:
    match child:
        case One(kind):
            return [(kind, pointer, value)]
        case Many(kind):
            items = value if isinstance(value, list) else []
            return [(kind, f"{pointer}/{i}", item) for i, item in enumerate(items)]
        case Named(kind):
            members = value if isinstance(value, dict) else {}
            return [(kind, f"{pointer}/{escape(k)}", m) for k, m in members.items()]
