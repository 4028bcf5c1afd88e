"""Nothing that a document holds, wherever it stands, makes reading it fail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.document.test_slight_faults import BASE

from calque.diagnostics import as_json, in_order, render
from calque.document import Json, Node, load
from calque.document.edit import Edit, apply
from calque.resolve import resolve

ROOT = Node("#", yaml.safe_load(BASE))
SWAGGER = Node(
    "#",
    yaml.safe_load("""
swagger: "2.0"
info: {title: Calls, version: "1"}
host: example.com
basePath: /v1
schemes: [https]
consumes: [application/json]
produces: [application/json]
paths:
  /calls/{id}:
    parameters:
      - {name: id, in: path, required: true, type: string}
    post:
      consumes: [a/b]
      parameters:
        - {$ref: "#/parameters/body"}
        - {name: q, in: query, type: array, items: {type: string}, collectionFormat: pipes}
        - {$ref: more.yaml#/q}
      responses:
        "200":
          description: Fine.
          schema: {$ref: "#/definitions/Call"}
          headers: {H: {type: string}}
          examples: {a/b: x}
        default: {$ref: "#/responses/wrong"}
    put:
      parameters:
        - {name: f, in: formData, type: string}
        - {name: g, in: formData, type: file}
      responses: {"200": {description: Fine.}}
parameters: {body: {name: b, in: body, schema: {type: object}}}
responses: {wrong: {description: Wrong., schema: {type: string}}}
definitions:
  Call: {type: object, discriminator: k, properties: {k: {type: string, x-nullable: true}}}
securityDefinitions:
  oauth: {type: oauth2, flow: password, tokenUrl: "https://a.com", scopes: {}}
"""),
)

ODD: list[Json] = [
    {"$ref": "#"},
    {"$ref": "#/paths"},
    {"$ref": "#/components/schemas/Call"},
    {"$ref": 5},
    {"nullable": True, "allOf": [{"type": "object"}]},
    {"type": ["string", 5, None]},
    {"discriminator": {"mapping": {"a": 5}}},
    {"": {"": []}},
    [{"name": "id", "in": "path"}, {"name": "id", "in": "path"}],
    10**40,
    "\ud7ff\u202e😀\x07",
]
SCALARS: st.SearchStrategy[Json] = (
    st.none() | st.booleans() | st.integers() | st.floats(-9, 9) | st.text(max_size=3)
)
JUNK: st.SearchStrategy[Json] = st.sampled_from(ODD) | st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


def to(value: Json) -> Edit:
    """The edit that puts a value in the place of another one."""
    return lambda _: value


def below(node: Node) -> Iterator[str]:
    for child in (*(child for _, child in node.items()), *node.elements()):
        yield child.pointer
        yield from below(child)


PLACES = sorted(below(ROOT))
SWAGGER_PLACES = sorted(below(SWAGGER))


@pytest.mark.parametrize("name", ["openapi.json", "openapi.yaml"])
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.dictionaries(st.sampled_from(PLACES), JUNK, min_size=1, max_size=4),
    st.sampled_from(["3.0.3", "3.1.1"]),
)
def test_any_value_at_any_place(
    tmp_path: Path, name: str, junk: dict[str, Json], version: str
) -> None:
    edits = {pointer: [to(value)] for pointer, value in junk.items()}
    changed = apply(ROOT, {**edits, "#/openapi": [to(version)]})
    is_explained(tmp_path / name, changed.value)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.dictionaries(st.sampled_from(SWAGGER_PLACES), JUNK, min_size=1, max_size=4),
    st.none() | JUNK,
)
def test_any_value_at_any_place_of_swagger(
    tmp_path: Path, junk: dict[str, Json], beside: Json
) -> None:
    edits = {pointer: [to(value)] for pointer, value in junk.items()}
    part = {"name": "q", "in": "query", "type": "string"}
    (tmp_path / "more.yaml").write_text(json.dumps({"q": beside or part}))
    changed = apply(SWAGGER, {**edits, "#/swagger": [to("2.0")]})
    is_explained(tmp_path / "swagger.json", changed.value)


def is_explained(path: Path, value: Json) -> None:
    """Whatever is wrong with a document is told, each with a line of it."""
    dump = json.dumps if path.suffix == ".json" else yaml.safe_dump
    path.write_text(dump(value))
    found = load(path)
    diagnostics = found.diagnostics
    if found.document is not None:
        diagnostics += resolve(found.document).diagnostics
    for each in in_order(diagnostics, found.locator):
        assert render(each, found.locator).count("\n") in (1, 3)
        assert "\n" not in as_json(each, found.locator)
        assert each.message[-1] != "."


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(BASE)),
            st.integers(0, 3),
            st.sampled_from(
                ["\t", ":", "'", '"', "- ", "{", "&a ", "*a", "\n", "  ", "|", "!!x "]
            ),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_slip_of_the_pen(tmp_path: Path, slips: list[tuple[int, int, str]]) -> None:
    text = BASE
    for place, gone, typed in slips:
        text = text[:place] + typed + text[place + gone :]
    path = tmp_path / "openapi.yaml"
    path.write_text(text)
    found = load(path)
    for each in in_order(found.diagnostics, found.locator):
        assert render(each, found.locator).count("\n") in (1, 3)
