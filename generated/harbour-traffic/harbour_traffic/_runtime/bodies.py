"""How the body of a request is written, by its media type."""

from __future__ import annotations

import msgspec

from .codec import encode
from .media_types import charset_of, is_json
from .request import Stream


class Written(msgspec.Struct, frozen=True):
    """A body as it is sent, and its Content-Type."""

    content: bytes | Stream
    content_type: str


def encode_body(value: object, content_type: str) -> bytes:
    """JSON of any value; bytes and text as they are.

    Raises TypeError for a value that cannot be written in the media type.
    """
    if is_json(content_type):
        return encode(value)
    if isinstance(value, bytes | bytearray):
        return bytes(value)
    if isinstance(value, str):
        return value.encode(charset_of(content_type))
    raise TypeError(
        f"a body of type {content_type} is bytes or a str, not a {type(value).__name__}"
    )
