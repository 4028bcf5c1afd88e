"""What the service sends on its own: `webhooks.py` of a package."""

from __future__ import annotations

from dataclasses import dataclass, replace

from calque.model.api import Api
from calque.model.arguments import declared
from calque.model.declarations import Union
from calque.model.types import Ref
from calque.model.webhook import Webhook
from calque.naming import Names
from calque.render.annotations import Scope, annotation, anywhere
from calque.render.code import Code, Import, import_block, runtime
from calque.render.docstrings import docstring, markdown
from calque.render.fields import documented
from calque.render.literals import literal
from calque.render.response_headers import HeadersView, headers_class

WEBHOOKS = "webhooks"
"""The name of the module, without which is a package whose document has no webhooks."""


@dataclass(frozen=True, slots=True)
class WebhookView:
    """A webhook, and what its body is read as."""

    name: str
    wire: str
    payload: str
    docstring: str


@dataclass(frozen=True, slots=True)
class WebhooksView:
    """The module of all of them; `any` is what any of them carries, if that can be told.

    `classes` are those of the header fields that are sent with them.
    """

    docstring: str
    imports: str
    webhooks: tuple[WebhookView, ...]
    classes: tuple[HeadersView, ...]
    any: str


@dataclass(frozen=True, slots=True)
class WebhookCallView:
    """How a README shows the reading of a webhook; `tag` tells several apart."""

    unwrap: str
    parse: str
    tag: str


def webhooks_module(api: Api, names: Names) -> WebhooksView | None:
    """The module of a package; None where the document has no webhooks."""
    if not api.webhooks:
        return None
    # In no module of models: what is said of those is said as `m.Name`.
    scope = replace(anywhere(api, names), module="", kept=True)
    found = sorted(api.webhooks, key=lambda webhook: names[webhook.id])
    types = [annotation(webhook.payload, scope) for webhook in found]
    any_ = annotation(api.any_payload, scope) if api.any_payload else Code("")
    headers = [_headers(webhook, scope) for webhook in found if webhook.headers]
    parts = [*types, any_, *(code for code, _ in headers)]
    used = runtime("webhooks", "Webhook").union(*(code.imports for code in parts))
    if headers:
        used |= runtime("response_headers", "ResponseHeaders")
    views = zip(found, types, strict=True)
    return WebhooksView(
        docstring=docstring(_words(api), 0),
        imports=import_block(map(_nearer, used)),
        webhooks=tuple(_view(webhook, type_, names) for webhook, type_ in views),
        classes=tuple(view for _, view in headers),
        any=any_.text,
    )


def _headers(webhook: Webhook, scope: Scope) -> tuple[Code, HeadersView]:
    words = f"The header fields of `{scope.names[webhook.id]}`: `.of(delivery)`."
    return headers_class(webhook.id, webhook.headers, words, scope)


def webhook_call(api: Api, names: Names) -> WebhookCallView | None:
    """What a README shows of them; None where there are none."""
    if not api.webhooks:
        return None
    one = min(names[webhook.id] for webhook in api.webhooks)
    return WebhookCallView(
        unwrap="webhooks.unwrap" if api.any_payload else f"webhooks.{one}.unwrap",
        parse=f"webhooks.{one}.parse_unverified",
        tag=markdown(_tag(api)),
    )


def _tag(api: Api) -> str:
    """The property that tells the payloads apart, if there are several."""
    payload = api.any_payload
    found = declared(api).get(payload.id) if isinstance(payload, Ref) else None
    return (found.discriminator or "") if isinstance(found, Union) else ""


def _words(api: Api) -> str:
    words = (
        "What the service sends on its own: `NAME.unwrap(body, headers, secret=...)`."
    )
    if api.any_payload is None:
        return words
    return f"{words}\n\n`unwrap` reads any of the webhooks, whichever it is."


def _nearer(import_: Import) -> Import:
    """An import as it is written in a module that stands beside the folder of models."""
    return replace(import_, module=import_.module.removeprefix("."))


def _view(webhook: Webhook, type_: Code, names: Names) -> WebhookView:
    return WebhookView(
        name=names[webhook.id],
        wire=literal(webhook.name),
        payload=type_.text,
        docstring=documented(about_webhook(webhook), 0),
    )


def about_webhook(webhook: Webhook) -> str:
    """All that the document says of a webhook, in words."""
    notes = "Deprecated." if webhook.deprecated else ""
    return "\n\n".join(filter(None, [webhook.summary, webhook.doc, notes]))
