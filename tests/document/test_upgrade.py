"""What the rules make of what only OpenAPI 3.0 has."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from tests.document.given import HEAD, HEAD_3_0, at, codes, loaded, schema, schemas

from calque.diagnostics import Position
from calque.document.node import Json
from calque.resolve import resolve

NULL: Json = {"type": "null"}

RULES: list[tuple[str, Json]] = [
    # nullable
    ("{type: string, nullable: true}", {"type": ["string", "null"]}),
    ("{type: string, nullable: false}", {"type": "string"}),
    ("{nullable: true}", {}),
    (
        "{type: string, nullable: true, enum: [a]}",
        {"type": ["string", "null"], "enum": ["a", None]},
    ),
    (
        "{type: string, nullable: true, enum: [null, a]}",
        {"type": ["string", "null"], "enum": [None, "a"]},
    ),
    ("{nullable: true, enum: [a]}", {"enum": ["a", None]}),
    (
        "{nullable: true, properties: {a: {nullable: true, type: integer}}}",
        {
            "type": ["object", "null"],
            "properties": {"a": {"type": ["integer", "null"]}},
        },
    ),
    (
        "{nullable: true, items: {}}",
        {"type": ["array", "null"], "items": {}},
    ),
    (
        "{nullable: true, oneOf: [{type: string}, {type: object}]}",
        {"oneOf": [{"type": "string"}, {"type": "object"}, NULL]},
    ),
    (
        "{nullable: true, anyOf: [{type: string, nullable: true}]}",
        {"anyOf": [{"type": ["string", "null"]}, NULL]},
    ),
    (
        "{nullable: true, description: D, allOf: [{$ref: '#/components/schemas/B'}]}",
        {"description": "D", "anyOf": [{"$ref": "#/components/schemas/B"}, NULL]},
    ),
    (
        "{nullable: true, type: object, allOf: [{$ref: '#/components/schemas/B'}]}",
        {"anyOf": [{"$ref": "#/components/schemas/B"}, NULL]},
    ),
    (
        "{nullable: true, $ref: '#/components/schemas/B', readOnly: true}",
        {
            "readOnly": True,
            "anyOf": [{"$ref": "#/components/schemas/B"}, NULL],
        },
    ),
    (
        "{nullable: true, allOf: [{type: object}, {minProperties: 1}], x-a: 1}",
        {
            "x-a": 1,
            "anyOf": [{"allOf": [{"type": "object"}, {"minProperties": 1}]}, NULL],
        },
    ),
    # exclusive limits
    (
        "{type: integer, minimum: 1, exclusiveMinimum: true, maximum: 9}",
        {"type": "integer", "exclusiveMinimum": 1, "maximum": 9},
    ),
    (
        "{type: integer, maximum: 9, exclusiveMaximum: true}",
        {"type": "integer", "exclusiveMaximum": 9},
    ),
    (
        "{type: integer, minimum: 1, exclusiveMinimum: false}",
        {"type": "integer", "minimum": 1},
    ),
    ("{type: integer, exclusiveMinimum: true}", {"type": "integer"}),
    # encodings
    (
        "{type: string, format: byte}",
        {"type": "string", "format": "byte", "contentEncoding": "base64"},
    ),
    (
        "{type: string, format: binary}",
        {
            "type": "string",
            "format": "binary",
            "contentMediaType": "application/octet-stream",
        },
    ),
    # what is the same in both
    ("{type: string, example: a}", {"type": "string", "example": "a"}),
    (
        "{type: object, properties: {nullable: {type: string}}}",
        {"type": "object", "properties": {"nullable": {"type": "string"}}},
    ),
    (
        "{type: object, example: {nullable: true}, default: {nullable: true}}",
        {
            "type": "object",
            "example": {"nullable": True},
            "default": {"nullable": True},
        },
    ),
]


@pytest.mark.parametrize("head", [HEAD_3_0, HEAD], ids=["3.0", "3.1"])
@pytest.mark.parametrize(("given", "meant"), RULES, ids=[given for given, _ in RULES])
def test_a_rule(tmp_path: Path, head: str, given: str, meant: Json) -> None:
    found = schemas(tmp_path, f"A: {given}\nB: {{type: string}}", head)
    assert schema(found, "A") == meant


def test_what_stands_beside_a_reference_has_no_effect_in_3_0(tmp_path: Path) -> None:
    text = """
paths: {}
components:
  schemas:
    A: {$ref: '#/components/schemas/B', description: D, minLength: 1, type: string}
    B: {type: string}
"""
    found = loaded(tmp_path, HEAD_3_0 + text)
    assert codes(found.diagnostics) == ["ref-sibling?"]
    assert found.document is not None
    kept = schema(found.document, "A")
    assert isinstance(kept, dict)
    assert {key for key in kept if not key.startswith("x-")} == {"$ref", "description"}


def test_what_stands_beside_a_reference_counts_in_3_1(tmp_path: Path) -> None:
    text = "A: {$ref: '#/components/schemas/B', minLength: 1}\nB: {type: string}"
    kept = schema(schemas(tmp_path, text, HEAD), "A")
    assert kept == {"$ref": "#/components/schemas/B", "minLength": 1}


REF: Json = {"$ref": "#/components/schemas/B"}

COMBINED: list[tuple[str, Json]] = [
    ("required: [a]", {"required": ["a"], "allOf": [REF]}),
    ("description: D, enum: [a]", {"description": "D", "enum": ["a"], "allOf": [REF]}),
    ("allOf: [{type: string}]", {"allOf": [{"type": "string"}, REF]}),
    ("type: object", {"$ref": "#/components/schemas/B", "type": "object"}),
    ("type: [object, 'null']", {"type": ["object", "null"], "allOf": [REF]}),
    ("type: object, nullable: true", {"type": ["object", "null"], "allOf": [REF]}),
    (
        "required: [a], nullable: true",
        {"anyOf": [{"required": ["a"], "allOf": [REF]}, NULL]},
    ),
]


@pytest.mark.parametrize(("beside", "meant"), COMBINED, ids=[b for b, _ in COMBINED])
def test_another_type_beside_a_reference_is_combined_with_it_in_3_1(
    tmp_path: Path, beside: str, meant: Json
) -> None:
    text = f"A: {{$ref: '#/components/schemas/B', {beside}}}\nB: {{}}"
    assert schema(schemas(tmp_path, text, HEAD), "A") == meant


@pytest.mark.parametrize("beside", ["", ", nullable: true"])
def test_a_reference_that_was_combined_is_found_in_the_text(
    tmp_path: Path, beside: str
) -> None:
    text = "paths: {}\ncomponents: {schemas: {A: {required: [a], $ref: '#/nope'"
    document = loaded(tmp_path, f"{HEAD}{text}{beside}}}}}}}\n").document
    assert document is not None
    (dangling,) = resolve(document).diagnostics
    assert dangling.code == "dangling-ref"
    assert document.locate(dangling).position == Position(4, 49)


def test_every_schema_of_the_document_is_reached(tmp_path: Path) -> None:
    place = "{schema: {type: string, nullable: true}}"
    text = f"""
paths:
  /a:
    parameters:
      - {{name: a, in: query, {place[1:-1]}}}
    post:
      requestBody: {{content: {{application/json: {place}}}}}
      responses:
        "200":
          description: Fine.
          headers: {{X-A: {place}}}
          content:
            application/json:
              schema: {{$ref: "#/x-shared/Odd"}}
      callbacks:
        done:
          "{{$url}}":
            post:
              responses:
                default:
                  description: Fine.
                  content: {{text/plain: {place}}}
x-shared:
  Odd: {{type: string, nullable: true}}
  example: {{type: string, nullable: true}}
"""
    found = loaded(tmp_path, HEAD_3_0 + text).document
    assert found is not None
    told = yaml.safe_dump(found.root.value)
    assert told.count("nullable") == 1, "only the one that nothing refers to"


MOVING = """
paths: {}
components:
  schemas:
    A:
      nullable: true
      allOf:
        - type: object
          properties:
            inner:
              nullable: true
              allOf: [{type: object}, {$ref: '#/components/schemas/A/allOf/1'}]
        - type: object
    B: {$ref: '#/components/schemas/A/allOf/0/properties/inner/allOf/0'}
    C: {$ref: '#/components/schemas/A'}
"""


def test_references_into_what_moved_lead_where_it_is_now(tmp_path: Path) -> None:
    found = loaded(tmp_path, HEAD_3_0 + MOVING).document
    assert found is not None
    resolved = resolve(found)
    assert not resolved.diagnostics
    inner = "#/components/schemas/A/anyOf/0/allOf/0/properties/inner"
    b = resolved.node("#/components/schemas/B")
    assert resolved.target(b) == f"{inner}/anyOf/0/allOf/0"
    assert resolved.follow(b).value == {"type": "object"}
    assert at(found, f"{inner}/anyOf/0/allOf/1") == {
        "$ref": "#/components/schemas/A/anyOf/0/allOf/1"
    }
    c = resolved.node("#/components/schemas/C")
    assert resolved.target(c) == "#/components/schemas/A"


def test_what_moved_is_found_in_the_text(tmp_path: Path) -> None:
    text = HEAD_3_0 + MOVING.replace("[{type: object}", "[{type: object, default: 5}")
    found = loaded(tmp_path, text)
    (misfit,) = found.diagnostics
    assert misfit.code == "default-misfit"
    assert "anyOf" in misfit.pointer
    location = found.locator.locate(misfit)
    assert location.position == Position(14, 47)
    assert location.text[46:47] == "5"
