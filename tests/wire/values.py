"""Values that are hard to write: reserved characters, other scripts, formats, JSON.

Percent-encoding by RFC 3986, sections 2.1 to 2.3; what `allowReserved` lets stand by
OpenAPI 3.1.1, section 4.8.12.2.3 and appendix E (`#`, `[`, `]`, `&` and `+` would not
mean themselves in a query); header fields by RFC 9110, section 5.5.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import UUID

from calque.document.node import Json
from tests.wire.cell import (
    ANY,
    ARRAY,
    MAP,
    NOTHING,
    RECORD,
    REFUSED,
    STRING,
    Cell,
    Location,
    Record,
    formatted,
)

RESERVED = ":/?#[]@!$&'()*+,;="
ENCODED = "%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D"
LET_STAND = ":/?%23%5B%5D@!$%26'()*%2B,;="

_UTC = dt.datetime(2024, 2, 29, 1, 2, 3, tzinfo=dt.UTC)
_EAST = dt.datetime(
    2024, 2, 29, 1, 2, 3, 450000, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=30))
)

# Schema, value, the value in a URL or a cookie, the value in a header field.
_VALUES: tuple[tuple[dict[str, Json], object, str, str], ...] = (
    (STRING, RESERVED, ENCODED, RESERVED),
    (STRING, "-._~", "-._~", "-._~"),
    (STRING, '50 % "of" <it>', "50%20%25%20%22of%22%20%3Cit%3E", '50 % "of" <it>'),
    (STRING, "a%2Fb", "a%252Fb", "a%2Fb"),
    (STRING, "Käse 😀", "K%C3%A4se%20%F0%9F%98%80", "Käse 😀"),
    (STRING, "true", "true", "true"),
    (ARRAY, ["a,b", "c d"], "a%2Cb,c%20d", "a,b,c d"),
    (ARRAY, ["", "b"], ",b", ",b"),
    ({"type": "boolean"}, True, "true", "true"),
    ({"type": "boolean"}, False, "false", "false"),
    ({"type": "integer"}, 0, "0", "0"),
    ({"type": "integer"}, -(2**63), "-9223372036854775808", "-9223372036854775808"),
    ({"type": "number"}, 1.5, "1.5", "1.5"),
    (
        {"type": "array", "items": {"type": "boolean"}},
        [True, False],
        "true,false",
        "true,false",
    ),
    (
        formatted("string", "date-time"),
        _UTC,
        "2024-02-29T01%3A02%3A03Z",
        "2024-02-29T01:02:03Z",
    ),
    (
        formatted("string", "date-time"),
        _EAST,
        "2024-02-29T01%3A02%3A03.450000%2B05%3A30",
        "2024-02-29T01:02:03.450000+05:30",
    ),
    (
        {"type": "array", "items": formatted("string", "date-time")},
        [_UTC],
        "2024-02-29T01%3A02%3A03Z",
        "2024-02-29T01:02:03Z",
    ),
    (formatted("string", "date"), dt.date(2024, 2, 29), "2024-02-29", "2024-02-29"),
    (formatted("string", "time"), dt.time(1, 2, 3), "01%3A02%3A03", "01:02:03"),
    (
        formatted("string", "uuid"),
        UUID(int=1),
        "00000000-0000-0000-0000-000000000001",
        "00000000-0000-0000-0000-000000000001",
    ),
    (formatted("string", "decimal"), Decimal("1.10"), "1.10", "1.10"),
    (formatted("number", "decimal128"), Decimal("0.30"), "0.30", "0.30"),
    (formatted("string", "byte"), b"\xfb\xff", "%2B%2F8%3D", "+/8="),
    (formatted("string", "base64url"), b"\xfb\xff", "-_8", "-_8"),
    (
        {"type": "array", "items": formatted("string", "base64url")},
        [b"\xfb\xff", b"\x00"],
        "-_8,AA",
        "-_8,AA",
    ),
    (
        formatted("string", "http-date"),
        _UTC,
        "Thu%2C%2029%20Feb%202024%2001%3A02%3A03%20GMT",
        "Thu, 29 Feb 2024 01:02:03 GMT",
    ),
    (formatted("integer", "unixtime"), _UTC, "1709168523", "1709168523"),
    ({"enum": ["red", "blue"]}, "blue", "blue", "blue"),
    (ANY, 7, "7", "7"),
    ({"type": "array", "items": MAP}, [{"R": 1}], "%7B%22R%22%3A1%7D", '{"R":1}'),
)


def _everywhere() -> tuple[Cell, ...]:
    """Each value in the usual style of each location, not exploded."""
    styles: tuple[tuple[Location, str, str], ...] = (
        ("path", "simple", ""),
        ("query", "form", "color="),
        ("header", "simple", ""),
        ("cookie", "form", "color="),
    )
    return tuple(
        Cell(
            location=location,
            style=style,
            explode=False,
            schema=schema,
            value=value,
            wire=before + (field if location == "header" else url),
        )
        for location, style, before in styles
        for schema, value, url, field in _VALUES
    )


_TEXTS: dict[str, Json] = {"type": "object", "additionalProperties": STRING}


def _query(
    style: str, explode: bool, schema: dict[str, Json], value: object, wire: str
) -> Cell:
    return Cell(
        location="query",
        style=style,
        explode=explode,
        reserved=True,
        schema=schema,
        value=value,
        wire=wire,
    )


ALLOW_RESERVED = (
    _query("form", True, STRING, RESERVED, f"color={LET_STAND}"),
    _query("form", True, STRING, "Käse %41 %", "color=K%C3%A4se%20%41%20%25"),
    _query("form", True, ARRAY, ["a/b", "c:d"], "color=a/b&color=c:d"),
    _query("form", False, ARRAY, ["a/b", "c:d"], "color=a/b,c:d"),
    _query("form", True, _TEXTS, {"R": "a/b", "G": "c&d"}, "R=a/b&G=c%26d"),
    _query("form", False, _TEXTS, {"R": "a/b", "G": "c:d"}, "color=R,a/b,G,c:d"),
    _query("spaceDelimited", False, ARRAY, ["a/b", "c:d"], "color=a/b%20c:d"),
    _query("pipeDelimited", False, ARRAY, ["a/b", "c:d"], "color=a/b%7Cc:d"),
    _query(
        "deepObject",
        True,
        _TEXTS,
        {"R": "a/b", "G": "c:d"},
        "color%5BR%5D=a/b&color%5BG%5D=c:d",
    ),
    # It means nothing in the other locations.
    Cell(location="header", reserved=True, schema=STRING, value="a;b", wire="a;b"),
    Cell(
        location="cookie", reserved=True, schema=STRING, value="a;b", wire="color=a%3Bb"
    ),
)

_RGB = "%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D"
_JSON: tuple[tuple[dict[str, Json], object, str, str], ...] = (
    (STRING, "blue", "%22blue%22", '"blue"'),
    (STRING, "", "%22%22", '""'),
    ({"type": "boolean"}, True, "true", "true"),
    (ARRAY, ["blue", "black"], "%5B%22blue%22%2C%22black%22%5D", '["blue","black"]'),
    (ARRAY, [], "%5B%5D", "[]"),
    (MAP, {"R": 100, "G": 200, "B": 150}, _RGB, '{"R":100,"G":200,"B":150}'),
    (MAP, {}, "%7B%7D", "{}"),
    (RECORD, Record(100, 200, 150), _RGB, '{"R":100,"G":200,"B":150}'),
    ({"const": "blue"}, "blue", "%22blue%22", '"blue"'),
    (
        formatted("string", "date-time"),
        _UTC,
        "%222024-02-29T01%3A02%3A03Z%22",
        '"2024-02-29T01:02:03Z"',
    ),
)


def _content() -> tuple[Cell, ...]:
    """Parameters with `content`: JSON, and text that is sent as it is."""
    places: tuple[tuple[Location, str], ...] = (
        ("path", ""),
        ("query", "color="),
        ("header", ""),
        ("cookie", "color="),
    )
    found: list[Cell] = []
    for location, before in places:
        for schema, value, url, field in _JSON:
            wire = before + (field if location == "header" else url)
            found.append(
                Cell(
                    location=location,
                    media="application/json",
                    schema=schema,
                    value=value,
                    wire=wire,
                )
            )
        found.append(
            Cell(
                location=location,
                media="text/plain",
                schema=STRING,
                value="light/blue",
                wire=before
                + ("light/blue" if location == "header" else "light%2Fblue"),
            )
        )
    return tuple(found)


CONTENT = _content()

_FORM = "application/x-www-form-urlencoded"
_ARRAYS: dict[str, Json] = {"type": "object", "additionalProperties": ARRAY}
_WHOLE: tuple[tuple[str, dict[str, Json], object, str], ...] = (
    (_FORM, MAP, {"R": 100, "G": 200}, "R=100&G=200"),
    (_FORM, RECORD, Record(100, 200, 150), "R=100&G=200&B=150"),
    (_FORM, _ARRAYS, {"a b": ["c&d", "e"], "f": []}, "a%20b=c%26d&a%20b=e"),
    (_FORM, MAP, {}, NOTHING),
    (_FORM, MAP, None, NOTHING),
    ("application/json", MAP, {"R": 1}, "%7B%22R%22%3A1%7D"),
    ("application/jsonpath", STRING, "$.a.b[1:1]", "%24.a.b%5B1%3A1%5D"),
)

WHOLE = tuple(
    Cell(location="querystring", media=media, schema=schema, value=value, wire=wire)
    for media, schema, value, wire in _WHOLE
)
"""OpenAPI 3.2, section 4.12.5: a parameter that is the whole query."""

ABSENT = (
    Cell(location="query", schema=STRING, value=None, wire=NOTHING),
    Cell(location="header", schema=STRING, value=None, wire=NOTHING),
    Cell(location="cookie", schema=STRING, value=None, wire=NOTHING),
    Cell(location="header", schema=STRING, value="a\r\nb: c", wire=REFUSED),
    Cell(location="path", schema=STRING, value="../x", wire="..%2Fx"),
    Cell(location="cookie", schema=STRING, value="a; b=c", wire="color=a%3B%20b%3Dc"),
    Cell(
        location="cookie", style="cookie", schema=STRING, value="a; b=c", wire=REFUSED
    ),
    Cell(
        location="cookie",
        style="cookie",
        schema=STRING,
        value="a%3B=",
        wire="color=a%3B=",
    ),
)

VALUES = _everywhere()
