"""What the `{names}` in a URL must agree with: path parameters and server variables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from calque.codes import Code
from calque.diagnostics import Diagnostic, Focus, Severity
from calque.document.edit import Edit
from calque.document.files import Files
from calque.document.node import Json, Node
from calque.document.operations import operations
from calque.document.similar import similar

_NAME = re.compile(r"\{([^{}]*)\}")

Finding: TypeAlias = "tuple[Diagnostic, str, Edit | None]"
"""What is wrong, and the edit at an Id that makes the document say what is meant."""


def check(files: Files) -> Iterator[Finding]:
    """Everything wrong with the templates of paths and servers."""
    for path, item in files.root.below("paths").items():
        if path.startswith("/"):
            yield from _path(files, path, files.follow(item) or item)
    for server in files.root.below("servers").elements():
        yield from _server(server)


def _path(files: Files, path: str, item: Node) -> Iterator[Finding]:
    """OpenAPI 3.1, section 4.8.8: every name has its parameter, and the reverse."""
    wanted = set(_NAME.findall(path))
    shared = _declared(files, item)
    for _, operation in operations(item):
        own = _declared(files, operation)
        missing = sorted(wanted - shared.keys() - own.keys())
        unused = [each for each in own | shared if each not in wanted]
        only = len(missing) == len(unused) == 1
        for name in missing:
            meant = unused[0] if only else similar(name, unused)
            yield _undeclared(operation, path, name, meant)
        for name, node in own.items():
            if name not in wanted:
                meant = missing[0] if only else similar(name, wanted)
                yield _unused(node, path, name, meant)
    for name, node in shared.items():
        if name not in wanted:
            yield _unused(node, path, name, similar(name, wanted))


def _declared(files: Files, owner: Node) -> dict[str, Node]:
    """The path parameters that an object declares, by name: where they are listed."""
    found: dict[str, Node] = {}
    for entry in owner.below("parameters").elements():
        node = files.follow(entry)
        name = node.text("name") if node and node.text("in") == "path" else None
        if name is not None:
            found[name] = entry
    return found


def _undeclared(operation: Node, path: str, name: str, meant: str | None) -> Finding:
    diagnostic = Diagnostic(
        severity=Severity.WARNING,
        code=Code.UNDECLARED_PATH_PARAMETER,
        message=f"`{{{name}}}` of the path `{path}` is not declared as a parameter",
        help=(
            f"did you mean `{{{meant}}}` in the path?"
            if meant
            else "add a parameter `in: path`"
        ),
        done="a required string is assumed",
        pointer=operation.pointer,
    )
    parameter: Json = {
        "name": name,
        "in": "path",
        "required": True,
        "schema": {"type": "string"},
    }
    return diagnostic, operation.pointer, lambda value: _and(value, parameter)


def _and(operation: Json, parameter: Json) -> Json:
    if not isinstance(operation, dict):
        return operation
    listed = operation.get("parameters")
    before = listed if isinstance(listed, list) else []
    return {**operation, "parameters": [*before, parameter]}


def _unused(node: Node, path: str, name: str, meant: str | None) -> Finding:
    diagnostic = Diagnostic(
        severity=Severity.WARNING,
        code=Code.UNUSED_PATH_PARAMETER,
        message=f"the path `{path}` has no `{{{name}}}` for this parameter",
        help=f"did you mean `{meant}`?" if meant else "remove it",
        done="it is never sent",
        pointer=node.pointer,
    )
    return diagnostic, node.pointer, None


def _server(server: Node) -> Iterator[Finding]:
    """OpenAPI 3.1, section 4.8.5: a server's `{names}` are defined in `variables`."""
    variables = server.below("variables").mapping()
    for name in _NAME.findall(server.text("url") or ""):
        if name not in variables:
            meant = similar(name, variables)
            diagnostic = Diagnostic(
                severity=Severity.WARNING,
                code=Code.UNDECLARED_SERVER_VARIABLE,
                message=f"the server's `variables` do not define `{{{name}}}`",
                help=(f"did you mean `{{{meant}}}`?" if meant else "define it"),
                done="callers have to give its value",
                pointer=server.below("url").pointer,
            )
            yield diagnostic, server.pointer, _defining(name)
    for name, variable in server.below("variables").items():
        yield from _default(name, variable)


def _defining(name: str) -> Edit:
    def define(server: Json) -> Json:
        if not isinstance(server, dict):
            return server
        variables = server.get("variables")
        known = variables if isinstance(variables, dict) else {}
        return {**server, "variables": {**known, name: {}}}

    return define


def _default(name: str, variable: Node) -> Iterator[Finding]:
    """Section 4.8.6: the default is one of the values, if they are listed."""
    default, allowed = variable.text("default"), variable.texts("enum")
    if default is not None and allowed and default not in allowed:
        diagnostic = Diagnostic(
            severity=Severity.WARNING,
            code=Code.DEFAULT_NOT_ALLOWED,
            message=f"the default of `{name}` is not one of its values",
            help=f"it is one of {', '.join(f'`{each}`' for each in allowed)}",
            pointer=variable.below("default").pointer,
            focus=Focus.VALUE,
        )
        yield diagnostic, variable.pointer, None
