"""What a webhook is: a request that the service sends."""

from __future__ import annotations

from dataclasses import dataclass

from calque.model.headers import TypedHeader
from calque.model.types import Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A request that the service sends: a webhook, or a callback of some operations.

    `name` is what the document calls it, `payload` the type of the JSON that it sends,
    `headers` are the header fields that are sent with it.
    `callback_of` are the Ids of the operations for which it is sent, if it is for any.
    """

    id: str
    name: str
    method: str
    operation_id: str | None
    tags: tuple[str, ...]
    summary: str
    doc: str
    payload: Type
    headers: tuple[TypedHeader, ...] = ()
    callback_of: tuple[str, ...] = ()
    deprecated: bool = False

    @property
    def spoken(self) -> tuple[Type, ...]:
        """The types of what it sends."""
        return (self.payload, *(header.type for header in self.headers))
