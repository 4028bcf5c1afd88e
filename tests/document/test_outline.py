"""Units of a JSON text: taken apart, it says what it says as a whole, and stands where it stood."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from benchmarks.made import document
from hypothesis import given
from hypothesis import strategies as st

from calque.diagnostics import Focus
from calque.document import Json
from calque.document.divided import divided
from calque.document.json_text import Member
from calque.document.node import ROOT, join
from calque.document.outline import extents, outline
from calque.document.read import parse
from calque.document.source import Source, Syntax
from calque.document.units import FRAME

SPECS = sorted((Path(__file__).parents[2] / "spec").glob("*/openapi.yaml"))
TEXTS = [
    *(json.dumps(yaml.safe_load(p.read_text("utf-8")), default=str) for p in SPECS),
    json.dumps(document(10), indent=2),
]

_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda some: st.lists(some, max_size=3)
    | st.dictionaries(st.text(max_size=4), some, max_size=3),
    max_leaves=8,
)
_names = st.sampled_from(["a", "/a~{b}", 'c"\\', "x-d", "securitySchemes", "é\n"])
_members = _values | st.dictionaries(_names, _values)
_keys = st.sampled_from(
    ["openapi", "paths", "webhooks", "x-webhooks", "components", "x-e", "info"]
)
_documents = st.dictionaries(_keys, _members | st.dictionaries(_names, _members))
_layouts = st.sampled_from([None, 0, 3])


@given(_documents, _layouts, st.booleans())
def test_what_is_taken_apart_is_what_it_is_as_a_whole(
    said: dict[str, Json], indent: int | None, ascii_: bool
) -> None:
    text = json.dumps(said, indent=indent, ensure_ascii=ascii_)
    found = outline(text, {})
    assert found is not None
    other = divided(said)
    assert repr(dict(found.units)) == repr(dict(other))
    everything = found.units.keys()
    assert repr(found.units.only(everything)) == repr(said)
    assert repr(other.only(everything)) == repr(said)
    assert repr(other.only(set())) == repr(other[FRAME])
    assert found.places.keys() == everything - {FRAME}


@given(_documents, _documents, _layouts)
def test_units_of_a_known_text_are_what_they_were(
    said: dict[str, Json], now: dict[str, Json], indent: int | None
) -> None:
    before = json.dumps(said, indent=indent)
    known = extents(before, divide(before))
    text = json.dumps({**said, **now}, indent=indent)
    found = outline(text, known)
    if found is None:
        # What a number begins with may have been known.
        assert any(type(value) is int for value in divided({**said, **now}).values())
        return
    assert repr(dict(found.units)) == repr(dict(divided({**said, **now})))
    for id_ in found.known:
        assert repr(found.units[id_]) == repr(divided(said)[id_])


def divide(text: str) -> Mapping[str, Member]:
    found = outline(text, {})
    assert found is not None
    return found.places


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_places_are_those_that_a_search_from_the_beginning_finds(text: str) -> None:
    source = Source(file="a.json", text=text, syntax=Syntax.JSON)
    found = outline(text, {})
    assert found is not None
    placed = replace(source, places=found.places)
    pointers = list(_pointers(ROOT, json.loads(text)))
    assert len(pointers) > 100
    for pointer in (*pointers, "#/paths/none", "#/components/schemas/none/a"):
        for focus in Focus:
            assert placed.span(pointer, focus) == source.span(pointer, focus), pointer


def _pointers(pointer: str, value: Json) -> Iterator[str]:
    yield pointer
    pairs = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else pairs
    for key, each in items:
        yield from _pointers(join(pointer, key), each)


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "3", "{", '{"paths"', '{"paths":', '{"paths": {', '{"a": 1} 2'),
        *('{"a": 1,}', '{"a" 1}', '{"a": 1 "b": 2}', "{a: 1}", '{"paths": {},}'),
        *('{"a": 1, "a": 2}', '{"paths": {"/a": {}, "/a": {}}}', '{"a": NaN}'),
        *('{"paths": {"/a": {"b": 1, "b": 1}}}', '{"paths": {"/a": 1e999}}'),
        *('{"paths": {"/a": "\\ud800"}}', '{"a": ' + "[" * 250 + "]" * 250 + "}"),
        '{"a": ' + "[" * 100_000,
    ],
)
def test_what_is_doubtful_is_read_as_a_whole(text: str) -> None:
    assert outline(text, {}) is None
    reading = parse("a.json", text.encode())
    assert reading.outline is None
    assert reading.root is None or reading.diagnostics
