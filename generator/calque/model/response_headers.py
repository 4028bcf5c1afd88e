"""What the header fields of answers are: those that any answer of an operation declares."""

from __future__ import annotations

from dataclasses import replace

from calque.document.node import Node, escape
from calque.model.carried import JSON_STYLE, content_of, schema_of, style_of, type_of
from calque.model.described import doc_of
from calque.model.dropped import passed_over
from calque.model.headers import Style, TypedHeader
from calque.model.media import is_json
from calque.model.plain import Hint
from calque.model.schemas import Schemas
from calque.model.types import Anything, Kind, ListOf, Null, Scalar, Type, any_of


def response_headers(
    schemas: Schemas, operation: Node, hint: Hint
) -> tuple[TypedHeader, ...]:
    """The header fields of all answers of an operation; names are compared without case.

    One that several answers declare has the type that any of them gives it. None is
    Content-Type, which has its own place in a response (OpenAPI 3.1, Response Object).
    """
    found: dict[str, TypedHeader] = {}
    for response in _responses(schemas, operation):
        for name, entry in response.below("headers").items():
            key = name.lower()
            if key != "content-type":
                node = schemas.resolved.follow(entry)
                schemas.diagnostics.extend(passed_over("header", node))
                header = typed_header(schemas, operation, hint, name, node)
                header = replace(header, doc=doc_of(entry) or header.doc)
                found[key] = _both(found.get(key, header), header)
    return tuple(found.values())


def _responses(schemas: Schemas, operation: Node) -> list[Node]:
    return [
        schemas.resolved.follow(ref)
        for status, ref in operation.below("responses").items()
        if not status.startswith("x-")
    ]


def typed_header(
    schemas: Schemas, operation: Node, hint: Hint, name: str, node: Node
) -> TypedHeader:
    """A field, by what describes it: a Header Object, or a Parameter Object."""
    schema = schema_of(node)
    words = doc_of(schemas.resolved.follow(schema), name) if schema else ""
    return TypedHeader(
        id=f"{operation.pointer}/headers/{escape(name.lower())}",
        name=name,
        type=_type(schemas, node, (*hint, name)),
        doc=doc_of(node) or words,
        deprecated=node.flag("deprecated"),
        style=_style(node),
    )


def _type(schemas: Schemas, node: Node, hint: Hint) -> Type:
    """The type of a field that is there, and so never null."""
    type_ = type_of(schemas, node, hint)
    if type_ in (Anything(), Null()):
        return Scalar(Kind.STRING)
    if hint[-1].lower() == "set-cookie" and not isinstance(type_, ListOf):
        # Never joined to one field (RFC 9110, section 5.3): each line is a cookie.
        return ListOf(type_)
    return type_


def _style(node: Node) -> Style | None:
    media = content_of(node)
    if media is not None:
        return JSON_STYLE if is_json(media.key) else None
    style = style_of(node, "simple")
    return Style(style="simple", explode=True) if style.explode else None


def _both(one: TypedHeader, other: TypedHeader) -> TypedHeader:
    """What two answers say of one field."""
    return replace(
        one,
        type=any_of(one.type, other.type),
        doc=one.doc or other.doc,
        deprecated=one.deprecated and other.deprecated,
    )
