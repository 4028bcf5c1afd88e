"""How the body of a request is written, by its media type."""

from __future__ import annotations

from msgspec import UNSET

from .codec import encode, to_builtins
from .json_values import as_object
from .media_types import essence, is_json
from .parameters import query_string


def encode_body(
    value: object, content_type: str | None, *, sends_null: bool = False
) -> bytes | None:
    """The bytes of a body; None where there is none.

    JSON of any value, a form of an object, and bytes or text as they are. With
    `sends_null` a value of None is JSON `null`. Raises TypeError for a value that cannot
    be written in the media type.
    """
    if value is UNSET or content_type is None or (value is None and not sends_null):
        return None
    if is_json(content_type):
        return encode(value)
    if isinstance(value, bytes | bytearray):
        return bytes(value)
    if isinstance(value, str):
        return value.encode()
    if essence(content_type) == "application/x-www-form-urlencoded":
        return _form(value)
    raise TypeError(
        f"a body of type {content_type} is bytes or a str, not a {type(value).__name__}"
    )


def _form(value: object) -> bytes:
    members = as_object(to_builtins(value))
    if members is None:
        raise TypeError(
            f"a form is written of an object, not of a {type(value).__name__}"
        )
    # `+` for a space is what forms write; `%20` means the same to whoever reads them.
    return query_string(members, {}).encode()
