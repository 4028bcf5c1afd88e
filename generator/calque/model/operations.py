"""What the operations of a document are, and which resource each belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calque.diagnostics import Diagnostic
from calque.document.node import Node, escape
from calque.document.operations import operations as document_operations
from calque.model.answers import answers
from calque.model.api import Group, Operation
from calque.model.bodies import bodies
from calque.model.described import described, said, see
from calque.model.dropped import left_out, passed_over
from calque.model.pages import paging
from calque.model.parameters import idempotency, in_order, parameters
from calque.model.places import operation_names
from calque.model.polled import polling
from calque.model.response_headers import response_headers
from calque.model.schemas import Schemas
from calque.model.schemes import SecurityScheme
from calque.model.security import requirements, scopes
from calque.model.servers import own_server

_BESIDE = ("$ref", "summary", "description")
"""What may stand beside a reference to a path item, and is no part of it."""


@dataclass(frozen=True, slots=True)
class Where:
    """What an operation is told by: an Id that is its path's, and what is sent."""

    id: str
    path: str
    method: str


def operations(
    schemas: Schemas, known: tuple[SecurityScheme, ...]
) -> tuple[Operation, ...]:
    """Every operation of the document, in its order."""
    paths = schemas.resolved.root.below("paths")
    for path, ref in paths.items():
        if not path.startswith("x-"):
            item = schemas.resolved.follow(ref)
            schemas.diagnostics.extend(passed_over("path item", item))
            schemas.diagnostics.extend(_beside_reference(ref))
    return tuple(_operation(schemas, known, *place) for place in placed(schemas))


def _beside_reference(item: Node) -> list[Diagnostic]:
    """A warning for all that a path item which only refers to another says besides."""
    if "$ref" not in item:
        return []
    beside = (key for key in item.mapping() if key not in _BESIDE)
    return [
        left_out(item / key, f"`{key}` stands beside a `$ref` to a whole path item")
        for key in beside
        if not key.startswith("x-")
    ]


def placed(schemas: Schemas) -> Iterator[tuple[Where, Node, Node]]:
    """Every operation of the document, with its place and the path item around it."""
    for path, ref in schemas.resolved.root.below("paths").items():
        if path.startswith("x-"):
            continue
        item = schemas.resolved.follow(ref)
        for method, node in document_operations(item):
            id_ = ref.pointer + node.pointer[len(item.pointer) :]
            yield Where(id_, path, method), item, node


def groups(root: Node, operations: tuple[Operation, ...]) -> tuple[Group, ...]:
    """The resources that the operations belong to, described by the tag of that name."""
    tags = {
        group_id(tag.text("name") or ""): tag for tag in root.below("tags").elements()
    }
    found: dict[str, Group] = {}
    for operation in operations:
        id_, hint = operation.group, operation.group_hint
        tag = tags.get(id_)
        doc = _tag_words(tag) if tag else ""
        name = (tag.text("name") or hint) if tag else hint
        found.setdefault(id_, Group(id=id_, hint=name, doc=doc))
    return tuple(found[id_] for id_ in sorted(found))


def _tag_words(tag: Node) -> str:
    """What the document says of a tag, and which other it is part of (OpenAPI 3.2)."""
    words = said(tag, "description") or said(tag, "summary")
    parent = tag.text("parent")
    above = f"Part of {parent}." if parent else ""
    return "\n\n".join(filter(None, (words, above, see(tag))))


def _operation(
    schemas: Schemas,
    known: tuple[SecurityScheme, ...],
    where: Where,
    item: Node,
    node: Node,
) -> Operation:
    schemas.diagnostics.extend(passed_over("operation", node))
    group, hint = operation_names(where.path, node, schemas.grouping)
    read = in_order(parameters(schemas, item, node), where.path)
    forms, received = bodies(schemas, node, hint), answers(schemas, node, hint)
    secured = node if "security" in node else schemas.resolved.root
    return Operation(
        id=where.id,
        operation_id=node.text("operationId"),
        group=group_id(group),
        group_hint=group,
        hint=hint,
        method=where.method,
        path=where.path,
        tags=tuple(node.texts("tags")),
        summary=said(node, "summary") or said(item, "summary"),
        doc=described(node, item),
        parameters=read,
        body=forms[0] if forms else None,
        other_bodies=forms[1:],
        answers=received,
        security=requirements(secured, known),
        headers=response_headers(schemas, node, hint),
        scopes=scopes(secured, known),
        idempotency=idempotency(read),
        paging=paging(schemas, node, where.method, read, forms, received),
        polling=polling(schemas, node, where.method, received, hint),
        server=own_server(item, node),
        deprecated=node.flag("deprecated"),
    )


def group_id(name: str) -> str:
    """`Server Calling`, `ServerCalling` and `server-calling` are one resource."""
    bare = "".join(c for c in name if c.isalnum()).lower()
    return f"#/tags/{escape(bare or name)}"
