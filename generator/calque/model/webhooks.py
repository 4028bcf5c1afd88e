"""What a service sends on its own: its webhooks, and the callbacks of its operations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from calque.document.node import Node
from calque.document.operations import operations
from calque.model.api import Media
from calque.model.contents import kind_of, offered, unused
from calque.model.described import described, said
from calque.model.dropped import left_out, passed_over
from calque.model.headers import TypedHeader
from calque.model.operations import placed
from calque.model.parameters import IGNORED_HEADERS
from calque.model.places import PAYLOAD, WEBHOOKS
from calque.model.response_headers import typed_header
from calque.model.schemas import Schemas
from calque.model.types import Anything, Type
from calque.model.webhook import Webhook


@dataclass(frozen=True, slots=True)
class _Sent:
    """An operation that the service calls: its Id, what the document calls it, of which
    operations it is a callback.
    """

    id: str
    name: str
    method: str
    item: Node
    node: Node
    callback_of: tuple[str, ...] = ()


def webhooks(schemas: Schemas) -> tuple[Webhook, ...]:
    """Every webhook of the document, then every callback, each once, in its order.

    Those that send no JSON have nothing that could be read as a model.
    """
    found: dict[str, Webhook] = {}
    for sent in (*_webhooks(schemas), *_callbacks(schemas)):
        if before := found.get(sent.id):
            of = tuple(dict.fromkeys((*before.callback_of, *sent.callback_of)))
            found[sent.id] = replace(before, callback_of=of)
        elif (payload := _payload(schemas, sent)) is not None:
            found[sent.id] = _webhook(schemas, sent, payload)
    return tuple(found.values())


def _webhooks(schemas: Schemas) -> Iterator[_Sent]:
    for member in WEBHOOKS:
        for name, ref in schemas.resolved.root.below(member).items():
            item = schemas.resolved.follow(ref)
            schemas.diagnostics.extend(passed_over("path item of webhooks", item))
            for method, node in operations(item):
                id_ = ref.pointer + node.pointer[len(item.pointer) :]
                yield _Sent(id_, name, method, item, node)


def _callbacks(schemas: Schemas) -> Iterator[_Sent]:
    """The callbacks of operations; one that is a component may be that of several."""
    for where, _, operation in placed(schemas):
        for key, ref in operation.below("callbacks").items():
            callback = schemas.resolved.follow(ref)
            name = key if callback == ref else callback.key or key
            for expression, each in callback.items():
                item = schemas.resolved.follow(each)
                if not expression.startswith("x-"):
                    passed = passed_over("path item of webhooks", item)
                    schemas.diagnostics.extend(passed)
                    for method, node in operations(item):
                        yield _Sent(node.pointer, name, method, item, node, (where.id,))


def _webhook(schemas: Schemas, sent: _Sent, payload: Type) -> Webhook:
    node = sent.node
    schemas.diagnostics.extend(passed_over("webhook", node))
    return Webhook(
        id=sent.id,
        name=sent.name,
        method=sent.method,
        operation_id=node.text("operationId"),
        tags=tuple(node.texts("tags")),
        summary=said(node, "summary") or said(sent.item, "summary"),
        doc=described(node, sent.item),
        payload=payload,
        headers=tuple(_headers(schemas, sent)),
        callback_of=sent.callback_of,
        deprecated=node.flag("deprecated"),
    )


def _headers(schemas: Schemas, sent: _Sent) -> Iterator[TypedHeader]:
    """The header fields that are sent; those of the path item may be overridden."""
    found: dict[tuple[str, str], Node] = {}
    for owner in (sent.item, sent.node):
        for entry in owner.below("parameters").elements():
            node = schemas.resolved.follow(entry)
            name, where = node.text("name") or "", node.text("in") or ""
            found[where, name.lower()] = node
    for (where, key), node in found.items():
        name = node.text("name") or ""
        schemas.diagnostics.extend(passed_over("parameter", node))
        if where != "header":
            words = f"parameters of webhooks in `{where}` are not read"
            schemas.diagnostics.append(left_out(node, words))
        elif key not in IGNORED_HEADERS:
            yield typed_header(schemas, sent.node, (sent.name,), name, node)


def _payload(schemas: Schemas, sent: _Sent) -> Type | None:
    """What the JSON is that is sent; None, and said aloud, where none is."""
    body = sent.node.get("requestBody")
    ranked = offered(schemas, schemas.resolved.follow(body)) if body else []
    if not ranked or kind_of(schemas, ranked[0]) != Media.JSON:
        what = "what it sends is not JSON" if ranked else "it sends no body"
        schemas.diagnostics.append(left_out(sent.node, f"no payload is read: {what}"))
        return None
    unused(schemas, ranked[0], ranked[1:])
    schema = ranked[0].get("schema")
    hint = (sent.name, PAYLOAD)
    return schemas.type_of(schema, hint) if schema else Anything()
