"""What webhooks wish to be called, in the module that has them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from calque.model.api import Api
from calque.model.webhook import Webhook
from calque.naming.allot import Asking, Wish
from calque.naming.words import snake

SCOPE = "webhooks"


def asking(api: Api) -> Iterator[Asking]:
    """A webhook by its name; a callback is widened by its operation."""
    hints = {operation.id: operation.hint for operation in api.operations}
    for webhook in api.webhooks:
        yield Asking(SCOPE, (webhook.id,), partial(_wish, webhook, hints))


def _wish(webhook: Webhook, hints: Mapping[str, tuple[str, ...]]) -> Iterator[Wish]:
    of = " ".join(w for id_ in webhook.callback_of[:1] for w in hints.get(id_, ()))
    wider = f"{of} {webhook.name}".strip()
    names = (webhook.name, wider, f"{wider} {webhook.method}")
    yield Wish(id=webhook.id, names=tuple(map(snake, names)))
