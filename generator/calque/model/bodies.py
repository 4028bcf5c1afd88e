"""What goes out and comes back: request bodies and responses, by their media types."""

from __future__ import annotations

from calque.document.node import Node
from calque.model.api import Answer, Body, Content, Example
from calque.model.described import doc_of
from calque.model.dropped import left_out, passed_over
from calque.model.schemas import Schemas
from calque.model.types import Anything, Kind, Null, Scalar

JSON = "application/json"

# Sequences of values that go on for as long as the service likes.
_STREAMED = {"text/event-stream", "application/x-ndjson", "application/jsonl"}


def body(schemas: Schemas, operation: Node, hint: tuple[str, ...]) -> Body | None:
    """The body of an operation's request, if it has one."""
    node = operation.get("requestBody")
    if node is None:
        return None
    node = schemas.resolved.follow(node)
    schemas.diagnostics.extend(passed_over("request body", node))
    media = _preferred(schemas, node)
    if media is None:
        return None
    schema = media.get("schema")
    type_ = schemas.type_of(schema, (*hint, "request")) if schema else Anything()
    required, json = node.flag("required"), is_json(media.key)
    record = schemas.record_of(type_)
    return Body(
        id=f"{operation.pointer}/requestBody",
        content_type=media.key,
        type=type_ if json else _raw(media.key),
        required=required,
        doc=doc_of(node),
        flattened=json and required and record is not None and record.extra is None,
        examples=_examples(schemas, media),
    )


def answers(
    schemas: Schemas, operation: Node, hint: tuple[str, ...]
) -> tuple[Answer, ...]:
    """The responses of an operation, in the order of the document."""
    responses = operation.below("responses")
    return tuple(
        _answer(schemas, status, node, hint)
        for status, node in responses.items()
        if not status.startswith("x-")
    )


def is_json(media_type: str) -> bool:
    """Whether a media type's content is JSON (RFC 8259; the `+json` suffix, RFC 6839)."""
    bare = media_type.partition(";")[0].strip().lower()
    return bare == JSON or bare.endswith("+json") or bare == "text/json"


def _answer(schemas: Schemas, status: str, ref: Node, hint: tuple[str, ...]) -> Answer:
    node = schemas.resolved.follow(ref)
    schemas.diagnostics.extend(passed_over("response", node))
    id_, doc, status = ref.pointer, doc_of(node), status.upper()
    status = "default" if status == "DEFAULT" else status
    media = _preferred(schemas, node)
    if media is None:
        return Answer(
            id=id_, status=status, content=Content.EMPTY, type=Null(), doc=doc
        )
    if not is_json(media.key):
        text = media.key.lower().startswith("text/")
        content = Content.TEXT if text else Content.BINARY
        raw = _raw(media.key)
        return Answer(id=id_, status=status, content=content, type=raw, doc=doc)
    schema = media.get("schema")
    named = (*hint, "response") if status[0] in "2d" else (*hint, status, "response")
    type_ = schemas.type_of(schema, named) if schema else Anything()
    return Answer(id=id_, status=status, content=Content.JSON, type=type_, doc=doc)


def _raw(media_type: str) -> Scalar:
    text = media_type.lower().startswith("text/")
    return Scalar(Kind.STRING if text else Kind.BINARY)


def _preferred(schemas: Schemas, node: Node) -> Node | None:
    """The media type that is used of those offered: JSON before all others."""
    offered = [media for _, media in node.below("content").items()]
    ranked = sorted(offered, key=lambda m: (m.key != JSON, not is_json(m.key)))
    for other in ranked[1:]:
        schemas.diagnostics.append(
            left_out(other, f"`{ranked[0].key}` is used, `{other.key}` is not")
        )
    for media in ranked[:1]:
        schemas.diagnostics.extend(passed_over("media type", media))
        if media.key.partition(";")[0] in _STREAMED:
            words = f"`{media.key}` is read whole, and not as a stream"
            schemas.diagnostics.append(left_out(media, words))
    return ranked[0] if ranked else None


def _examples(schemas: Schemas, media: Node) -> tuple[Example, ...]:
    """The examples of a media type, the single `example` under the empty name."""
    single = media.get("example")
    named = [
        Example(name=name, value=value.value)
        for name, node in media.below("examples").items()
        if (value := schemas.resolved.follow(node).get("value")) is not None
    ]
    return (*([Example(name="", value=single.value)] if single else []), *named)
