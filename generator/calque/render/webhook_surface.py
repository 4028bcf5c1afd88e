"""What callers see of the webhooks: their names, and what each is read as."""

from __future__ import annotations

from collections.abc import Iterator

from calque.model.api import Api
from calque.naming import headers_of
from calque.render.annotations import Scope, annotation
from calque.render.digest import digest
from calque.render.header_surface import header_fields
from calque.render.webhooks import about_webhook
from calque.surface import Webhook

_ANY = "any_webhook"


def webhooks(api: Api, scope: Scope) -> Iterator[Webhook]:
    """Each webhook; where any of them can be told apart, `any_webhook` is one more."""
    for webhook in api.webhooks:
        yield Webhook(
            id=webhook.id,
            name=scope.names[webhook.id],
            wire=webhook.name,
            type=annotation(webhook.payload, scope).text,
            headers_class=(
                scope.names[headers_of(webhook.id)] if webhook.headers else ""
            ),
            headers=tuple(header_fields(webhook.headers, scope)),
            deprecated=webhook.deprecated,
            doc=digest(about_webhook(webhook)),
        )
    if api.any_payload is not None:
        type_ = annotation(api.any_payload, scope).text
        yield Webhook(id="#/webhooks", name=_ANY, wire="", type=type_)
