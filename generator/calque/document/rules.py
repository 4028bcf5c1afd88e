"""What OpenAPI demands beyond the form of its objects: names that agree with each other."""

from __future__ import annotations

from collections.abc import Iterator

from calque.codes import Code
from calque.diagnostics import Diagnostic, Focus, Severity
from calque.document.fields import fields, typo
from calque.document.files import Files
from calque.document.grammar import Kind
from calque.document.node import Node, join, tokens
from calque.document.similar import similar
from calque.document.version import Version
from calque.document.walk import walk

_DEFINE = "define it under `components`, in `securitySchemes`"


def check(files: Files) -> Iterator[Diagnostic]:
    """Everything wrong with names that must be unique, or must be defined elsewhere."""
    first: dict[str, Node] = {}
    # Whatever may have keywords that no version's form has judged.
    lax = any(version is not Version.V3_0 for version in files.versions.values())
    for kind, node in walk(files):
        if kind is Kind.SCHEMA:
            if lax and files.version(node.pointer) is not Version.V3_0:
                yield from _misspelled(node)
        elif kind is Kind.OPERATION:
            yield from _operation_id(node, first)
            yield from _repeated_parameters(files, node)
        elif kind is Kind.PATH_ITEM:
            yield from _repeated_parameters(files, node)
        elif kind is Kind.SECURITY_REQUIREMENT:
            yield from _unknown_schemes(files.root, node)
    yield from _repeated_tags(files.root)


def _operation_id(operation: Node, first: dict[str, Node]) -> Iterator[Diagnostic]:
    """OpenAPI 3.1, section 4.8.10: the id is unique among all operations."""
    id_ = operation.text("operationId")
    if id_ is None:
        return
    if id_ not in first:
        first[id_] = operation
        return
    yield Diagnostic(
        severity=Severity.WARNING,
        code=Code.DUPLICATE_OPERATION_ID,
        message=f"the operationId `{id_}` stands at {_spot(first[id_])} as well",
        help="give every operation an id of its own",
        done="their paths tell them apart here",
        pointer=operation.below("operationId").pointer,
    )


def _repeated_parameters(files: Files, owner: Node) -> Iterator[Diagnostic]:
    """Section 4.8.10: parameters are told apart by name and location."""
    seen: set[tuple[str, str]] = set()
    for entry in owner.below("parameters").elements():
        node = files.follow(entry)
        name, place = (node.text("name"), node.text("in")) if node else (None, None)
        if name is None or place is None:
            continue
        if (name, place) in seen:
            yield Diagnostic(
                severity=Severity.WARNING,
                code=Code.DUPLICATE_PARAMETER,
                message=f"the {place} parameter `{name}` stands here a second time",
                help="remove one of them",
                done="the last one counts",
                pointer=entry.pointer,
            )
        seen.add((name, place))


def _misspelled(schema: Node) -> Iterator[Diagnostic]:
    """JSON Schema lets any keyword stand that it does not know; few are meant to.

    In 3.0 such a keyword has been found by the document's form.
    """
    members = schema.mapping()
    for name in members.keys() - fields(Kind.SCHEMA):
        meant = None if name.startswith("x-") else typo(Kind.SCHEMA, name, members)
        if meant is not None:
            yield Diagnostic(
                severity=Severity.WARNING,
                code=Code.UNKNOWN_KEYWORD,
                message=f"`{name}` is not a keyword of JSON Schema",
                help=f"did you mean `{meant}`? It is ignored",
                pointer=join(schema.pointer, name),
                focus=Focus.KEY,
            )


def _unknown_schemes(root: Node, requirement: Node) -> Iterator[Diagnostic]:
    """Section 4.8.30: each name is one of the security schemes under `components`."""
    known = root.below("components").below("securitySchemes").mapping()
    for name, node in requirement.items():
        if name in known:
            continue
        meant = similar(name, known)
        wanted = f"did you mean `{meant}`?" if meant else _DEFINE
        yield Diagnostic(
            severity=Severity.ERROR if meant else Severity.WARNING,
            code=Code.UNKNOWN_SECURITY_SCHEME,
            message=f"there is no security scheme `{name}`",
            help=wanted,
            done="" if meant else "nothing is sent for it",
            pointer=node.pointer,
        )


def _repeated_tags(root: Node) -> Iterator[Diagnostic]:
    """Section 4.8.1: each tag is described once."""
    seen: set[str] = set()
    for tag in root.below("tags").elements():
        name = tag.text("name")
        if name is not None and name in seen:
            yield Diagnostic(
                severity=Severity.WARNING,
                code=Code.DUPLICATE_TAG,
                message=f"the tag `{name}` is described a second time",
                help="remove one of the descriptions",
                pointer=tag.below("name").pointer,
            )
        seen.add(name or "")


def _spot(operation: Node) -> str:
    """An operation by its method and path, as far as its place has them."""
    *_, path, method = ("", *tokens(operation.pointer))
    return f"`{method} {path}`"
