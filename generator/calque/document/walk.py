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
            if (kind, id_) in seen or (node := files.lookup(id_)) is None:
                continue
            shapes = shapes_of(files.version(id_))
            todo: list[_Visit] = [(kind, node.pointer, node.value)]
            while todo:
                kind, pointer, value = todo.pop()
                place = kind, pointer
                if place in seen:
                    continue
                seen.add(place)
                yield kind, Node(pointer, value)
                if not isinstance(value, dict):
                    continue
                shape = shapes[kind]
                if shape.rest is not None or not shape.fields.keys().isdisjoint(value):
                    todo += reversed(_inside(shape, pointer, value))
                if "$ref" in value or kind is Kind.DISCRIMINATOR:
                    wanted.update((p, None) for p in _named(files, *place, value))


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
    for name, member in value.items():
        child = fields.get(name)
        if child is None and rest is not None and not name.startswith("x-"):
            child = rest
        if child is not None:
            found += _objects(child, f"{pointer}/{escape(name)}", member)
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
