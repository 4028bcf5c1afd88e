"""Where parameters go: into the path, the query, the header or the cookies of a request.

Each location has a default style (OpenAPI 3.1, section 4.8.12); an operation names only
those that differ. A value of None or UNSET is not sent, nor is an empty array or object.
"""

from __future__ import annotations

import datetime as dt
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import TypeAlias
from urllib.parse import quote

from .headers import field_value
from .http_dates import http_date
from .operation import Location, Style
from .styles import in_path, in_query, joined, json_text, plain
from .urls import PATH_CHARACTERS

__all__ = [
    "Style",
    "Styles",
    "base64url",
    "cookie_field",
    "expand_path",
    "header_fields",
    "http_date",
    "query_string",
    "unix_time",
]

Styles: TypeAlias = Mapping[tuple[Location, str], Style]

_PATH = _HEADER = Style("simple")
_QUERY = _COOKIE = Style("form")

_VARIABLE = re.compile(r"\{([^{}]+)\}")
_DOTS = re.compile(r"\.{1,2}")


def expand_path(template: str, values: Mapping[str, object], styles: Styles) -> str:
    """The path of an operation with its parameters in it.

    Raises ValueError for a value that would lead to the path of another operation:
    nothing at all, or a segment `.` or `..`. Those cannot be encoded away: to a URL
    `%2E%2E` means the same as `..` (RFC 3986, section 6.2.2.2).
    """

    def written(variable: re.Match[str]) -> str:
        name = variable[1]
        style = styles.get(("path", name), _PATH)
        given = values.get(name)
        value = json_text(given) if style.name == "json" else plain(given)
        if value is None or value in ("", [], {}):
            raise ValueError(f"path parameter {name!r} must not be empty")
        return in_path(name, value, style)

    template = _escaped(template)
    path = _VARIABLE.sub(written, template)
    own = template.split("/")
    for segment in path.split("/"):
        if segment not in own and _DOTS.fullmatch(segment):
            raise ValueError(
                f"the path parameters make {segment!r} of a segment of {template!r}"
            )
    return path


def _escaped(template: str) -> str:
    """The template with what no URL may hold encoded, and without a fragment.

    Descriptions of APIs hold both: fragments to tell operations on one path apart.
    """
    return quote(template.partition("#")[0], safe=PATH_CHARACTERS + "{}?")


def query_string(values: Mapping[str, object], styles: Styles) -> str:
    """The query, without its question mark; empty where no value is sent."""
    pairs: list[str] = []
    for name, value in values.items():
        pairs += in_query(name, value, styles.get(("query", name), _QUERY))
    return "&".join(pairs)


def header_fields(values: Mapping[str, object], styles: Styles) -> dict[str, str]:
    """Header parameters as fields; their values are not percent-encoded.

    Raises ValueError for a value that a field cannot carry, such as one with a line
    break.
    """
    fields: dict[str, str] = {}
    for name, given in values.items():
        style = styles.get(("header", name), _HEADER)
        value = json_text(given) if style.name == "json" else plain(given)
        if value is not None and value not in ([], {}):
            written = joined(value, str, exploded=style.exploded)
            fields[name] = field_value(name, written)
    return fields


def cookie_field(values: Mapping[str, object], styles: Styles) -> str | None:
    """The Cookie field; None where no value is sent."""
    pairs: list[str] = []
    for name, value in values.items():
        pairs += in_query(name, value, styles.get(("cookie", name), _COOKIE))
    return "; ".join(pairs) or None


def unix_time(value: dt.datetime | None) -> int | float | None:
    """A point in time as seconds since 1970-01-01T00:00Z; a naive one is in UTC."""
    if value is None:
        return None
    at = value if value.tzinfo is not None else value.replace(tzinfo=dt.UTC)
    seconds = at.timestamp()
    return int(seconds) if seconds.is_integer() else seconds


def base64url(value: bytes | None) -> str | None:
    """Bytes as base64 in the alphabet of URLs, without padding (RFC 4648, section 5)."""
    return None if value is None else urlsafe_b64encode(value).decode().rstrip("=")
