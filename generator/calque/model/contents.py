"""The media types that a `content` offers: their order, and how each is written or read."""

from __future__ import annotations

from collections.abc import Iterable

from calque.document.node import Node
from calque.model.api import Content, Media
from calque.model.dropped import left_out, passed_over
from calque.model.media import (
    ANY,
    JSON,
    essence,
    is_form,
    is_json,
    is_multipart,
    is_text,
    is_xml,
)
from calque.model.scalars import is_binary
from calque.model.schemas import Schemas
from calque.model.types import TEXT, Anything, Kind, ListOf, Scalar, Type

# Sequences of values that go on for as long as the service likes.
_STREAMED = {
    "text/event-stream": Content.EVENTS,
    "application/x-ndjson": Content.LINES,
    "application/ndjson": Content.LINES,
    "application/jsonl": Content.LINES,
    "application/x-jsonlines": Content.LINES,
    "application/json-seq": Content.SEQUENCE,
}

# The fields of an event (HTML, section 9.2.6).
_EVENT = frozenset({"data", "event", "id", "retry"})

# Keywords that no schema of a string has.
_STRUCTURED = ("properties", "items", "allOf", "oneOf", "anyOf", "additionalProperties")


def offered(schemas: Schemas, node: Node) -> list[Node]:
    """The media types of a body or response: JSON before all others."""
    found = [media for _, media in node.below("content").items()]
    for media in found:
        kind = "form" if is_form(media.key) else "media type"
        schemas.diagnostics.extend(passed_over(kind, media))
        if "itemSchema" in media and not (streamed(media) or is_multipart(media.key)):
            words = f"`{media.key}` is no sequence of items"
            schemas.diagnostics.append(left_out(media / "itemSchema", words))

    def rank(media: Node) -> tuple[bool, bool]:
        json = is_json(media.key) and not octets(schemas, media)
        return not json or media.key != JSON, not json

    return sorted(found, key=rank)


def unused(schemas: Schemas, used: Node, others: Iterable[Node]) -> None:
    """Says of media types that another one is used in their place."""
    for other in others:
        what = f"`{used.key}` is used, `{other.key}` is not"
        schemas.diagnostics.append(left_out(other, what))


def streamed(media: Node) -> Content | None:
    """How the items of a stream are written; None for what is no stream."""
    return _STREAMED.get(essence(media.key))


def item_of(schemas: Schemas, media: Node, hint: tuple[str, ...]) -> Type:
    """The type of the items of a stream (`itemSchema`; Media Type Object of OpenAPI 3.2).

    Earlier versions have no keyword for it: `schema` is that of an item, or of a list of
    all. What describes an event tells of its data by `contentSchema`, if at all.
    """
    schema = media.get("itemSchema") or media.get("schema")
    if schema is None:
        return Anything()
    target = schemas.resolved.follow(schema)
    if streamed(media) == Content.EVENTS and "data" in target.below("properties"):
        data = schemas.resolved.follow(target / "properties" / "data")
        content = data.get("contentSchema")
        return schemas.type_of(content, (*hint, "data")) if content else TEXT
    if streamed(media) == Content.EVENTS and _of_events(schemas, target):
        return TEXT
    type_ = schemas.type_of(schema, (*hint, "item"))
    if isinstance(type_, ListOf) and "itemSchema" not in media:
        return type_.item
    return type_


def _of_events(schemas: Schemas, schema: Node) -> bool:
    """Whether a schema describes several events, or a list of them, and not their data."""
    whole = schema.get("items") or schema
    items = schemas.resolved.follow(whole)
    options = [*items.nodes("oneOf"), *items.nodes("anyOf")] or [items]
    members = (schemas.resolved.follow(o).below("properties") for o in options)
    return all("data" in each and {*each.mapping()} <= _EVENT for each in members)


def read_whole(schemas: Schemas, media: Node) -> None:
    """Says of a sequence that it does not come one by one."""
    if essence(media.key) in _STREAMED:
        words = f"`{media.key}` is read whole, and not as a stream"
        schemas.diagnostics.append(left_out(media, words))


def as_it_is(schemas: Schemas, media: Node) -> None:
    """Says of content with a schema that only text or bytes come of it."""
    if "itemSchema" in media or _structured(schemas, media):
        words = f"what is in `{media.key}` is not looked into"
        schemas.diagnostics.append(left_out(media, words))


def kind_of(schemas: Schemas, media: Node, *, answer: bool = False) -> Media:
    """How content of a media type is written; `*/*` is JSON if its schema is no string.

    Raw bytes are no JSON, whatever the media type says: who declares them means a file.
    """
    if is_json(media.key):
        return Media.BINARY if octets(schemas, media) else Media.JSON
    if is_xml(media.key) and _structured(schemas, media):
        return Media.XML
    if is_text(media.key):
        return Media.TEXT
    if essence(media.key) == ANY:
        return Media.JSON if _structured(schemas, media) else Media.BINARY
    if answer or not is_form(media.key):
        return Media.BINARY
    if not is_multipart(media.key):
        return Media.URLENCODED
    return Media.BINARY if by_position(schemas, media) else Media.MULTIPART


def by_position(schemas: Schemas, media: Node) -> bool:
    """Whether a body of parts is a list of them, without names (OpenAPI 3.2, 4.15.3)."""
    target = _described(schemas, media)
    listed = target is not None and target.text("type") == "array"
    return is_multipart(media.key) and ("itemSchema" in media or listed)


def raw(kind: Media) -> Scalar:
    """The type of content that is not looked into."""
    return Scalar(Kind.STRING if kind == Media.TEXT else Kind.BINARY)


def octets(schemas: Schemas, media: Node) -> bool:
    """Whether the schema of a media type is that of raw bytes."""
    target = _described(schemas, media)
    return target is not None and is_binary(target)


def _structured(schemas: Schemas, media: Node) -> bool:
    target = _described(schemas, media)
    if target is None:
        return False
    said = target.text("type") or "string"
    return said != "string" or any(key in target for key in _STRUCTURED)


def _described(schemas: Schemas, media: Node) -> Node | None:
    """The schema that describes content of a media type, if there is one."""
    schema = media.get("schema")
    return schemas.resolved.follow(schema) if schema else None
