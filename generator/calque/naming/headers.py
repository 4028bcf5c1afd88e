"""What the attributes of classes of header fields wish to be called."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from calque.model.headers import TypedHeader
from calque.naming.allot import Asking, Wish
from calque.naming.ids import headers_of
from calque.naming.words import spellings


def asking(owner: str, headers: tuple[TypedHeader, ...]) -> Asking:
    """The fields that come with the answers of an operation, or with a webhook."""
    ids = tuple(header.id for header in headers)
    return Asking(headers_of(owner), ids, partial(_wishes, headers))


def _wishes(headers: tuple[TypedHeader, ...]) -> Iterator[Wish]:
    for header in headers:
        yield Wish(id=header.id, names=spellings(header.name))
