"""Whether what stands in other files, where references lead, has the form it should."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from calque.diagnostics import Diagnostic
from calque.document import form
from calque.document.edit import Edit
from calque.document.files import Files
from calque.document.grammar import SHAPES, Kind, Named, Shapes, Standing, standing
from calque.document.grammars import shapes_of
from calque.document.node import ROOT, Json, Node, file_of, join, split, tokens
from calque.document.reference import lookup
from calque.document.version import Version
from calque.document.walk import Place

Sections: TypeAlias = Mapping[Kind, tuple[str, ...]]
"""Where an object of a kind can stand in a document of its own."""

_NO_NAME = re.compile(r"[^A-Za-z0-9_-]+")


def sections(version: Version) -> Sections:
    """Where objects can stand in a version of the specification."""
    shapes = shapes_of(version)
    old = version is Version.V2_0
    top = shapes[Kind.DOCUMENT if old else Kind.COMPONENTS].fields
    found = {
        child.kind: (name,) if old else ("components", name)
        for name, child in top.items()
        if isinstance(child, Named)
    }
    return {**found, Kind.PATH_ITEM: ("paths",)}


@dataclass(frozen=True, slots=True)
class Checked:
    """The files without the faults that warnings are about, and all diagnostics."""

    files: Files
    diagnostics: tuple[Diagnostic, ...]


def check(files: Files, places: Iterable[Place]) -> Checked:
    """Judges the places in a document made of nothing else: one for each version.

    The schemas of OpenAPI judge documents as a whole; what is said of the made ones is
    said of the places then.
    """
    outer = [*_outermost(files, places := [*places])]
    beside = _beside(id_ for _, id_ in places)
    edits: dict[str, list[Edit]] = {}
    diagnostics: list[Diagnostic] = []
    for version in dict.fromkeys(files.version(node.pointer) for _, node in outer):
        chosen = [p for p in outer if files.version(p[1].pointer) is version]
        own = [_without(kind, node, beside) for kind, node in chosen]
        made = dict(_named(own, sections(version)))
        judged = form.check(_document(made, version), version)
        diagnostics.extend(_told(d, made) for d in judged.diagnostics)
        for here, (_, node) in made.items():
            now = lookup(judged.root, here)
            if now is not None and now.value is not node.value:
                edits.setdefault(node.pointer, []).append(_becoming(now.value, node))
    return Checked(files.edited(edits), tuple(diagnostics))


def _outermost(files: Files, places: Iterable[Place]) -> Iterator[tuple[Kind, Node]]:
    """The places that are there and not inside of others as what they are."""
    known: dict[str, Kind] = {}
    for kind, id_ in sorted(places, key=lambda p: (p[1].count("/"), p[1])):
        node = files.lookup(id_)
        if node is None or kind not in sections(files.version(id_)):
            continue
        if not _is_inside(kind, id_, known, shapes_of(files.version(id_))):
            known[id_] = kind
            yield kind, node


def _is_inside(kind: Kind, id_: str, known: Mapping[str, Kind], shapes: Shapes) -> bool:
    file, path = file_of(id_), tokens(id_)
    for count in range(len(path) + 1):
        above = join(f"{file}{ROOT}", *path[:count])
        start = known.get(above)
        if start and standing(path[count:], start, shapes) == Standing(kind):
            return True
    return False


def _beside(ids: Iterable[str]) -> dict[str, set[str]]:
    """For each Id above those given, the keys that lead to them."""
    found: dict[str, set[str]] = {}
    for id_ in ids:
        while (above := split(id_))[0] != id_:
            found.setdefault(above[0], set()).add(above[1])
            id_ = above[0]
    return found


def _without(
    kind: Kind, node: Node, beside: Mapping[str, set[str]]
) -> tuple[Kind, Node]:
    """A place without the members that only share its file: they are no part of it."""
    others = {k for k in beside.get(node.pointer, ()) if not SHAPES[kind].child(k)}
    if node.pointer.endswith("#"):
        others |= {"openapi", "swagger"} & node.mapping().keys()
    if not others or not isinstance(node.value, dict):
        return kind, node
    own = {key: value for key, value in node.value.items() if key not in others}
    return kind, Node(node.pointer, own)


def _named(
    places: Iterable[tuple[Kind, Node]], sections: Sections
) -> Iterator[tuple[str, tuple[Kind, Node]]]:
    """Each place with its Id in the made document: under a name like its own."""
    taken: set[str] = set()
    for kind, node in places:
        name = _NO_NAME.sub("-", node.key) or "_"
        key = f"/{name}" if kind is Kind.PATH_ITEM else name
        number = 1
        while (here := join(ROOT, *sections[kind], key)) in taken:
            number += 1
            key = f"{key.partition('.')[0]}.{number}"
        taken.add(here)
        yield here, (kind, node)


def _document(made: Mapping[str, tuple[Kind, Node]], version: Version) -> Node:
    info: Json = {"title": "", "version": ""}
    old = version is Version.V2_0
    head: dict[str, Json] = {"swagger": "2.0"} if old else {"openapi": f"{version}.0"}
    document: dict[str, Json] = {**head, "info": info, "paths": {}}
    for here, (_, node) in made.items():
        *sections, name = tokens(here)
        holder = document
        for section in sections:
            held = holder.setdefault(section, {})
            holder = held if isinstance(held, dict) else {}
        holder[name] = node.value
    return Node(ROOT, document)


def _told(diagnostic: Diagnostic, made: Mapping[str, tuple[Kind, Node]]) -> Diagnostic:
    """What is said of a place in the made document, as said of its own."""
    path = tokens(diagnostic.pointer)
    for count in (2, 3):
        here = join(ROOT, *path[:count])
        if here in made:
            pointer = join(made[here][1].pointer, *path[count:])
            return replace(diagnostic, pointer=pointer)
    return diagnostic


def _becoming(value: Json, before: Node) -> Edit:
    """The value, with what its place was judged without."""

    def become(now: Json) -> Json:
        if not isinstance(now, dict) or not isinstance(value, dict):
            return value
        return value | {k: now[k] for k in now if k not in before.mapping()}

    return become
