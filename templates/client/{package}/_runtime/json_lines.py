"""Sequences of JSON values: a line each (JSON Lines, NDJSON), or by RFC 7464."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from .codec import encode
from .framing import Frame, Mark
from .media_types import essence, is_json


class JsonLines(msgspec.Struct, frozen=True):
    """Values of a type, a line each; `separator` is what stands between two."""

    type: Callable[[], object]
    separator: bytes = b"\n"

    @property
    def words(self) -> str:
        """See `Framing`."""
        return "JSON Lines"

    def reader(self, mark: Mark | None = None) -> LineFrames:
        """See `Framing`."""
        return LineFrames(self.type, self.separator)

    def reads(self, content_type: str | None) -> bool:
        """See `Framing`: it goes by many names, but not by that of a single value."""
        return not is_json(content_type) and essence(content_type) != "text/html"

    def item_type(self) -> object:
        """See `Framing`."""
        return self.type()

    def written(self, items: Iterable[object]) -> bytes:
        """See `Framing`."""
        return b"".join(encode(item) + b"\n" for item in items)


class JsonSequence(JsonLines, frozen=True):
    """Values of a type, each after a record separator (RFC 7464)."""

    separator: bytes = b"\x1e"

    @property
    def words(self) -> str:
        """See `Framing`."""
        return "a JSON text sequence"

    def written(self, items: Iterable[object]) -> bytes:
        """See `Framing`."""
        return b"".join(b"\x1e" + encode(item) + b"\n" for item in items)


class LineFrames:
    """The values of one answer."""

    __slots__ = ("_pieces", "_separator", "_type", "ended")

    def __init__(self, type_: Callable[[], object], separator: bytes) -> None:
        self._type = type_
        self._separator = separator
        self._pieces: list[bytes] = []
        self.ended = False

    @property
    def mark(self) -> Mark | None:
        """See `Frames`: values have no ids."""
        return None

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """See `Frames`."""
        *whole, rest = chunk.split(self._separator)
        for piece in whole:
            yield from self._frame(piece)
        self._pieces.append(rest)

    def finish(self) -> Iterator[Frame]:
        """See `Frames`: the last value needs nothing after it."""
        return self._frame(b"")

    def _frame(self, piece: bytes) -> Iterator[Frame]:
        content = b"".join([*self._pieces, piece]).strip()
        self._pieces = []
        if content:
            yield Frame(content=content, type=self._type())
