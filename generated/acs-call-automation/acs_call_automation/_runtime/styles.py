"""Values as the styles of OpenAPI write them: scalars, arrays and objects, exploded or not.

The styles are those of RFC 6570 with three of OpenAPI's own (3.1, section 4.8.12). What
comes out is encoded; the delimiters between the parts are not, as there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeAlias
from urllib.parse import quote

from msgspec import UNSET, json

from .codec import encode, to_builtins
from .json_values import as_array, as_object
from .operation import Style

Plain: TypeAlias = str | list[str] | dict[str, str]
"""A value whose scalars are text, not encoded yet."""

Encoding: TypeAlias = Callable[[str], str]

# What RFC 3986 reserves and may stand in a value without changing what is around it:
# `#` ends a query, `?` a path, `&` a parameter, and `+` is a space to servers that read
# queries as forms.
_RESERVED_IN_QUERY = ":/?@!$'()*,;="
_RESERVED_IN_PATH = ":/@!$&'()*+,;="
_ENCODED = re.compile(r"(%[0-9A-Fa-f]{2})")
_COOKIE_VALUE = re.compile(r'"[!#-+\--:<-\[\]-~]*"|[!#-+\--:<-\[\]-~]*')
_DELIMITERS = {"spaceDelimited": "%20", "pipeDelimited": "%7C", "tabDelimited": "%09"}


def plain(value: object) -> Plain | None:
    """A value with text in the place of its scalars; None if it is not to be sent.

    Scalars are what stands in JSON, without quotes: `true`, RFC 3339 dates, base64, the
    values of enumerations. What is nested deeper than one level is JSON itself.
    """
    if value is None or value is UNSET:
        return None
    if type(value) is str:
        return value
    if type(value) is int:
        return str(value)
    items = as_array(value)
    if items is not None:
        return [item for item in map(text, items) if item is not None]
    members = as_object(value)
    if members is None:
        members = as_object(to_builtins(value))
    if members is not None:
        texts = ((key, text(item)) for key, item in members.items())
        return {key: item for key, item in texts if item is not None}
    return text(value)


def text(value: object) -> str | None:
    """One scalar as text, what is no scalar as JSON; None for nothing."""
    if value is None or value is UNSET:
        return None
    if isinstance(value, str):
        return str(value)
    # Written once and not converted: a number keeps every digit.
    written = encode(value)
    return json.decode(written, type=str) if written[:1] == b'"' else written.decode()


def json_text(value: object) -> str | None:
    """A value as JSON; None if it is not to be sent."""
    return None if value is None or value is UNSET else encode(value).decode()


def joined(
    value: Plain, encoding: Encoding, *, exploded: bool, separator: str = ","
) -> str:
    """The style `simple`, and what others have in common with it."""
    if isinstance(value, str):
        return encoding(value)
    if isinstance(value, list):
        return separator.join(encoding(item) for item in value)
    return separator.join(
        f"{encoding(key)}{'=' if exploded else separator}{encoding(item)}"
        for key, item in value.items()
    )


def in_path(name: str, value: Plain, style: Style) -> str:
    """A value in the place of its variable in a path."""
    encoding = _encoding(_RESERVED_IN_PATH if style.allow_reserved else "")
    exploded = style.exploded
    match style.name:
        case "label":
            separator = "." if exploded else ","
            return "." + joined(value, encoding, exploded=exploded, separator=separator)
        case "matrix":
            pairs = _pairs(name, value, encoding, exploded=exploded)
            return "".join(f";{_without_empty(pair)}" for pair in pairs)
        case _:
            return joined(value, encoding, exploded=exploded)


def in_query(name: str, value: object, style: Style) -> list[str]:
    """A value as pairs `name=value`, several for one that is exploded."""
    encoding = _encoding(_RESERVED_IN_QUERY if style.allow_reserved else "")
    if value is None or value is UNSET:
        return []
    key = quote(name, safe="")
    if style.name == "json":
        return [f"{key}={encoding(encode(value).decode())}"]
    if style.name == "querystringJson":
        return [encoding(encode(value).decode())]
    if style.name == "querystring":
        return _whole(value, encoding)
    if style.name == "deepObject":
        return list(_deep(key, to_builtins(value), encoding))
    ready = plain(value)
    if ready is None or ready in ([], {}):
        return []
    separator = _DELIMITERS.get(style.name, ",")
    return _pairs(name, ready, encoding, exploded=style.exploded, separator=separator)


def in_cookie(name: str, value: object, style: Style) -> list[str]:
    """A value as pairs `name=value`, encoded unless the style is `cookie`.

    In that one it stands as it is (OpenAPI 3.2, section 4.12.3); ValueError where it
    cannot (RFC 6265, section 4.1.1).
    """
    if style.name != "cookie":
        return in_query(name, value, Style(style.name, style.explode))
    ready = plain(value)
    if ready is None or ready in ([], {}):
        return []

    def as_it_is(text: str) -> str:
        if not _COOKIE_VALUE.fullmatch(text):
            raise ValueError(f"the cookie {name!r} has to be given with its escapes")
        return text

    return _pairs(name, ready, as_it_is, exploded=style.exploded)


def _whole(value: object, encoding: Encoding) -> list[str]:
    """A whole query: a member for each field of a form, or a text (OpenAPI 3.2, 4.12.1)."""
    members = as_object(value)
    if members is None and not isinstance(value, str):
        members = as_object(to_builtins(value))
    if members is None:
        return [encoding(text(value) or "")]
    form = Style("form")
    pairs = (in_query(name, member, form) for name, member in members.items())
    return [pair for of_member in pairs for pair in of_member]


def _pairs(
    name: str,
    value: Plain,
    encoding: Encoding,
    *,
    exploded: bool,
    separator: str = ",",
) -> list[str]:
    key = quote(name, safe="")
    if exploded and isinstance(value, list):
        return [f"{key}={encoding(item)}" for item in value]
    if exploded and isinstance(value, dict):
        return [
            f"{quote(member, safe='')}={encoding(item)}"
            for member, item in value.items()
        ]
    return [f"{key}={joined(value, encoding, exploded=False, separator=separator)}"]


def _without_empty(pair: str) -> str:
    """The pair, without its `=` where no value follows (RFC 6570, section 3.2.7)."""
    name, _, value = pair.partition("=")
    return pair if value else name


def _deep(key: str, value: object, encoding: Encoding) -> Iterable[str]:
    """`color[R]=100`, with the brackets encoded as RFC 3986 demands in a query."""
    members, items = as_object(value), as_array(value)
    if members is not None:
        for name, item in members.items():
            yield from _deep(f"{key}%5B{quote(name, safe='')}%5D", item, encoding)
    elif items is not None:
        for item in items:
            yield from _deep(key, item, encoding)
    else:
        written = text(value)
        if written is not None:
            yield f"{key}={encoding(written)}"


def _encoding(reserved: str) -> Encoding:
    def encoding(value: str) -> str:
        if not reserved:
            return quote(value, safe="")
        # RFC 6570, section 3.2.3: what is encoded already stays as it is.
        return "".join(
            part if index % 2 else quote(part, safe=reserved)
            for index, part in enumerate(_ENCODED.split(value))
        )

    return encoding
