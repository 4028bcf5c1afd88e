"""Every key and every value that `tomllib` reads is found where it stands."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from calque.toml_places import Keys, Place, places

KEYS = ("a", "b", "c-d", "1", "", "x y", 'q"t', "[a]", "é", "a.b", "#", "k = 1")
SCALARS = (
    *("1", "-0x1f", "+1.5e3", "true", "1979-05-27 07:32:00.5", "07:32:00", "inf"),
    *('"[a]"', '"\\" # \\\\"', "'\\'", '"""\n[a]\nb = 1\\\n  # """', '"""a""b"""""'),
    *("'''\n[[a]]\n'c' = 1'''", "''''a'''''", '""', "''", '""""""'),
)
GAPS = ("", " ", "\t")
BREAKS = ("", " ", "\n", " # ] }, \"'\n", "\n\n\t")


@st.composite
def keys(draw: st.DrawFn) -> str:
    """A key, dotted or not, each part in one of the ways to write it."""
    parts: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        key = draw(st.sampled_from(KEYS))
        forms = [json.dumps(key), json.dumps(key, ensure_ascii=False), f"'{key}'"]
        bare = [key] if re.fullmatch("[A-Za-z0-9_-]+", key) else []
        parts.append(draw(st.sampled_from([*forms, *bare])))
    return draw(st.sampled_from((".", " . "))).join(parts)


@st.composite
def arrays(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    entries = draw(st.lists(inner, max_size=3))
    gap = draw(st.sampled_from(BREAKS))
    last = draw(st.sampled_from(("", ","))) if entries else ""
    return f"[{gap}{f',{gap}'.join(entries)}{gap}{last}{gap}]"


@st.composite
def tables(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    members = draw(st.lists(st.tuples(keys(), inner), max_size=3))
    return "{" + ", ".join(f"{key} = {value}" for key, value in members) + " }"


def values() -> st.SearchStrategy[str]:
    return st.recursive(
        st.sampled_from(SCALARS), lambda inner: arrays(inner) | tables(inner)
    )


def read(text: str) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A text of statements, of which those are left out that do not go with the others."""
    text = ""
    for _ in range(draw(st.integers(1, 9))):
        key, gap = draw(keys()), draw(st.sampled_from(GAPS))
        headers = (f"[{gap}{key}{gap}]", f"[[{gap}{key}{gap}]]")
        line = draw(st.sampled_from((*headers, f"{key} = {draw(values())}")))
        end = draw(st.sampled_from(("\n", " # [a]\n", "\n\n# b = 1\n")))
        more = f"{text}{gap}{line}{gap}{end}"
        text = text if read(more) is None else more
    return text


def every(value: object, above: Keys = ()) -> Iterator[tuple[Keys, object]]:
    """All that some data hold, by the way to it."""
    entries: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        entries = [*cast("dict[str | int, object]", value).items()]
    elif isinstance(value, list):
        entries = [*enumerate(cast("list[object]", value))]
    for key, inner in entries:
        yield (*above, key), inner
        yield from every(inner, (*above, key))


def of(text: str, span: tuple[int, int]) -> object:
    """The value that a part of a text is."""
    return tomllib.loads(f"value = {text[slice(*span)]}")["value"]


def is_written(place: Place) -> bool:
    """Whether a value stands somewhere: a table with a header does not."""
    return place.key != place.value


@settings(deadline=None)
@given(texts())
def test_every_key_is_found_where_it_stands(text: str) -> None:
    data = dict(every(read(text)))
    found = places(text)
    assert found.keys() == data.keys()
    for keys_, value in data.items():
        place = found[keys_]
        if isinstance(keys_[-1], str):
            assert read(f"{text[slice(*place.key)]} = 1") == {keys_[-1]: 1}
        if is_written(place) or not isinstance(value, dict | list):
            assert of(text, place.value) == value


@settings(deadline=None)
@given(texts())
def test_it_is_that_key_and_no_other_alike(text: str) -> None:
    for keys_, place in places(text).items():
        if is_written(place):
            start, end = place.key
            renamed = dict(every(read(f"{text[:start]}renamed{text[end:]}")))
            way = (*keys_[:-1], "renamed")
            assert keys_ not in renamed
            assert renamed[way] == dict(every(read(text)))[keys_]


@given(st.text("[]{}=\"'\n.,#a1 \\"))
def test_any_text_comes_to_an_end(text: str) -> None:
    assert all(
        0 <= end <= len(text) for place in places(text).values() for end in place.key
    )


def test_what_looks_like_a_header_is_none() -> None:
    text = '# [a]\nb = """\n[c]\nd = 1"""\n[e."f.g"]\nh = [\n  "[i]", # [j]\n]\n'
    assert [*places(text)] == [
        *(("b",), ("e",), ("e", "f.g"), ("e", "f.g", "h"), ("e", "f.g", "h", 0))
    ]


def test_a_table_stands_where_it_is_named_first() -> None:
    found = places("[a.b]\n[a]\n[[c]]\n[c.d]\n[[c]]\n")
    assert [found[way].key for way in (("a",), ("c",), ("c", 1))] == [
        *((1, 2), (12, 13), (24, 25))
    ]
