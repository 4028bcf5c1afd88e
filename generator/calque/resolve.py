"""What every reference of a document means: the Id of the place it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from calque.codes import Code
from calque.diagnostics import Diagnostic, Severity
from calque.document import Document, Node
from calque.document.files import Files
from calque.document.grammar import Kind, Named, Shapes, standing
from calque.document.grammars import shapes_of
from calque.document.node import file_of, join, tokens
from calque.document.reference import Reference, lookup
from calque.document.similar import similar
from calque.document.uses import Use, collect

_Anchors: TypeAlias = Mapping[tuple[str, str, str], str]
"""The Ids of anchors, by file, schema with an `$id`, and name."""


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
        found = self.document.files.lookup(id_)
        if found is None:
            raise KeyError(id_)
        return found


def resolve(document: Document) -> Resolved:
    """Looks up every reference of the document; what is wrong is in the diagnostics."""
    files = document.files
    found, shapes = collect(files), shapes_of(files.version("#"))
    anchors = found.anchors
    targets: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    for use in found.uses:
        if use.reference.file not in files.roots:
            diagnostics.extend(_unread(use, files))
        elif (id_ := _id(use.reference, files, anchors)) is None:
            diagnostics.append(_dangling(use, document, anchors))
        elif not _is_of_kind(use, id_, shapes):
            meant = _namesake(use, id_, files, shapes)
            diagnostics.append(_wrong_kind(use, id_, meant, document))
            if meant is not None:
                targets[use.node.pointer] = meant
        else:
            targets[use.node.pointer] = id_
    for circle in list(_circles(targets)):
        diagnostics.append(_circle(circle))
        for id_ in circle:
            del targets[id_]
    return Resolved(document=document, targets=targets, diagnostics=tuple(diagnostics))


def _fault(use: Use, code: Code, message: str, advice: str) -> Diagnostic:
    """What is wrong with a place: for an optional one, it is a warning."""
    return Diagnostic(
        severity=Severity.WARNING if use.optional else Severity.ERROR,
        code=code,
        message=message,
        help=advice,
        done="it is ignored" if use.optional else "",
        pointer=use.at.pointer,
    )


def _id(reference: Reference, files: Files, anchors: _Anchors) -> str | None:
    """The Id of what a reference names, if it is there."""
    if reference.id is None:
        file, name = reference.file, reference.anchor or ""
        whole = anchors.get((file, "", name))
        return anchors.get((file, reference.scope, name), whole)
    return reference.id if files.lookup(reference.id) else None


def _is_of_kind(use: Use, id_: str, shapes: Shapes) -> bool:
    """Whether a reference leads to an object of the kind that is needed."""
    if file_of(id_):
        return True  # Another file may be laid out as its author likes.
    there = standing(tokens(id_), shapes=shapes)
    return bool(there.member) or there.kind is use.kind


def _namesake(use: Use, id_: str, files: Files, shapes: Shapes) -> str | None:
    """The component of the kind that is needed, and of the name that is given."""
    sections = shapes[Kind.COMPONENTS].fields.items()
    path = tokens(id_)
    if len(path) != 3 or path[0] != "components":
        return None
    fitting = (key for key, child in sections if child == Named(use.kind))
    ids = (join("#/components", section, path[2]) for section in fitting)
    return next((each for each in ids if files.lookup(each)), None)


def _wrong_kind(
    use: Use, id_: str, meant: str | None, document: Document
) -> Diagnostic:
    """What is wrong with a reference that leads to an object of another kind."""
    shapes = shapes_of(document.files.version("#"))
    there = standing(tokens(id_), shapes=shapes)
    words = f"`{use.text}` is a {there.kind}, but a {use.kind} is needed here"
    if meant is None:
        return _fault(use, Code.WRONG_REF, words, f"name a {use.kind}")
    advice = f"write `{document.written(meant)}`"
    fault = _fault(use, Code.WRONG_REF, words, advice)
    return replace(
        fault, severity=Severity.WARNING, done="that is what it is taken for"
    )


def _unread(use: Use, files: Files) -> Iterator[Diagnostic]:
    """What is wrong with naming a file that was not read, unless it is known already."""
    unread = files.unread[use.reference.file]
    if unread is not None:
        name = use.text.rpartition("/")[2]
        meant = _elsewhere(files.root, name) if "#" not in use.text else None
        advice = f"did you mean `{meant}`?" if meant else unread.help
        yield _fault(use, unread.code, unread.message, advice)


def _dangling(use: Use, document: Document, anchors: _Anchors) -> Diagnostic:
    meant = _meant(use.reference, document.files, anchors)
    return _fault(
        use,
        Code.DANGLING_REF,
        f"`{use.text}` does not exist",
        (
            f"did you mean `{document.written(meant)}`?"
            if meant
            else f"define a {use.kind} there, or name one that exists"
        ),
    )


def _meant(reference: Reference, files: Files, anchors: _Anchors) -> str | None:
    """The place that a dangling reference may have been meant to name."""
    root = files.roots[reference.file]
    if reference.pointer is None:
        anchor = reference.anchor or ""
        pointer = f"{root.pointer}/{anchor}"
        if lookup(root, pointer) is not None:
            return pointer
        close = similar(anchor, [n for file, _, n in anchors if file == reference.file])
        return f"{root.pointer}{close}" if close else None
    here, path = root, tokens(reference.pointer)
    for token in path:
        found = here.get(token)
        close = None if found else similar(token, here.mapping())
        found = here.get(close) if close else found
        if found is None:
            return _elsewhere(files.root, path[-1])
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
        code=Code.CIRCULAR_REF,
        message=f"these references only lead to each other: {way}",
        help="let one of them hold what is meant",
        pointer=join(circle[0], "$ref"),
    )
