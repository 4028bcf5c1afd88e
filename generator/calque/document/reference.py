"""What the text of a `$ref` says: a file, and a JSON pointer or an anchor in it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from calque.document.node import ROOT, Node, escape, tokens, unescape

_MAX_STEPS = 100
"""References that only lead to references; longer chains are circles."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A URI reference taken apart (RFC 3986, section 4.1).

    `file` is what stands before the `#`: empty for the document itself. `pointer` is
    an Id within that file, without percent-escapes; None when `anchor` is given.
    """

    file: str
    pointer: str | None = None
    anchor: str | None = None


def parse(text: str) -> Reference:
    """The parts of a `$ref` (RFC 6901, section 6: a pointer as a URI fragment)."""
    file, _, fragment = text.partition("#")
    fragment = unquote(fragment)
    if fragment and not fragment.startswith("/"):
        return Reference(file, anchor=fragment)
    # A bare `~` is not allowed but unmistakable; the Id has it escaped.
    steps = [escape(unescape(step)) for step in fragment.split("/")[1:]]
    return Reference(file, pointer="/".join((ROOT, *steps)))


def lookup(root: Node, pointer: str) -> Node | None:
    """What stands at an Id of the document that `root` is the whole of."""
    here: Node | None = root
    for token in tokens(pointer):
        if here is None:
            return None
        here = here.get(token)
    return here


def follow(root: Node, node: Node) -> Node | None:
    """What a node means if it is a reference within the document, else the node.

    None if the reference leads nowhere, out of the document or in a circle.
    """
    for _ in range(_MAX_STEPS):
        text = node.text("$ref")
        if text is None:
            return node
        reference = parse(text)
        if reference.file or reference.pointer is None:
            return None
        found = lookup(root, reference.pointer)
        if found is None:
            return None
        node = found
    return None
