"""How an answer that goes on and on is taken apart: what all ways of that share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import msgspec


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """One item as it arrived: JSON of a type, or a value that is read already."""

    content: bytes | None = None
    type: object = None
    value: object = None


class Frames(Protocol):
    """The items of one answer, as they arrive."""

    ended: bool
    """Whether the answer said that nothing more comes."""

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """The items that are whole with these bytes."""
        ...

    def finish(self) -> Iterator[Frame]:
        """What is an item only now that the answer has ended."""
        ...


class Framing(Protocol):
    """A way to write a sequence of items."""

    def reader(self) -> Frames:
        """What reads one answer."""
        ...
