"""Where in a document a thing of the surface stands: `file:line:column` of its Id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from calque.codes import Code
from calque.diagnostics import Diagnostic, Focus, Locator, Severity
from calque.document import Document, Node
from calque.document.node import join, split

Locate = Callable[[str], str]


def locator_of(known: Locator) -> Locate:
    """What tells the place of an Id in the text of a document."""
    return partial(_place, known)


def _place(known: Locator, id_: str) -> str:
    pointer = _exact(known, id_) if isinstance(known, Document) else id_
    found = known.locate(_pointing(pointer))
    if found.position is None:
        return found.file
    return f"{found.file}:{found.position.line}:{found.position.column}"


def _pointing(pointer: str) -> Diagnostic:
    """What a locator is asked by: nothing is wrong there."""
    return Diagnostic(
        severity=Severity.WARNING,
        code=Code.UNREADABLE_FILE,
        message="",
        help="",
        pointer=pointer,
        focus=Focus.KEY,
    )


def _exact(document: Document, id_: str) -> str:
    """The Id in the document: those of parameters, header fields and values say what, and
    not where.
    """
    parent, last = split(id_)
    owner, kind = split(parent)
    if kind == "enum":
        values = document.files.lookup(parent)
        for value in values.elements() if values else ():
            if str(value.value) == last:
                return value.pointer
    if kind == "headers":
        return _header(document, owner, last) or id_
    operation, section = split(owner)
    if section == "parameters":
        item, _ = split(operation)
        for node in (*_below(document, operation), *_below(document, item)):
            found = document.files.follow(node)
            if found and (found.text("in"), found.text("name")) == (kind, last):
                return node.pointer
    return id_


def _below(document: Document, id_: str) -> Iterator[Node]:
    """The parameters that an operation or a path lists."""
    listed = document.files.lookup(join(id_, "parameters"))
    return listed.elements() if listed else iter(())


def _header(document: Document, operation: str, name: str) -> str:
    """Where the answers of an operation declare a header field first; "" if nowhere."""
    responses = document.files.lookup(join(operation, "responses"))
    for _, node in responses.items() if responses else ():
        response = document.files.follow(node)
        for spelled, header in response.below("headers").items() if response else ():
            if spelled.lower() == name:
                return header.pointer
    return ""
