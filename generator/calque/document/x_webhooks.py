"""Whether the `x-webhooks` of a document are webhooks, as before OpenAPI 3.1 many have them.

No specification says what stands there, so whatever has another form is no fault: it is
left out.
"""

from __future__ import annotations

from calque.codes import Code
from calque.diagnostics import Diagnostic, Focus, Severity
from calque.document import parts
from calque.document.edit import GONE
from calque.document.files import Files
from calque.document.grammar import Kind
from calque.document.node import Node, join, tokens
from calque.document.operations import operations
from calque.document.parts import Checked
from calque.document.version import Version

_MEMBER = "x-webhooks"


def check(files: Files) -> Checked:
    """The files without what stands among the webhooks and is none, which is said."""
    found = dict(files.root.below(_MEMBER).items())
    if not found:
        return Checked(files, ())
    if files.version("#") is Version.V2_0:
        return _without(Checked(files, ()), [*found.values()])
    places = [(Kind.PATH_ITEM, node.pointer) for node in found.values()]
    judged = parts.check(files, places)
    wrong = {
        tokens(d.pointer)[1]
        for d in judged.diagnostics
        if d.severity is Severity.ERROR and tokens(d.pointer)[:1] == [_MEMBER]
    }
    wrong |= {key for key, node in found.items() if not any(operations(node))}
    return _without(judged, [found[key] for key in found if key in wrong])


def _without(judged: Checked, wrong: list[Node]) -> Checked:
    gone = {node.pointer for node in wrong}
    kept = [
        d for d in judged.diagnostics if join("#", *tokens(d.pointer)[:2]) not in gone
    ]
    files = judged.files.edited({pointer: [lambda _: GONE] for pointer in gone})
    return Checked(files, (*kept, *map(_left_out, wrong)))


def _left_out(node: Node) -> Diagnostic:
    return Diagnostic(
        severity=Severity.WARNING,
        code=Code.LEFT_OUT,
        message="this does not have the form of a webhook, which is a Path Item Object",
        help="the package is generated without it",
        pointer=node.pointer,
        focus=Focus.KEY,
    )
