"""Parameters in every style, against the tables of OpenAPI 3.1 and the examples of RFC 6570."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from enum import Enum, IntEnum
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import UUID

import pytest
from _runtime.bodies import encode_body
from _runtime.codec import decode, encode
from _runtime.enums import OpenStrEnum
from _runtime.models import Model
from _runtime.operation import Style, StyleName
from _runtime.parameters import (
    Styles,
    cookie_field,
    expand_path,
    header_fields,
    http_date,
    query_string,
    unix_time,
)
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

STRING = "blue"
ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}


class Colour(OpenStrEnum):
    BLUE = "blue"


class Level(IntEnum):
    HIGH = 3


class Plain(Enum):
    ONE = "one"


class Filter(Model, kw_only=True, rename="camel"):
    max_age: int
    name: str | None = None


# OpenAPI 3.1, section 4.8.12.6, "Style Examples", delimiters encoded as RFC 3986 demands.
PATHS: list[tuple[StyleName, bool, object, str]] = [
    ("simple", False, STRING, "blue"),
    ("simple", False, ARRAY, "blue,black,brown"),
    ("simple", False, OBJECT, "R,100,G,200,B,150"),
    ("simple", True, STRING, "blue"),
    ("simple", True, ARRAY, "blue,black,brown"),
    ("simple", True, OBJECT, "R=100,G=200,B=150"),
    ("label", False, STRING, ".blue"),
    ("label", False, ARRAY, ".blue,black,brown"),
    ("label", False, OBJECT, ".R,100,G,200,B,150"),
    ("label", True, STRING, ".blue"),
    ("label", True, ARRAY, ".blue.black.brown"),
    ("label", True, OBJECT, ".R=100.G=200.B=150"),
    ("matrix", False, STRING, ";color=blue"),
    ("matrix", False, ARRAY, ";color=blue,black,brown"),
    ("matrix", False, OBJECT, ";color=R,100,G,200,B,150"),
    ("matrix", True, STRING, ";color=blue"),
    ("matrix", True, ARRAY, ";color=blue;color=black;color=brown"),
    ("matrix", True, OBJECT, ";R=100;G=200;B=150"),
    ("json", False, ARRAY, "%5B%22blue%22%2C%22black%22%2C%22brown%22%5D"),
]
QUERIES: list[tuple[StyleName, bool, object, str]] = [
    ("form", False, "", "color="),
    ("form", False, STRING, "color=blue"),
    ("form", False, ARRAY, "color=blue,black,brown"),
    ("form", False, OBJECT, "color=R,100,G,200,B,150"),
    ("form", True, "", "color="),
    ("form", True, STRING, "color=blue"),
    ("form", True, ARRAY, "color=blue&color=black&color=brown"),
    ("form", True, OBJECT, "R=100&G=200&B=150"),
    ("spaceDelimited", False, ARRAY, "color=blue%20black%20brown"),
    ("spaceDelimited", False, OBJECT, "color=R%20100%20G%20200%20B%20150"),
    ("spaceDelimited", True, ARRAY, "color=blue&color=black&color=brown"),
    ("pipeDelimited", False, ARRAY, "color=blue%7Cblack%7Cbrown"),
    ("pipeDelimited", False, OBJECT, "color=R%7C100%7CG%7C200%7CB%7C150"),
    ("pipeDelimited", True, ARRAY, "color=blue&color=black&color=brown"),
    ("deepObject", True, OBJECT, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
    (
        "deepObject",
        True,
        {"a": {"b": [1, 2]}},
        "color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2",
    ),
    ("json", False, {"a": [1, None]}, "color=%7B%22a%22%3A%5B1%2Cnull%5D%7D"),
]
HEADERS: list[tuple[StyleName, bool, object, str]] = [
    ("simple", False, STRING, "blue"),
    ("simple", False, ARRAY, "blue,black,brown"),
    ("simple", False, OBJECT, "R,100,G,200,B,150"),
    ("simple", True, OBJECT, "R=100,G=200,B=150"),
    ("simple", False, "Käse, 5 %", "Käse, 5 %"),
    ("json", False, {"a": 1}, '{"a":1}'),
]


@pytest.mark.parametrize(("name", "explode", "value", "written"), PATHS)
def test_path(name: StyleName, explode: bool, value: object, written: str) -> None:
    style = Style(name, explode)
    assert expand_path(
        "/x/{color}/y", {"color": value}, {("path", "color"): style}
    ) == (f"/x/{written}/y")


@pytest.mark.parametrize(("name", "explode", "value", "written"), QUERIES)
def test_query(name: StyleName, explode: bool, value: object, written: str) -> None:
    style = Style(name, explode)
    assert query_string({"color": value}, {("query", "color"): style}) == written


@pytest.mark.parametrize(("name", "explode", "value", "written"), HEADERS)
def test_header(name: StyleName, explode: bool, value: object, written: str) -> None:
    style = Style(name, explode)
    fields = header_fields({"X-Color": value}, {("header", "X-Color"): style})
    assert fields == {"X-Color": written}


def test_defaults_of_each_location() -> None:
    assert expand_path("/{color}", {"color": ARRAY}, {}) == "/blue,black,brown"
    assert query_string({"color": ARRAY}, {}) == "color=blue&color=black&color=brown"
    assert header_fields({"color": ARRAY}, {}) == {"color": "blue,black,brown"}
    assert cookie_field({"color": STRING, "b": 1}, {}) == "color=blue; b=1"
    assert Style("form").exploded
    assert not Style("spaceDelimited").exploded


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Hello World!", "Hello%20World%21"),
        ("a/b?c=d&e#f", "a%2Fb%3Fc%3Dd%26e%23f"),
        ("50%", "50%25"),
        ("ä€😀", "%C3%A4%E2%82%AC%F0%9F%98%80"),
        ("-._~", "-._~"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-7, "-7"),
        (2**70, str(2**70)),
        (1.5, "1.5"),
        (Decimal("1.10"), "1.10"),
        (Decimal("1e400"), "1E%2B400"),
        (Colour.BLUE, "blue"),
        (Colour("teal"), "teal"),
        (Level.HIGH, "3"),
        (Plain.ONE, "one"),
        (dt.date(2024, 2, 29), "2024-02-29"),
        (dt.datetime(2024, 2, 29, 1, 2, 3, tzinfo=dt.UTC), "2024-02-29T01%3A02%3A03Z"),
        (
            dt.datetime(
                2024, 2, 29, 1, 2, 3, tzinfo=dt.timezone(dt.timedelta(hours=2))
            ),
            "2024-02-29T01%3A02%3A03%2B02%3A00",
        ),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (b"\xfb\xff", "%2B%2F8%3D"),
        (["a,b", "c"], "a%2Cb,c"),
        ([True, None, 2], "true,2"),
        ((1, 2), "1,2"),
        ({"a": None, "b": "x"}, "b,x"),
        (Filter(max_age=3), "maxAge,3"),
        ([{"a": 1}], "%7B%22a%22%3A1%7D"),
    ],
)
def test_values(value: object, written: str) -> None:
    style = Style("form", explode=False)
    assert query_string({"v": value}, {("query", "v"): style}) == f"v={written}"
    assert expand_path("/{v}", {"v": value}, {}) == f"/{written}"


@pytest.mark.parametrize("value", [None, UNSET, [], {}, [None]])
def test_nothing_is_not_sent(value: object) -> None:
    assert query_string({"a": value, "b": 1}, {}) == "b=1"
    assert header_fields({"a": value}, {}) == {}
    assert cookie_field({"a": value}, {}) is None
    deep: Styles = {("query", "a"): Style("deepObject"), ("query", "b"): Style("json")}
    assert query_string({"a": value}, deep) == ""


def test_names_are_encoded() -> None:
    assert query_string({"a b[]": 1, "ids[]": [2, 3]}, {}) == (
        "a%20b%5B%5D=1&ids%5B%5D=2&ids%5B%5D=3"
    )
    assert query_string({"x": {"k&": "v="}}, {}) == "k%26=v%3D"


def test_reserved_characters_are_allowed_where_the_api_allows_them() -> None:
    styles: Styles = {("query", "q"): Style("form", allow_reserved=True)}
    assert query_string({"q": "a/b?c:d@e,f;g=h"}, styles) == "q=a/b?c:d@e,f;g=h"
    # These would end the value, or the query, or turn into a space.
    assert query_string({"q": "a&b#c+d[e]"}, styles) == "q=a%26b%23c%2Bd%5Be%5D"
    # RFC 6570, section 3.2.3: {+half} of "50%" and of "50%25".
    assert query_string({"q": "50%"}, styles) == "q=50%25"
    assert query_string({"q": "50%25"}, styles) == "q=50%25"
    paths: Styles = {("path", "p"): Style("simple", allow_reserved=True)}
    assert expand_path("/{p}", {"p": "foo/bar?"}, paths) == "/foo/bar%3F"


def test_empty_matrix_value_has_no_equals_sign() -> None:
    # RFC 6570, section 3.2.7: {;x,y,empty} is ;x=1024;y=768;empty.
    style: Styles = {("path", "o"): Style("matrix", explode=True)}
    assert (
        expand_path("/m{o}", {"o": {"x": 1024, "empty": ""}}, style)
        == "/m;x=1024;empty"
    )


@pytest.mark.parametrize("value", ["", None, UNSET, [], {}])
def test_an_empty_path_parameter_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="'id' must not be empty"):
        expand_path("/pets/{id}", {"id": value}, {})


def test_a_missing_path_parameter_is_refused() -> None:
    with pytest.raises(ValueError, match="'id' must not be empty"):
        expand_path("/pets/{id}", {}, {})


@pytest.mark.parametrize("value", [".", ".."])
def test_a_path_parameter_does_not_lead_elsewhere(value: str) -> None:
    with pytest.raises(ValueError, match="segment"):
        expand_path("/pets/{id}/toys", {"id": value}, {})
    with pytest.raises(ValueError, match="segment"):
        expand_path("/pets/{a}{b}", {"a": ".", "b": "."}, {})
    reserved: Styles = {("path", "id"): Style("simple", allow_reserved=True)}
    with pytest.raises(ValueError, match="segment"):
        expand_path("/pets/{id}", {"id": f"a/{value}/b"}, reserved)


def test_dots_are_otherwise_ordinary() -> None:
    assert expand_path("/{f}.json", {"f": "..."}, {}) == "/....json"
    assert expand_path("/a/../{f}", {"f": "x"}, {}) == "/a/../x"


def test_what_no_url_may_hold_in_a_template_is_encoded() -> None:
    template = "/a b/{id}/ü?action=list&x={id}#fragment"
    assert expand_path(template, {"id": 1}, {}) == "/a%20b/1/%C3%BC?action=list&x=1"


@given(st.text(min_size=1).filter(lambda text: text not in (".", "..")))
def test_any_text_stays_within_its_place(text: str) -> None:
    encodable = text.encode("utf-8", "ignore").decode()
    if not encodable or encodable in (".", ".."):
        return
    path = expand_path("/a/{v}/b", {"v": encodable}, {})
    query = query_string({"v": encodable, "w": "1"}, {})
    parts = urlsplit(f"http://host{path}?{query}")
    segments = parts.path.split("/")
    assert len(segments) == 4
    assert unquote(segments[2]) == encodable
    pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True)
    assert pairs == [("v", encodable), ("w", "1")]


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\x00b", "a\x7f"])
def test_a_header_value_cannot_add_a_header(value: str) -> None:
    with pytest.raises(
        ValueError, match="'X-Name' holds a control character"
    ) as caught:
        header_fields({"X-Name": value}, {})
    assert value not in str(caught.value)


def test_cookies_cannot_add_a_cookie_or_a_header() -> None:
    assert cookie_field({"a": "1; b=2\r\nX: y"}, {}) == "a=1%3B%20b%3D2%0D%0AX%3A%20y"


class Sample(Model, kw_only=True):
    level: float
    at: dt.datetime | None = None


NOWHERE = dt.datetime(2026, 1, 31)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (math.nan, "nan is no number that can be sent"),
        (-math.inf, "-inf is no number"),
        (Decimal("NaN"), "NaN is no number"),
        ([1.5, math.inf], "inf is no number"),
        ({"a": [math.nan]}, "nan is no number"),
        (Sample(level=math.nan), "nan is no number"),
        (NOWHERE, "has no time zone"),
        ([NOWHERE], "has no time zone"),
        (Sample(level=1, at=NOWHERE), "has no time zone"),
    ],
)
@pytest.mark.parametrize("style", ["form", "deepObject", "json"])
def test_what_no_text_says_is_refused(
    value: object, message: str, style: StyleName
) -> None:
    named = f"parameter 'v': .*{message}"
    with pytest.raises(ValueError, match=named):
        query_string({"v": value}, {("query", "v"): Style(style)})
    with pytest.raises(ValueError, match=named):
        cookie_field({"v": value}, {("cookie", "v"): Style(style)})
    with pytest.raises(ValueError, match=named):
        header_fields({"v": value}, {})
    with pytest.raises(ValueError, match=named):
        expand_path("/{v}", {"v": value}, {})


def test_a_time_without_a_zone_is_a_member_as_it_was_received() -> None:
    data = b'{"level":1.5,"at":"2026-01-31T00:00:00"}'
    assert encode(decode(data, Sample)) == data


def test_unix_time() -> None:
    assert unix_time(dt.datetime(1970, 1, 2, tzinfo=dt.UTC)) == 86400
    assert unix_time(None) is None
    with pytest.raises(ValueError, match="has no time zone"):
        unix_time(NOWHERE)


def test_reserved_characters_never_stand_in_a_cookie() -> None:
    styles: Styles = {("cookie", "a"): Style("form", allow_reserved=True)}
    assert cookie_field({"a": "1;b=2"}, styles) == "a=1%3Bb%3D2"


def test_an_empty_value_with_a_prefix_is_a_value() -> None:
    # RFC 6570, sections 3.2.5 and 3.2.7: X{.empty} is X., {;empty} is ;empty.
    label: Styles = {("path", "v"): Style("label")}
    matrix: Styles = {("path", "v"): Style("matrix")}
    assert expand_path("/X{v}", {"v": ""}, label) == "/X."
    assert expand_path("/{v}", {"v": ""}, matrix) == "/;v"
    with pytest.raises(ValueError, match="segment"):
        expand_path("/{v}", {"v": ""}, label)


def test_http_date() -> None:
    tehran = dt.timezone(dt.timedelta(hours=3, minutes=30))
    at = dt.datetime(1994, 11, 6, 12, 19, 37, 999999, tzinfo=tehran)
    assert http_date(at) == "Sun, 06 Nov 1994 08:49:37 GMT"
    assert http_date(None) is None


def test_http_date_of_a_local_time_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        http_date(dt.datetime(1994, 11, 6))


@pytest.mark.parametrize(
    ("value", "content_type", "body"),
    [
        ({"a": 1}, "application/json", b'{"a":1}'),
        ("x", "application/json; charset=utf-8", b'"x"'),
        (Filter(max_age=3), "application/merge-patch+json", b'{"maxAge":3}'),
        ([], "application/json", b"[]"),
        (b"\x00\xff", "application/octet-stream", b"\x00\xff"),
        ("grüße", "text/plain", "grüße".encode()),
        ("grüße", "text/plain; charset=iso-8859-1", b"gr\xfc\xdfe"),
    ],
)
def test_bodies(value: object, content_type: str, body: bytes) -> None:
    assert encode_body(value, content_type) == body


@pytest.mark.parametrize(
    ("value", "content_type"),
    [({"a": 1}, "application/xml"), ([1], "text/plain")],
)
def test_a_body_that_cannot_be_written_is_refused(
    value: object, content_type: str
) -> None:
    with pytest.raises(TypeError, match="not"):
        encode_body(value, content_type)


def test_tabs_separate_the_items_of_swaggers_tsv() -> None:
    styles: Styles = {("query", "ids"): Style("tabDelimited", explode=False)}
    assert query_string({"ids": ["a", "b c"]}, styles) == "ids=a%09b%20c"
