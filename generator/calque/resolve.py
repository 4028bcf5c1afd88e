"""What every reference of a document means: the Id of the place it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from calque.diagnostics import Diagnostic, Severity
from calque.document import Document, Node
from calque.document.grammar import REFERABLE, Kind, standing
from calque.document.node import ROOT, join, tokens
from calque.document.reference import Reference, lookup, parse
from calque.document.similar import similar
from calque.document.walk import walk

_SCHEMAS = f"{ROOT}/components/schemas"
_NAME = re.compile(r"[\w-]+")
"""What can only be a component's name; with a dot, it may be a file's as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A document whose references have been looked up. Nothing is inlined.

    `targets` maps the Id of each node that is a reference, or a value of a
    discriminator's `mapping`, to the Id it names. What `$ref` has beside it stays on
    the reference's own node. References that dangle are not in `targets`.
    """

    document: Document
    targets: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def root(self) -> Node:
        """The whole document."""
        return self.document.root

    def target(self, node: Node) -> str | None:
        """The Id that a reference names, which may be a reference itself; else None."""
        return self.targets.get(node.pointer)

    def follow(self, node: Node) -> Node:
        """What a reference means after all its steps; any other node itself."""
        while (target := self.targets.get(node.pointer)) is not None:
            node = self.node(target)
        return node

    def node(self, id_: str) -> Node:
        """What stands at an Id; raises KeyError when nothing does."""
        found = lookup(self.root, id_)
        if found is None:
            raise KeyError(id_)
        return found


def resolve(document: Document) -> Resolved:
    """Looks up every reference of the document; what is wrong is in the diagnostics."""
    own = ("", name := PurePath(document.source.file).name, f"./{name}")
    uses, anchors = _collect(document.root)
    ids: dict[Reference, str | None] = {}
    targets: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    for use in uses:
        if use.reference not in ids:
            ids[use.reference] = _id(use.reference, document.root, anchors)
        if use.reference.file not in own:
            diagnostics.append(_external(use, document.root))
        elif (id_ := ids[use.reference]) is None:
            diagnostics.append(_dangling(use, document.root, anchors))
        elif (wrong := _wrong_kind(use, id_)) is not None:
            diagnostics.append(wrong)
        else:
            targets[use.node.pointer] = id_
    for circle in list(_circles(targets)):
        diagnostics.append(_circle(circle))
        for id_ in circle:
            del targets[id_]
    return Resolved(document=document, targets=targets, diagnostics=tuple(diagnostics))


@dataclass(frozen=True, slots=True)
class _Use:
    """A place that names another one. `node` is the reference, `at` holds its text.

    Without what an `optional` one names, the document still has its meaning.
    """

    kind: Kind
    node: Node
    at: Node
    text: str
    reference: Reference
    optional: bool = False

    def fault(self, code: str, message: str, advice: str) -> Diagnostic:
        """What is wrong with this place: for an optional one, it is a warning."""
        return Diagnostic(
            severity=Severity.WARNING if self.optional else Severity.ERROR,
            code=code,
            message=message,
            help=f"{advice}; it is ignored" if self.optional else advice,
            pointer=self.at.pointer,
        )


def _collect(root: Node) -> tuple[list[_Use], dict[str, str]]:
    """Every place that names another one; the anchors, and the Ids they stand at."""
    uses: list[_Use] = []
    anchors: dict[str, str] = {}
    for kind, node in walk(root):
        if kind is Kind.DISCRIMINATOR:
            uses.extend(_mapping(root, node))
        if kind not in REFERABLE or not isinstance(node.value, dict):
            continue
        at = node.get("$ref") or node.get("$dynamicRef")
        if at is not None and isinstance(at.value, str):
            uses.append(_Use(kind, node, at, at.value, parse(at.value)))
        for name in (node.text("$anchor"), node.text("$dynamicAnchor")):
            if name is not None:
                anchors.setdefault(name, node.pointer)
    return uses, anchors


def _mapping(root: Node, discriminator: Node) -> Iterator[_Use]:
    """A mapping's values: names of schemas, or references (OpenAPI 3.1, 4.8.25)."""
    mapping = discriminator.get("mapping")
    for _, at in mapping.items() if mapping else ():
        if isinstance(at.value, str):
            named = join(_SCHEMAS, at.value)
            known = lookup(root, named) is not None or _NAME.fullmatch(at.value)
            reference = Reference("", named) if known else parse(at.value)
            yield _Use(Kind.SCHEMA, at, at, at.value, reference, optional=True)


def _id(reference: Reference, root: Node, anchors: Mapping[str, str]) -> str | None:
    """The Id of what a reference names, if it is there."""
    if reference.pointer is None:
        return anchors.get(reference.anchor or "")
    return reference.pointer if lookup(root, reference.pointer) else None


def _wrong_kind(use: _Use, id_: str) -> Diagnostic | None:
    """What is wrong if a reference leads to an object of another kind."""
    there = standing(tokens(id_))
    if there.member or there.kind is use.kind:
        return None
    return use.fault(
        "wrong-ref",
        f"`{use.text}` is a {there.kind}, but a {use.kind} is needed here",
        f"name a {use.kind}",
    )


def _external(use: _Use, root: Node) -> Diagnostic:
    name = use.text.rpartition("/")[2]
    meant = _elsewhere(root, name) if "#" not in use.text else None
    return use.fault(
        "external-ref",
        f"`{use.reference.file}` is another document; references to other documents "
        "are not supported yet",
        (
            f"did you mean `{meant}`?"
            if meant
            else "put what it names into `components` of this document"
        ),
    )


def _dangling(use: _Use, root: Node, anchors: Mapping[str, str]) -> Diagnostic:
    meant = _meant(use.reference, root, anchors)
    return use.fault(
        "dangling-ref",
        f"`{use.text}` does not exist",
        (
            f"did you mean `{meant}`?"
            if meant
            else f"define a {use.kind} there, or name one that exists"
        ),
    )


def _meant(reference: Reference, root: Node, anchors: Mapping[str, str]) -> str | None:
    """The place that a dangling reference may have been meant to name."""
    if reference.pointer is None:
        anchor = reference.anchor or ""
        pointer = f"{ROOT}/{anchor}"
        if lookup(root, pointer) is not None:
            return pointer
        close = similar(anchor, anchors)
        return f"{ROOT}{close}" if close else None
    here, path = root, tokens(reference.pointer)
    for token in path:
        found = here.get(token)
        close = None if found else similar(token, here.mapping())
        found = here.get(close) if close else found
        if found is None:
            return _elsewhere(root, path[-1])
        here = found
    return here.pointer


def _elsewhere(root: Node, name: str) -> str | None:
    """A component of this name, or of one that is spelled alike."""
    components = root.get("components")
    sections = [each for _, each in components.items()] if components else []
    for section in sections:
        if name in section:
            return join(section.pointer, name)
    for section in sections:
        close = similar(name, section.mapping())
        if close:
            return join(section.pointer, close)
    return None


def _circles(targets: Mapping[str, str]) -> Iterator[list[str]]:
    """References that only lead to each other, from one of them on."""
    done: set[str] = set()
    for start in targets:
        path: dict[str, None] = {}
        here = start
        while here in targets and here not in done and here not in path:
            path[here] = None
            here = targets[here]
        if here in path:
            steps = list(path)
            yield steps[steps.index(here) :]
        done.update(path)


def _circle(circle: list[str]) -> Diagnostic:
    way = " to ".join(f"`{id_}`" for id_ in (*circle, circle[0]))
    return Diagnostic(
        severity=Severity.ERROR,
        code="circular-ref",
        message=f"these references only lead to each other: {way}",
        help="let one of them hold what is meant",
        pointer=join(circle[0], "$ref"),
    )
