"""Bodies that are sent as they are: bytes, files, iterators of bytes, text."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable
from os import PathLike
from typing import cast

import msgspec

from .bodies import Written
from .files import AsyncContent, BinaryFile
from .json_values import as_object
from .media_types import charset_of
from .streams import content_of


class Raw(msgspec.Struct, frozen=True):
    """A body that its caller has written already, in whatever media type."""

    def write(self, value: object, content_type: str) -> Written:
        """The body. Raises TypeError for what is neither content nor text."""
        if isinstance(value, str):
            return Written(value.encode(charset_of(content_type)), content_type)
        if isinstance(value, bytearray):
            return Written(bytes(value), content_type)
        if as_object(value) is not None or not isinstance(
            value, bytes | BinaryFile | PathLike | Iterable | AsyncIterable
        ):
            raise TypeError(
                f"a body of type {content_type} is bytes, a binary file, a path or an "
                f"iterator of bytes, not a {type(value).__name__}"
            )
        return Written(content_of([cast("AsyncContent", value)]), content_type)
