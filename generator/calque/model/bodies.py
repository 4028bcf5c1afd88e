"""What goes out: the bodies of requests, by their media types."""

from __future__ import annotations

from dataclasses import replace

from calque.document.node import Node
from calque.model import forms
from calque.model.api import Body, Media
from calque.model.contents import as_it_is, by_position, kind_of, offered, raw, unused
from calque.model.described import doc_of
from calque.model.dropped import left_out, passed_over
from calque.model.examples import examples
from calque.model.media import (
    ANY,
    JSON,
    OCTETS,
    essence,
    is_form,
    is_json,
    is_multipart,
    is_patch,
    is_xml,
)
from calque.model.plain import Hint
from calque.model.schemas import Schemas
from calque.model.types import Anything, MapOf, Type
from calque.model.xml_names import root_name


def bodies(schemas: Schemas, operation: Node, hint: Hint) -> tuple[Body, ...]:
    """The forms of the body of an operation's request, the preferred one first.

    What says the same as the preferred one in other words is not among them.
    """
    ref = operation.get("requestBody")
    if ref is None:
        return ()
    node = schemas.resolved.follow(ref)
    schemas.diagnostics.extend(passed_over("request body", node))
    ranked = offered(schemas, node)
    found: list[Body] = []
    for media in ranked:
        if found and _needless(schemas, ranked[0], media, found):
            unused(schemas, ranked[0], [media])
            continue
        # What is named after the preferred form is not after any other.
        told = (essence(media.key).rpartition("/")[2],) if found else ()
        named = (*hint, *told, "request")
        body = _body(schemas, operation, node, media, named)
        found.append(replace(body, doc=doc_of(ref) or body.doc))
    if operation.key in ("get", "head") and all(map(_says_nothing, found)):
        what = f"the optional body of this {operation.key.upper()} may hold anything"
        schemas.diagnostics.append(left_out(node, what))
        return ()
    return tuple(found)


def _says_nothing(body: Body) -> bool:
    """Whether a body need not be there, and nothing is said of what it holds.

    That of a GET has no meaning of its own (RFC 9110, section 9.3.1).
    """
    free = (Anything(), MapOf(Anything()))
    return not body.required and not body.fields and body.type in free


def _needless(schemas: Schemas, first: Node, media: Node, found: list[Body]) -> bool:
    """Whether a media type adds nothing to those that there are already."""
    kind = kind_of(schemas, media)
    told = _content_type(media, kind)
    looked_into = kind not in (Media.TEXT, Media.BINARY)
    for form in found:
        alike = essence(form.content_type) == essence(told)
        # Written in any case, it is the same (RFC 9110, section 8.3.1).
        same = form.content_type.lower() == told.lower()
        if same or (alike and not looked_into):
            return True
    return _same(schemas, first, media)


def _same(schemas: Schemas, first: Node, other: Node) -> bool:
    """Whether two media types are ways to write the members of one object.

    A form of it that carries files says more than any other; a patch is something else.
    """
    one, two = first.get("schema"), other.get("schema")
    if one is None or two is None or one.value != two.value:
        return False
    if is_patch(first.key) or is_patch(other.key):
        return False
    if is_multipart(other.key) and forms.carries_files(schemas, two):
        return False
    return _has_members(first) and _has_members(other)


def _has_members(media: Node) -> bool:
    return is_json(media.key) or is_form(media.key) or is_xml(media.key)


def _body(
    schemas: Schemas, operation: Node, node: Node, media: Node, hint: Hint
) -> Body:
    kind = kind_of(schemas, media)
    common = Body(
        id=f"{operation.pointer}/requestBody",
        content_type=_content_type(media, kind),
        media=kind,
        type=Anything(),
        required=node.flag("required"),
        doc=doc_of(node),
        examples=examples(schemas, media),
    )
    if kind in (Media.URLENCODED, Media.MULTIPART):
        return _form(schemas, media, hint, common)
    if by_position(schemas, media):
        words = (
            "parts without names are for the caller to write, as the bytes of the body"
        )
        schemas.diagnostics.append(left_out(media, words))
    elif kind not in (Media.JSON, Media.XML):
        as_it_is(schemas, media)
    if kind not in (Media.JSON, Media.XML):
        return replace(common, type=raw(kind))
    schema = media.get("schema")
    xml = root_name(schemas.resolved, schema) if schema and kind == Media.XML else None
    type_ = schemas.type_of(schema, hint) if schema else Anything()
    record = schemas.record_of(type_)
    flattened = common.required and record is not None and record.extra is None
    return replace(common, type=type_, flattened=flattened, xml=xml)


def _form(schemas: Schemas, media: Node, hint: Hint, common: Body) -> Body:
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
