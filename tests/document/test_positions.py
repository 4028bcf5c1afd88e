"""Every JSON pointer leads to the place where its key and its value are written."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from calque.codes import Code
from calque.diagnostics import Diagnostic, Focus, Location, Position, Severity
from calque.document.node import Json, Node
from calque.document.read import parse
from calque.document.source import Source

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")),
    max_size=6,
)
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | TEXTS,
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4)


def below(node: Node) -> Iterator[Node]:
    """Everything in a value."""
    for child in (*(child for _, child in node.items()), *node.elements()):
        yield child
        yield from below(child)


def located(source: Source, pointer: str, focus: Focus = Focus.VALUE) -> Location:
    return source.locate(
        Diagnostic(
            severity=Severity.ERROR,
            code=Code.INVALID,
            message="x",
            help="x",
            pointer=pointer,
            focus=focus,
        )
    )


def marked(location: Location) -> str:
    assert location.position is not None
    start = location.position.column - 1
    return location.text[start : start + location.width]


@given(DOCUMENTS, st.sampled_from([None, 1, "\t"]))
def test_pointers_into_json(value: Json, indent: int | str | None) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    reading = parse("a.json", text.encode())
    assert reading.root is not None
    for node in below(reading.root):
        shown = marked(located(reading.source, node.pointer))
        if isinstance(node.value, dict | list):
            # By its key; in an array, by its bracket.
            assert shown in ("[", "{") or json.loads(shown) == node.key
        else:
            assert json.loads(shown) == node.value


@given(DOCUMENTS, st.booleans())
def test_pointers_into_yaml(value: Json, flow: bool) -> None:
    text = yaml.safe_dump(
        value, allow_unicode=True, default_flow_style=flow, width=10_000
    )
    reading = parse("a.yaml", text.encode())
    assert reading.root is not None
    for node in below(reading.root):
        where = located(reading.source, node.pointer)
        if not isinstance(node.value, dict | list):
            alone = parse("b.yaml", f"alone: {marked(where)}".encode())
            assert alone.root is not None
            assert alone.root.mapping()["alone"] == node.value


YAML = """\
openapi: 3.1.0
paths:
  /a: &a
    get:
      tags: [one, "two"]
      parameters:
        - name: id
          in: path
        -   - nested
  /b: *a
  /c:
    <<: *a
    post: {}
  "/d~e": |
    text
    more
"""


@pytest.mark.parametrize(
    ("pointer", "focus", "line", "column", "text"),
    [
        ("#", Focus.VALUE, 1, 1, "openapi"),
        ("#/openapi", Focus.VALUE, 1, 10, "3.1.0"),
        ("#/openapi", Focus.KEY, 1, 1, "openapi"),
        ("#/paths", Focus.VALUE, 2, 1, "paths"),
        ("#/paths/~1a/get", Focus.VALUE, 4, 5, "get"),
        ("#/paths/~1a/get/tags/1", Focus.VALUE, 5, 19, '"two"'),
        ("#/paths/~1a/get/parameters/0", Focus.VALUE, 7, 11, "name"),
        ("#/paths/~1a/get/parameters/0/in", Focus.VALUE, 8, 15, "path"),
        ("#/paths/~1a/get/parameters/1/0", Focus.VALUE, 9, 15, "nested"),
        ("#/paths/~1b", Focus.VALUE, 10, 3, "/b"),
        ("#/paths/~1b/get", Focus.VALUE, 4, 5, "get"),
        ("#/paths/~1c/get/tags/0", Focus.VALUE, 5, 14, "one"),
        ("#/paths/~1c/post", Focus.KEY, 13, 5, "post"),
        ("#/paths/~1d~0e", Focus.VALUE, 14, 11, "|"),
        ("#/paths/~1a/get/nothing/here", Focus.VALUE, 4, 5, "get"),
        ("#/paths/~1a/get/tags/7", Focus.VALUE, 5, 7, "tags"),
        ("#/paths/~1a/get/tags/one", Focus.VALUE, 5, 7, "tags"),
        ("#/openapi/3", Focus.VALUE, 1, 10, "3.1.0"),
    ],
)
def test_places_of_a_yaml_document(
    pointer: str, focus: Focus, line: int, column: int, text: str
) -> None:
    where = located(parse("a.yaml", YAML.encode()).source, pointer, focus)
    assert (where.position, marked(where)) == (Position(line, column), text)


JSON = """{
  "paths": {"/a": {"tags": ["one", {"x": "]}"}], "b\\"": null},
    "/b":
      [true]}
}
"""


@pytest.mark.parametrize(
    ("pointer", "line", "column", "text"),
    [
        ("#", 1, 1, "{"),
        ("#/paths/~1a/tags/0", 2, 29, '"one"'),
        ("#/paths/~1a/tags/1", 2, 36, "{"),
        ("#/paths/~1a/tags/1/x", 2, 42, '"]}"'),
        ('#/paths/~1a/b"', 2, 57, "null"),
        ("#/paths/~1b", 3, 5, '"/b"'),
        ("#/paths/~1b/0", 4, 8, "true"),
        ("#/paths/~1b/9", 3, 5, '"/b"'),
        ("#/nothing", 1, 1, "{"),
    ],
)
def test_places_of_a_json_document(
    pointer: str, line: int, column: int, text: str
) -> None:
    where = located(parse("a.json", JSON.encode()).source, pointer)
    assert (where.position, marked(where)) == (Position(line, column), text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
def test_lines_end_as_they_do_on_any_system(end: str, name: str) -> None:
    text = end.join(('{"a": 1,', ' "b": "é",', ' "c": 3}', ""))
    where = located(parse(name, text.encode()).source, "#/c")
    assert where.position == Position(3, 7)
    assert where.text == ' "c": 3}'
