"""What references mean, and which places are references at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.document.given import HEAD, codes, document, loaded, schemas

from calque.document import Document
from calque.resolve import Resolved, resolve

SCHEMAS = "#/components/schemas"


def resolved(found: Document) -> Resolved:
    result = resolve(found)
    assert not result.diagnostics
    return result


def test_a_reference_keeps_what_stands_beside_it(tmp_path: Path) -> None:
    text = f"A: {{$ref: '{SCHEMAS}/B', description: Mine.}}\nB: {{type: string}}"
    found = resolved(schemas(tmp_path, text, HEAD))
    node = found.node(f"{SCHEMAS}/A")
    assert node.text("description") == "Mine."
    assert found.target(node) == f"{SCHEMAS}/B"
    assert found.follow(node).pointer == f"{SCHEMAS}/B"


def test_what_is_no_reference_means_itself(tmp_path: Path) -> None:
    found = resolved(schemas(tmp_path, "A: {type: string}"))
    node = found.node(f"{SCHEMAS}/A")
    assert found.target(node) is None
    assert found.follow(node) is node


def test_references_to_references_are_followed_to_the_end(tmp_path: Path) -> None:
    text = "\n".join(
        f"{a}: {{$ref: '{SCHEMAS}/{b}'}}" for a, b in zip("ABC", "BCD", strict=True)
    )
    found = resolved(schemas(tmp_path, f"{text}\nD: {{type: string}}"))
    node = found.node(f"{SCHEMAS}/A")
    assert found.target(node) == f"{SCHEMAS}/B"
    assert found.follow(node).value == {"type": "string"}


def test_a_schema_may_contain_itself(tmp_path: Path) -> None:
    text = f"A: {{properties: {{next: {{$ref: '{SCHEMAS}/A'}}}}}}"
    found = resolved(schemas(tmp_path, text))
    node = found.node(f"{SCHEMAS}/A/properties/next")
    assert found.follow(node).pointer == f"{SCHEMAS}/A"


@pytest.mark.parametrize(
    ("reference", "id_"),
    [
        ("#/components/schemas/a~1b", "#/components/schemas/a~1b"),
        ("#/components/schemas/a~0b", "#/components/schemas/a~0b"),
        ("#/components/schemas/a%20b", "#/components/schemas/a b"),
        ("#/components/schemas/a b", "#/components/schemas/a b"),
        ("#/components/schemas/%C3%A9", "#/components/schemas/é"),
        ("#/components/schemas/a%25b", "#/components/schemas/a%b"),
        ("#/components/schemas/deep/allOf/1", "#/components/schemas/deep/allOf/1"),
        ("#/paths/~1c~1%7Bid%7D/get/responses/200/content/a~1b/schema",) * 2,
        ("#here", "#/components/schemas/deep/allOf/0"),
        ("openapi.yaml#/components/schemas/deep", "#/components/schemas/deep"),
        ("./openapi.yaml#here", "#/components/schemas/deep/allOf/0"),
        ("#/x-own/Shape", "#/x-own/Shape"),
    ],
)
def test_the_ways_to_name_a_place(tmp_path: Path, reference: str, id_: str) -> None:
    text = f"""
paths:
  /c/{{id}}:
    get:
      parameters: [{{name: id, in: path, required: true, schema: {{}}}}]
      responses:
        "200": {{description: Fine., content: {{a/b: {{schema: {{type: string}}}}}}}}
x-own: {{Shape: {{type: object}}}}
components:
  schemas:
    a/b: {{}}
    a~b: {{}}
    a b: {{}}
    é: {{}}
    a%b: {{}}
    deep: {{allOf: [{{$anchor: here}}, {{type: object}}]}}
    User: {{$ref: "{reference}"}}
"""
    found = resolved(document(tmp_path, HEAD + text))
    meant = id_.replace("%7Bid%7D", "{id}")
    assert found.target(found.node(f"{SCHEMAS}/User")) == meant
    assert found.node(meant).pointer == meant


NO_REFERENCES = """
paths:
  /a:
    get:
      parameters:
        - name: a
          in: query
          schema: {type: object}
          example: {$ref: '#/nowhere'}
          examples: {one: {value: {$ref: '#/nowhere'}}}
      responses:
        "200":
          description: Fine.
          content:
            application/json:
              example: {$ref: '#/nowhere'}
components:
  schemas:
    A:
      type: object
      properties:
        $ref: {type: string}
        schema: {type: object, properties: {$ref: {type: string}}}
      example: {$ref: '#/nowhere'}
      examples: [{$ref: '#/nowhere'}]
      default: {$ref: '#/nowhere'}
      x-more: {$ref: '#/nowhere'}
    B:
      enum: [{$ref: '#/nowhere'}]
    C:
      const: {$ref: '#/nowhere'}
x-more: {$ref: '#/nowhere'}
"""


def test_data_and_properties_are_no_references(tmp_path: Path) -> None:
    assert resolved(document(tmp_path, HEAD + NO_REFERENCES)).targets == {}


def test_references_of_every_kind(tmp_path: Path) -> None:
    text = """
paths:
  /a: {$ref: '#/components/pathItems/I'}
components:
  pathItems:
    I:
      get:
        parameters: [{$ref: '#/components/parameters/P'}]
        requestBody: {$ref: '#/components/requestBodies/B'}
        responses: {"200": {$ref: '#/components/responses/R'}}
        callbacks: {c: {$ref: '#/components/callbacks/C'}}
  parameters:
    P: {name: p, in: query, schema: {}, examples: {e: {$ref: '#/components/examples/E'}}}
  requestBodies:
    B: {content: {}}
  responses:
    R:
      description: Fine.
      headers: {H: {$ref: '#/components/headers/H'}}
      links: {L: {$ref: '#/components/links/L'}}
  headers:
    H: {schema: {}}
  links:
    L: {operationId: x}
  examples:
    E: {value: 1}
  callbacks:
    C: {}
  securitySchemes:
    S: {$ref: '#/components/securitySchemes/T'}
    T: {type: http, scheme: basic}
"""
    found = resolved(document(tmp_path, HEAD + text))
    kinds = {target.split("/")[2] for target in found.targets.values()}
    assert kinds == {
        "pathItems",
        "parameters",
        "requestBodies",
        "responses",
        "callbacks",
        "headers",
        "links",
        "examples",
        "securitySchemes",
    }


def test_a_mapping_names_schemas_or_refers_to_them(tmp_path: Path) -> None:
    text = f"""\
Pet:
  oneOf: [{{$ref: '{SCHEMAS}/Cat'}}, {{$ref: '{SCHEMAS}/a%b'}}]
  discriminator:
    propertyName: kind
    mapping: {{cat: Cat, b: '{SCHEMAS}/a%25b', c: a%b, gone: Dog, far: 'x.yaml#/y'}}
Cat: {{type: object}}
a%b: {{type: object}}"""
    result = resolve(schemas(tmp_path, text, HEAD))
    mapping = result.node(f"{SCHEMAS}/Pet/discriminator/mapping")
    assert {name: result.target(node) for name, node in mapping.items()} == {
        "cat": f"{SCHEMAS}/Cat",
        "b": f"{SCHEMAS}/a%b",
        "c": f"{SCHEMAS}/a%b",
        "gone": None,
        "far": None,
    }
    assert codes(result.diagnostics) == ["dangling-ref?", "unreadable-ref?"]


def test_a_dynamic_reference_leads_to_its_anchor(tmp_path: Path) -> None:
    text = "A: {$dynamicAnchor: node, items: {$dynamicRef: '#node'}}"
    found = resolved(schemas(tmp_path, text, HEAD))
    node = found.node(f"{SCHEMAS}/A/items")
    assert found.target(node) == f"{SCHEMAS}/A"


def test_circles_end(tmp_path: Path) -> None:
    text = (
        HEAD
        + "paths: {}\ncomponents:\n  schemas:\n"
        + "".join(
            f"    {a}: {{$ref: '{SCHEMAS}/{b}'}}\n" for a, b in ("AB", "BC", "CB", "DD")
        )
    )
    found = loaded(tmp_path, text).document
    assert found is not None
    result = resolve(found)
    assert codes(result.diagnostics) == ["circular-ref"] * 2
    assert result.follow(result.node(f"{SCHEMAS}/A")).pointer == f"{SCHEMAS}/B"


def test_no_node_stands_at_an_unknown_id(tmp_path: Path) -> None:
    found = resolved(schemas(tmp_path, "A: {}"))
    with pytest.raises(KeyError):
        found.node(f"{SCHEMAS}/B")
