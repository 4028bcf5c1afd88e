"""What comes back: the responses of operations, by status and media type."""

from __future__ import annotations

from collections.abc import Iterator

from calque.document.node import Node
from calque.model.api import Answer, Content, Media, Offer
from calque.model.contents import (
    as_it_is,
    item_of,
    kind_of,
    octets,
    offered,
    raw,
    read_whole,
    streamed,
    unused,
)
from calque.model.described import doc_of
from calque.model.dropped import passed_over
from calque.model.examples import examples, schema_example
from calque.model.media import is_json
from calque.model.schemas import Schemas
from calque.model.types import Anything, Null, any_of
from calque.model.xml_names import root_name

SENTINEL = "x-speakeasy-sse-sentinel"

_CONTENT = {
    Media.JSON: Content.JSON,
    Media.TEXT: Content.TEXT,
    Media.XML: Content.XML,
}


def answers(
    schemas: Schemas, operation: Node, hint: tuple[str, ...]
) -> tuple[Answer, ...]:
    """The responses of an operation, in the order of the document.

    What answers HEAD has no content, whatever is declared (RFC 9110, section 9.3.2).
    """
    listed = operation.below("responses").items()
    declared = [(_status(s), node) for s, node in listed if not s.startswith("x-")]
    # `default` is what comes of success only where nothing else is.
    usual = "2" if any(status[0] == "2" for status, _ in declared) else "2d"
    return tuple(
        _answer(
            *(schemas, status, node),
            (*hint, "response") if status[0] in usual else (*hint, status, "response"),
            bare=operation.key == "head",
        )
        for status, node in declared
    )


def _status(text: str) -> str:
    return "default" if text.upper() == "DEFAULT" else text.upper()


def _answer(
    schemas: Schemas, status: str, ref: Node, named: tuple[str, ...], *, bare: bool
) -> Answer:
    node = schemas.resolved.follow(ref)
    schemas.diagnostics.extend(passed_over("response", node))
    ranked = [] if bare else offered(schemas, node)
    offers = _offers(schemas, ranked, named, success=status[0] == "2")
    types = [offer.type for offer in offers]
    return Answer(
        id=ref.pointer,
        status=status,
        content=offers[0].content if offers else Content.EMPTY,
        type=any_of(*types) if types else Null(),
        doc=doc_of(ref) or doc_of(node),
        offers=offers,
    )


def _offers(
    schemas: Schemas, ranked: list[Node], hint: tuple[str, ...], *, success: bool
) -> tuple[Offer, ...]:
    """The media types that are read, the preferred one first.

    What says the same as the first in other words is not asked for, nor is a second way
    to tell of an error.
    """
    going_on = [m for m in ranked if success and streamed(m)]
    ranked = [m for m in ranked if m not in going_on]
    first = ranked[:1]
    others = [m for m in ranked[1:] if success and not _same(schemas, first[0], m)]
    for media in first:
        unused(schemas, media, (m for m in ranked[1:] if m not in others))
    whole = (_offer(schemas, media, hint) for media in [*first, *others])
    return (*whole, *_going_on(schemas, going_on, hint))


def _going_on(
    schemas: Schemas, media: list[Node], hint: tuple[str, ...]
) -> Iterator[Offer]:
    """The media type that items come in one by one; of several the first."""
    for first in media[:1]:
        unused(schemas, first, media[1:])
        if content := streamed(first):
            type_ = item_of(schemas, first, hint)
            end = first.text(SENTINEL) if content == Content.EVENTS else None
            yield Offer(
                media_type=first.key,
                content=content,
                type=type_,
                end=end,
                examples=examples(schemas, first),
            )


def _same(schemas: Schemas, first: Node, other: Node) -> bool:
    """Whether two media types are two ways to write values of one schema, one of them JSON."""
    one, two = first.get("schema"), other.get("schema")
    if one is None or two is None or not is_json(first.key) or octets(schemas, first):
        return False
    return one.value == two.value


def _offer(schemas: Schemas, media: Node, hint: tuple[str, ...]) -> Offer:
    read_whole(schemas, media)
    kind = kind_of(schemas, media, answer=True)
    schema = media.get("schema")
    if kind in (Media.JSON, Media.XML):
        type_ = schemas.type_of(schema, hint) if schema else Anything()
    else:
        type_ = raw(kind)
        as_it_is(schemas, media)
    content = _CONTENT.get(kind, Content.BINARY)
    xml = root_name(schemas.resolved, schema) if schema and kind == Media.XML else None
    return Offer(
        media_type=media.key,
        content=content,
        type=type_,
        xml=xml,
        examples=examples(schemas, media),
        schema_example=schema_example(schemas, schema),
    )
