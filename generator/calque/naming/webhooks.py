"""What webhooks wish to be called, in the module that has them all."""

from __future__ import annotations

from collections.abc import Iterator

from calque.model.api import Api
from calque.naming.allot import Wish
from calque.naming.words import snake

SCOPE = "webhooks"


def wishes(api: Api) -> Iterator[Wish]:
    """A webhook by its name; a callback is widened by its operation."""
    hints = {operation.id: operation.hint for operation in api.operations}
    for webhook in api.webhooks:
        of = " ".join(w for id_ in webhook.callback_of[:1] for w in hints.get(id_, ()))
        wider = f"{of} {webhook.name}".strip()
        names = (webhook.name, wider, f"{wider} {webhook.method}")
        yield Wish(id=webhook.id, scope=SCOPE, names=tuple(map(snake, names)))
