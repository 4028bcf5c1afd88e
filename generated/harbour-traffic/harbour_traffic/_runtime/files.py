"""What a caller may give as the content of a body or of a file: plain types of Python."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Mapping
from os import PathLike
from typing import Protocol, TypeAlias, runtime_checkable


@runtime_checkable
class BinaryFile(Protocol):
    """A file opened for reading in binary mode, or whatever reads like one.

    It is read where it stands, in pieces, and not closed. One that can `seek` can be
    sent again, and tells its length.
    """

    def read(self, size: int, /) -> bytes:
        """At most so many of the next bytes; none at the end."""
        ...


FileContent: TypeAlias = bytes | BinaryFile | PathLike[str]
"""The content of a file: bytes, or a file that is read in pieces, open or by its path."""

File: TypeAlias = (
    FileContent
    | tuple[str, FileContent]
    | tuple[str, FileContent, str]
    | tuple[str, FileContent, str, Mapping[str, str]]
)
"""A file of a form: content, or (file name, content[, content type[, headers]])."""

Content: TypeAlias = FileContent | Iterable[bytes]
"""A body that is sent as it is, in pieces unless it is bytes."""

AsyncContent: TypeAlias = Content | AsyncIterable[bytes]
"""A body that is sent as it is; the pieces may be awaited."""
