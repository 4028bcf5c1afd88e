"""Where parameters go: into the path, the query, the header or the cookies of a request.

Each location has a default style (OpenAPI 3.1, section 4.8.12); an operation names only
those that differ. A value of None or UNSET is not sent, nor is an empty array or object.
NaN and infinities are refused, and datetimes without a time zone: RFC 3339, section 5.6,
demands an offset, and any would be a guess. (Members of bodies are written as they are:
a service that omits offsets gets back what it sent.)
"""

from __future__ import annotations

import datetime as dt
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import isfinite
from typing import TypeAlias
from urllib.parse import quote

from .headers import field_value
from .http_dates import http_date, with_zone
from .json_values import as_array, as_object
from .models import Model
from .operation import Location, Style
from .received import Received
from .styles import in_cookie, in_path, in_query, joined, json_text, plain
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

# Of an empty value these leave `.` and `;name`; any other style leaves nothing at all.
_PREFIXED = ("label", "matrix")

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
        given = _checked(name, values.get(name))
        value = json_text(given) if style.name == "json" else plain(given)
        bare = style.name not in _PREFIXED
        if value is None or value in ([], {}) or (bare and value == ""):
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
        style = styles.get(("query", name), _QUERY)
        pairs += in_query(name, _checked(name, value), style)
    return "&".join(pairs)


def header_fields(values: Mapping[str, object], styles: Styles) -> dict[str, str]:
    """Header parameters as fields; their values are not percent-encoded.

    Raises ValueError for a value that a field cannot carry, such as one with a line
    break.
    """
    fields: dict[str, str] = {}
    for name, given in values.items():
        style = styles.get(("header", name), _HEADER)
        given = _checked(name, given)
        value = json_text(given) if style.name == "json" else plain(given)
        if value is not None and value not in ([], {}):
            written = joined(value, str, exploded=style.exploded)
            fields[name] = field_value(name, written)
    return fields


def cookie_field(values: Mapping[str, object], styles: Styles) -> str | None:
    """The Cookie field; None where no value is sent.

    Values are percent-encoded, unless their style is `cookie`: `;` and `,` end them
    (RFC 6265, section 4.1.1).
    """
    pairs: list[str] = []
    for name, value in values.items():
        style = styles.get(("cookie", name), _COOKIE)
        pairs += in_cookie(name, _checked(name, value), style)
    return "; ".join(pairs) or None


def _checked(name: str, value: object) -> object:
    """The value. Raises ValueError, with the parameter's name, if no text says what it is."""
    if type(value) is str or type(value) is int:
        return value
    try:
        _refuse_unsayable(value)
    except ValueError as error:
        raise ValueError(f"parameter {name!r}: {error}") from None
    return value


def _refuse_unsayable(value: object) -> None:
    within: Iterable[object] = ()
    match value:
        case float() | Decimal() if not _is_finite(value):
            raise ValueError(f"{value} is no number that can be sent")
        case dt.datetime() if not isinstance(value, Received):
            with_zone(value)
        case Model():
            within = value.__calque_properties__().values()
        case _:
            members = as_object(value)
            within = (as_array(value) or ()) if members is None else members.values()
    for each in within:
        _refuse_unsayable(each)


def _is_finite(value: float | Decimal) -> bool:
    # Some decimal numbers are beyond all floats.
    return value.is_finite() if isinstance(value, Decimal) else isfinite(value)


def unix_time(value: dt.datetime | None) -> int | float | None:
    """A point in time as seconds since 1970-01-01T00:00Z; None stays None.

    Raises ValueError for a datetime without a time zone.
    """
    if value is None:
        return None
    seconds = with_zone(value).timestamp()
    return int(seconds) if seconds.is_integer() else seconds


def base64url(value: bytes | None) -> str | None:
    """Bytes as base64 in the alphabet of URLs, without padding (RFC 4648, section 5)."""
    return None if value is None else urlsafe_b64encode(value).decode().rstrip("=")
