"""What goes out: the bodies of requests, by their media types."""

from __future__ import annotations

from dataclasses import replace

from calque.document.node import Node
from calque.model import forms
from calque.model.api import Body, Example, Media
from calque.model.contents import kind_of, offered, raw, unused
from calque.model.described import doc_of
from calque.model.dropped import passed_over
from calque.model.media import ANY, JSON, OCTETS, essence
from calque.model.schemas import Schemas
from calque.model.types import Anything, Type


def body(schemas: Schemas, operation: Node, hint: tuple[str, ...]) -> Body | None:
    """The body of an operation's request, if it has one."""
    node = operation.get("requestBody")
    if node is None:
        return None
    node = schemas.resolved.follow(node)
    schemas.diagnostics.extend(passed_over("request body", node))
    ranked = offered(schemas, node)
    if not ranked:
        return None
    media = ranked[0]
    unused(schemas, media, ranked[1:])
    kind = kind_of(schemas, media)
    common = Body(
        id=f"{operation.pointer}/requestBody",
        content_type=_content_type(media, kind),
        media=kind,
        type=Anything(),
        required=node.flag("required"),
        doc=doc_of(node),
        examples=_examples(schemas, media),
    )
    if kind in (Media.URLENCODED, Media.MULTIPART):
        return _form(schemas, media, (*hint, "request"), common)
    if kind != Media.JSON:
        return replace(common, type=raw(kind))
    schema = media.get("schema")
    type_ = schemas.type_of(schema, (*hint, "request")) if schema else Anything()
    record = schemas.record_of(type_)
    flattened = common.required and record is not None and record.extra is None
    return replace(common, type=type_, flattened=flattened)


def _form(schemas: Schemas, media: Node, hint: tuple[str, ...], common: Body) -> Body:
    fields = forms.fields(schemas, media, hint, common.media)
    if not common.required:
        fields = tuple(replace(field, required=False) for field in fields)
    type_: Type = Anything()
    schema = media.get("schema")
    if not fields:
        read = schemas.type_of(schema, hint) if schema else Anything()
        type_ = forms.whole(common.media, read)
    return replace(
        common,
        type=type_,
        flattened=bool(fields),
        fields=fields,
        parts=forms.parts(schemas, media, fields, common.media),
    )


def _content_type(media: Node, kind: Media) -> str:
    """The media type to send: of a range, what the body is in any case."""
    if essence(media.key) == ANY:
        return JSON if kind == Media.JSON else OCTETS
    return media.key


def _examples(schemas: Schemas, media: Node) -> tuple[Example, ...]:
    """The examples of a media type, the single `example` under the empty name."""
    single = media.get("example")
    named = [
        Example(name=name, value=value.value)
        for name, node in media.below("examples").items()
        if (value := schemas.resolved.follow(node).get("value")) is not None
    ]
    return (*([Example(name="", value=single.value)] if single else []), *named)
