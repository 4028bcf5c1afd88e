"""What webhooks wish to be called, in the module that has them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from calque.model.api import Api
from calque.model.webhook import Webhook
from calque.naming import headers
from calque.naming.allot import Asking, Wish
from calque.naming.ids import headers_of
from calque.naming.words import pascal, snake

SCOPE = "webhooks"


def asking(api: Api) -> Iterator[Asking]:
    """A webhook by its name; a callback is widened by its operation."""
    hints = {operation.id: operation.hint for operation in api.operations}
    for webhook in api.webhooks:
        yield Asking(SCOPE, (webhook.id,), partial(_wish, webhook, hints))
        if webhook.headers:
            class_ = (headers_of(webhook.id),)
            yield Asking(SCOPE, class_, partial(_headers, webhook, hints))
            yield headers.asking(webhook.id, webhook.headers)


def _wish(webhook: Webhook, hints: Mapping[str, tuple[str, ...]]) -> Iterator[Wish]:
    names = tuple(map(snake, _called(webhook, hints)))
    yield Wish(id=webhook.id, names=names)


def _headers(webhook: Webhook, hints: Mapping[str, tuple[str, ...]]) -> Iterator[Wish]:
    names = tuple(f"{pascal(name)}Headers" for name in _called(webhook, hints))
    yield Wish(id=headers_of(webhook.id), names=names)


def _called(
    webhook: Webhook, hints: Mapping[str, tuple[str, ...]]
) -> tuple[str, str, str]:
    of = " ".join(w for id_ in webhook.callback_of[:1] for w in hints.get(id_, ()))
    wider = f"{of} {webhook.name}".strip()
    return webhook.name, wider, f"{wider} {webhook.method}"
