"""Whatever is given for a parameter, a server that reads its style gets just that.

The reader here knows the styles by the specification (OpenAPI 3.1, section 4.8.12; RFC 6570)
and nothing of how calque writes them.
"""

from __future__ import annotations

from urllib.parse import unquote

from _runtime.operation import Style, StyleName
from _runtime.parameters import cookie_field, expand_path, query_string
from hypothesis import assume, given
from hypothesis import strategies as st

NAME = "v"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
LISTS = st.lists(TEXT, min_size=1, max_size=4)
OBJECTS = st.dictionaries(TEXT, TEXT, min_size=1, max_size=3)
VALUES = st.one_of(TEXT, LISTS, OBJECTS)
QUERIES = st.sampled_from(["form", "spaceDelimited", "pipeDelimited"])
PATHS = st.sampled_from(["simple", "label", "matrix"])
DELIMITERS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}

Value = str | list[str] | dict[str, str]


def texts(value: Value) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [*value, *(value.values() if isinstance(value, dict) else ())]


def items(text: str, like: Value, separator: str) -> Value:
    """A value that stands in one piece of text, parted by a separator."""
    if isinstance(like, str):
        return unquote(text)
    parts = [unquote(part) for part in text.split(separator)]
    if isinstance(like, list):
        return parts
    return dict(zip(parts[::2], parts[1::2], strict=True))


def members(text: str, separator: str) -> dict[str, str]:
    """An object that is exploded: `name=value`, parted by a separator."""
    pairs = (part.partition("=") for part in text.split(separator))
    return {unquote(name): unquote(value) for name, _, value in pairs}


def of_pairs(text: str, like: Value, separator: str, style: Style) -> Value:
    """What `name=value` pairs mean, several of them for a value that is exploded."""
    if style.exploded and isinstance(like, dict):
        return members(text, separator)
    pairs = [part.partition("=") for part in text.split(separator)]
    assert {unquote(name) for name, _, _ in pairs} == {NAME}
    if style.exploded and isinstance(like, list):
        return [unquote(value) for _, _, value in pairs]
    assert len(pairs) == 1
    return items(pairs[0][2], like, DELIMITERS.get(style.name, ","))


@given(VALUES, QUERIES, st.booleans())
def test_a_query_says_what_was_given(
    value: Value, name: StyleName, explode: bool
) -> None:
    # What a value has in common with its delimiter, no server can tell apart.
    own = unquote(DELIMITERS.get(name, ""))
    assume(not own or explode or not any(own in text for text in texts(value)))
    style = Style(name, explode)
    written = query_string({NAME: value}, {("query", NAME): style})
    assert of_pairs(written, value, "&", style) == value


@given(st.dictionaries(TEXT, st.one_of(TEXT, LISTS), min_size=1, max_size=3))
def test_a_deep_object_does_too(value: dict[str, str | list[str]]) -> None:
    style = Style("deepObject", True)
    written = query_string({NAME: value}, {("query", NAME): style})
    found: dict[str, list[str]] = {}
    for part in written.split("&"):
        key, _, text = part.partition("=")
        assert unquote(key).startswith(f"{NAME}[")
        name = unquote(key)[len(NAME) + 1 : -1]
        found.setdefault(name, []).append(unquote(text))
    assert found == {n: [v] if isinstance(v, str) else v for n, v in value.items()}


@given(VALUES, st.booleans())
def test_a_cookie_does_too(value: Value, explode: bool) -> None:
    style = Style("form", explode)
    written = cookie_field({NAME: value}, {("cookie", NAME): style})
    assert written is not None
    assert written.isascii()
    assert of_pairs(written, value, "; ", style) == value


@given(VALUES, PATHS, st.booleans())
def test_a_path_does_too(value: Value, name: StyleName, explode: bool) -> None:
    style = Style(name, explode)
    # Dots cannot be encoded; alone they would lead elsewhere, and are refused.
    assume(not any("." in text for text in texts(value)))
    path = expand_path("/a/{v}/b", {NAME: value}, {("path", NAME): style})
    assert path.count("/") == 3
    segment = path.split("/")[2]
    match name:
        case "matrix":
            found = of_pairs(segment[1:], value, ";", style)
        case _:
            own = "." if name == "label" else ""
            separator = "." if own and explode else ","
            text = segment.removeprefix(own)
            exploded = explode and isinstance(value, dict)
            found = (
                members(text, separator) if exploded else items(text, value, separator)
            )
    assert found == value


@given(
    st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4, unique_by=lambda p: p[0])
)
def test_parameters_do_not_touch_each_other(pairs: list[tuple[str, str]]) -> None:
    written = query_string(dict(pairs), {})
    found = [part.partition("=") for part in written.split("&")]
    assert [(unquote(name), unquote(value)) for name, _, value in found] == pairs
