"""Every object of a document with its kind, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from calque.document.files import Files
from calque.document.grammar import (
    REFERABLE,
    Child,
    Kind,
    Many,
    Named,
    One,
    Shape,
)
from calque.document.grammars import shapes_of
from calque.document.node import ROOT, Json, Node, escape

Place: TypeAlias = tuple[Kind, str]
"""An Id, and what kind of object is meant to stand there."""

_Visit: TypeAlias = tuple[Kind, str, Json]


def walk(files: Files) -> Sequence[tuple[Kind, Node]]:
    """The objects of the document, outer ones first, each once.

    Examples, defaults, enums and `x-` members hold data, not objects, and are not
    entered, except where a `$ref` leads into them: what it names is an object too.
    References are given as they stand.
    """
    if not files.walked:
        files.walked.extend(walk_from(files, [(Kind.DOCUMENT, ROOT)]))
    return files.walked


def walk_from(files: Files, places: Iterable[Place]) -> Iterator[tuple[Kind, Node]]:
    """The objects at some places, in them, and at the places they refer to."""
    seen: set[Place] = set()
    wanted: dict[Place, None] = dict.fromkeys(places)
    while wanted:
        starts, wanted = wanted, {}
        for kind, id_ in starts:
            if (node := files.lookup(id_)) is None:
                continue
            shapes = shapes_of(files.version(id_))
            todo: list[_Visit] = [(kind, node.pointer, node.value)]
            while todo:
                kind, pointer, value = todo.pop()
                if (kind, pointer) in seen:
                    continue
                seen.add((kind, pointer))
                yield kind, Node(pointer, value)
                if isinstance(value, dict):
                    todo.extend(reversed(_inside(shapes[kind], pointer, value)))
                    if "$ref" in value or kind is Kind.DISCRIMINATOR:
                        wanted |= dict.fromkeys(_named(files, kind, pointer, value))


def _named(
    files: Files, kind: Kind, pointer: str, value: dict[str, Json]
) -> Iterator[Place]:
    """The places that an object refers to."""
    named = value.get("$ref") if kind in REFERABLE else None
    if isinstance(named, str) and (id_ := files.leads_to(named, pointer)):
        yield kind, id_
    if kind is Kind.DISCRIMINATOR:
        for _, _, reference in files.mapped(Node(pointer, value)):
            if reference.file and reference.id:
                yield Kind.SCHEMA, reference.id


def _inside(shape: Shape, pointer: str, value: dict[str, Json]) -> list[_Visit]:
    """The objects that stand directly in an object."""
    fields, rest = shape.fields, shape.rest
    found: list[_Visit] = []
    if rest is None and fields.keys().isdisjoint(value):
        return found
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
