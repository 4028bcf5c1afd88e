"""How a form that may carry files is written: `multipart/form-data` (RFC 7578)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from mimetypes import MimeTypes
from os import PathLike, fspath
from pathlib import PurePath
from secrets import token_hex
from typing import cast

import msgspec

from .bodies import Written
from .files import BinaryFile, File, FileContent
from .forms import USUAL, Part, field_texts, members_of
from .headers import field_value
from .json_values import as_array, as_object
from .media_types import essence
from .streams import content_of
from .styles import joined, plain

OCTETS = "application/octet-stream"

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|"}

# The HTML Standard, section 4.10.21.8: nothing else of a name is escaped.
_ESCAPES = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})


class Multipart(msgspec.Struct, frozen=True):
    """A body of `multipart/form-data`; `parts` by the names of members.

    An `optional` one without members is no body at all.
    """

    parts: Mapping[str, Part] = {}
    optional: bool = False

    def write(self, value: object, content_type: str) -> Written | None:
        """The body, with a boundary that nobody can foresee.

        It is a stream if a file in it is one. Raises TypeError for what is no object, or
        no file where one belongs; ValueError for a header field that cannot be sent.
        """
        members = members_of(value)
        if self.optional and not members:
            return None
        boundary = token_hex(16)
        sources: list[FileContent] = []
        for name, member in members.items():
            for head, content in _entries(name, member, self.parts.get(name, USUAL)):
                sources += [f"--{boundary}\r\n{head}\r\n".encode(), content, b"\r\n"]
        sources.append(f"--{boundary}--\r\n".encode())
        full = f"{essence(content_type)}; boundary={boundary}"
        return Written(content_of(sources), full)


def _entries(
    name: str, member: object, part: Part
) -> Iterator[tuple[str, FileContent]]:
    """The header and the content of each part that a member becomes."""
    files = _files(member, part)
    if files is not None:
        for file in files:
            yield _file_entry(name, file, part)
    elif part.style is not None:
        yield from _styled(name, member, part)
    else:
        for text, content_type in field_texts(member, part):
            yield _head(name, None, content_type, part.headers), text.encode()


def _files(member: object, part: Part) -> list[File] | None:
    """The files that a member is; None if it is none.

    Raises TypeError for anything else where the description says that it is a file.
    """
    if part.file is False:
        return None
    items = None if _is_file(member) else as_array(member)
    found = [member] if items is None else items
    if all(map(_is_file, found)) and (found or part.file):
        return cast("list[File]", found)
    if not part.file:
        return None
    raise TypeError(
        "a file is bytes, a binary file object, a path or (file name, content[, content "
        f"type[, headers]]), not a {type(member).__name__}"
    )


def _is_file(value: object) -> bool:
    if isinstance(value, tuple):
        parts = cast("tuple[object, ...]", value)
        return (
            2 <= len(parts) <= 4
            and isinstance(parts[0], str)
            and isinstance(parts[1], bytes | BinaryFile | PathLike)
        )
    return isinstance(value, bytes | BinaryFile | PathLike)


def _file_entry(name: str, file: File, part: Part) -> tuple[str, FileContent]:
    given: str | None = None
    headers: Mapping[str, str] = {}
    match file:
        case (filename, content):
            pass
        case (filename, content, given):
            pass
        case (filename, content, given, headers):
            pass
        case content:
            filename = _filename(content, name)
    content_type = given or _content_type(filename, part.content_type)
    return _head(name, filename, content_type, {**part.headers, **headers}), content


def _filename(content: FileContent, name: str) -> str:
    """The name of a file without its folders; the field's own where it has none."""
    if isinstance(content, PathLike):
        known: object = fspath(content)
    else:
        known = getattr(content, "name", None)
    return PurePath(known).name if isinstance(known, str) else name


def _content_type(filename: str, declared: str | None) -> str:
    """The media type of a file: what its name says, if the description admits that."""
    kinds = [kind.strip() for kind in (declared or "*/*").split(",")]
    if len(kinds) == 1 and "*" not in kinds[0]:
        return kinds[0]
    guessed = _media_types().guess_type(filename)[0]
    if guessed and any(fnmatchcase(guessed, essence(kind)) for kind in kinds):
        return guessed
    return next((kind for kind in kinds if "*" not in kind), OCTETS)


@cache
def _media_types() -> MimeTypes:
    # The table of Python alone: that of the system differs from machine to machine.
    return MimeTypes()


def _styled(name: str, member: object, part: Part) -> Iterator[tuple[str, bytes]]:
    """A member in a style, not percent-encoded: a form of this type has no need of it."""
    value, style = plain(member), part.style
    if value is None or style is None:
        return
    exploded = style.exploded or style.name == "deepObject"
    pairs: list[tuple[str, str]]
    if exploded and isinstance(value, list):
        pairs = [(name, item) for item in value]
    elif exploded and (members := as_object(value)) is not None:
        deep = style.name == "deepObject"
        pairs = [(f"{name}[{k}]" if deep else k, str(v)) for k, v in members.items()]
    else:
        separator = _SEPARATORS.get(style.name, ",")
        pairs = [(name, joined(value, str, exploded=False, separator=separator))]
    for key, text in pairs:
        yield _head(key, None, None, part.headers), text.encode()


def _head(
    name: str,
    filename: str | None,
    content_type: str | None,
    headers: Mapping[str, str],
) -> str:
    disposition = f'form-data; name="{name.translate(_ESCAPES)}"'
    if filename is not None:
        disposition += f'; filename="{filename.translate(_ESCAPES)}"'
    fields = {"Content-Disposition": disposition}
    if content_type is not None:
        fields["Content-Type"] = content_type
    fields |= headers
    for key in fields:
        if not _TOKEN.fullmatch(key):
            raise ValueError(f"{key!r} is no name of a header field")
    return "".join(f"{key}: {field_value(key, fields[key])}\r\n" for key in fields)
