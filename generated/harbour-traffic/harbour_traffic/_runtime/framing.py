"""How an answer that goes on and on is taken apart: what all ways of that share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """One item as it arrived: JSON of a type, or a value that is read already."""

    content: bytes | None = None
    type: object = None
    value: object = None


class Mark(msgspec.Struct, frozen=True):
    """How far a sequence was read: the id of the last item that has one.

    `delay` is how many seconds to wait before the rest is asked for, if that is said.
    """

    id: str = ""
    delay: float | None = None


class Frames(Protocol):
    """The items of one answer, as they arrive."""

    ended: bool
    """Whether the answer said that nothing more comes."""

    @property
    def mark(self) -> Mark | None:
        """From where another answer could go on; None where there is no such thing."""
        ...

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """The items that are whole with these bytes."""
        ...

    def finish(self) -> Iterator[Frame]:
        """What is an item only now that the answer has ended."""
        ...


class Framing(Protocol):
    """A way to write a sequence of items."""

    @property
    def words(self) -> str:
        """What such sequences are called."""
        ...

    def reads(self, content_type: str | None) -> bool:
        """Whether an answer of a media type, or of none, can be such a sequence."""
        ...

    def item_type(self) -> object:
        """What an item is read as; None for what is told as it comes."""
        ...

    def reader(self, mark: Mark | None = None) -> Frames:
        """What reads one answer, which goes on from a mark."""
        ...

    def written(self, items: Iterable[object]) -> bytes:
        """The answer that these items make."""
        ...
