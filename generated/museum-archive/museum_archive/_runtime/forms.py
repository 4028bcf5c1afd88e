"""How the members of an object are written as a form (OpenAPI 3.1, Encoding Object).

Of a member, each item of an array is a field of the form by itself. What is neither a
scalar nor an array is JSON, unless the description names a style.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

import msgspec

from .bodies import Written
from .codec import encode, to_builtins
from .json_values import as_array, as_object
from .media_types import is_json
from .operation import Style
from .styles import in_query, text


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """How one member of a form is written, where that is not as usual.

    `content_type` is that of the description: one, or several that it may be, such as
    `image/*`. `headers` are sent with the part. A `style` replaces the content type.
    `file` left out: it is a file if its value is one.
    """

    file: bool | None = None
    content_type: str | None = None
    style: Style | None = None
    headers: Mapping[str, str] = {}


USUAL = Part()


class Form(msgspec.Struct, frozen=True):
    """A body of `application/x-www-form-urlencoded`; `parts` by the names of members.

    An `optional` one without members is no body at all.
    """

    parts: Mapping[str, Part] = {}
    optional: bool = False

    def write(self, value: object, content_type: str) -> Written | None:
        """The body. Raises TypeError for what is no object."""
        members = members_of(value)
        if self.optional and not members:
            return None
        pairs: list[str] = []
        for name, member in members.items():
            part = self.parts.get(name, USUAL)
            if part.style is not None:
                pairs += in_query(name, member, part.style)
            else:
                key = quote(name, safe="")
                found = field_texts(member, part)
                pairs += [f"{key}={quote(field, safe='')}" for field, _ in found]
        # Forms write a space as `+` (URL Standard, section 5.2); a `+` itself is `%2B`.
        return Written("&".join(pairs).replace("%20", "+").encode(), content_type)


def members_of(value: object) -> dict[str, object]:
    """The members of what a form is written of that have a value, by their names there."""
    members = as_object(value)
    if members is None:
        members = as_object(to_builtins(value))
    if members is None:
        raise TypeError(
            f"a form is written of an object, not of a {type(value).__name__}"
        )
    return {
        name: member
        for name, member in members.items()
        if member is not None and member is not msgspec.UNSET
    }


def field_texts(member: object, part: Part) -> list[tuple[str, str | None]]:
    """The fields that a member becomes, each with its content type if it needs one."""
    items = as_array(member)
    found = (_field(item, part) for item in ([member] if items is None else items))
    return [field for field in found if field is not None]


def _field(item: object, part: Part) -> tuple[str, str | None] | None:
    declared = part.content_type
    written = text(item)
    if written is None:
        return None
    if declared is not None and is_json(declared):
        return encode(item).decode(), declared
    if declared is not None and "," not in declared and "*" not in declared:
        return written, declared
    if encode(item)[:1] in (b"{", b"["):
        return written, "application/json"
    return written, None
