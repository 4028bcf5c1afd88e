"""Faults that leave the meaning clear: a warning each, and what the document becomes."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from tests.document.given import codes

from calque.diagnostics import render
from calque.document import load
from calque.document.edit import apply
from calque.document.node import Json, Node, tokens
from calque.document.reference import lookup

BASE = """
openapi: 3.0.3
info:
  title: Calls
  version: "1"
  license: {name: MIT}
servers:
  - url: https://{region}.example.com
    variables:
      region: {default: eu, enum: [eu, us]}
tags:
  - name: calls
paths:
  /calls/{id}:
    get:
      operationId: get
      parameters:
        - name: id
          in: path
          required: true
          schema: {type: string}
      responses:
        "200":
          description: Fine.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Call"}
components:
  schemas:
    Call:
      type: object
      required: [id]
      properties:
        id: {type: string, maxLength: 5}
        kind: {type: string}
      discriminator: {propertyName: kind}
  securitySchemes:
    oauth:
      type: oauth2
      flows:
        clientCredentials: {tokenUrl: "https://example.com/token", scopes: {}}
"""

CALL = "#/components/schemas/Call"
GET = "#/paths/~1calls~1{id}/get"
PARAMETER = f"{GET}/parameters/0"

ABSENT = "(absent)"

# What is done to the document: a place, and the value that it gets or is taken away.
# Then the code of the only warning, and what stands there in the end.
SLIGHT: list[tuple[str, Json, str, Json]] = [
    (f"{GET}/responses/200/description", ABSENT, "missing-field", ""),
    ("#/info/version", ABSENT, "missing-field", "0.0.0"),
    ("#/info/version", 1.5, "wrong-type", "1.5"),
    ("#/info/description", 5, "wrong-type", "5"),
    ("#/info/description", ["a"], "wrong-type", ABSENT),
    ("#/info/description", None, "wrong-type", ABSENT),
    ("#/info/license", {}, "missing-field", {}),
    ("#/info/license", "MIT", "wrong-type", ABSENT),
    ("#/info/contact", {"name": 5}, "wrong-type", {}),
    ("#/info/vendor", "Us", "unknown-field", ABSENT),
    ("#/servers/0/variables/region/default", ABSENT, "missing-field", ABSENT),
    ("#/servers/0/variables/region/default", "asia", "default-not-allowed", "asia"),
    ("#/tags/0/name", ABSENT, "missing-field", ABSENT),
    (f"{GET}/operationId", 5, "wrong-type", "5"),
    (f"{GET}/deprecated", "yes", "wrong-type", True),
    (f"{GET}/tags", None, "wrong-type", ABSENT),
    (f"{GET}/responses", ABSENT, "missing-field", ABSENT),
    (f"{GET}/responses", {}, "empty-value", {}),
    (f"{GET}/responses/200/content", None, "wrong-type", ABSENT),
    (f"{PARAMETER}/required", ABSENT, "missing-field", True),
    (f"{PARAMETER}/required", False, "unknown-value", True),
    (f"{PARAMETER}/required", "true", "wrong-type", True),
    (f"{PARAMETER}/schema", ABSENT, "missing-field", {}),
    (f"{PARAMETER}/type", "string", "unknown-field", ABSENT),
    (f"{PARAMETER}/examples", ["a"], "wrong-type", ABSENT),
    (f"{CALL}/required", [], "empty-value", ABSENT),
    (f"{CALL}/required", True, "wrong-type", ABSENT),
    (f"{CALL}/required", ["id", "id"], "repeated-item", ["id", "id"]),
    (f"{CALL}/enum", [], "empty-value", ABSENT),
    (f"{CALL}/title", 5, "wrong-type", "5"),
    (f"{CALL}/const", 5, "unknown-field", 5),
    (f"{CALL}/examples", [{"id": "a"}], "unknown-field", [{"id": "a"}]),
    (f"{CALL}/discriminator", "kind", "wrong-type", {"propertyName": "kind"}),
    (f"{CALL}/discriminator", {}, "missing-field", ABSENT),
    (f"{CALL}/additionalProperties", "no", "wrong-type", False),
    (
        f"{CALL}/properties/id/type",
        ["string", "null"],
        "wrong-type",
        ["string", "null"],
    ),
    (f"{CALL}/properties/id/type", "null", "unknown-type", "null"),
    (f"{CALL}/properties/id/maxLength", "Undefined0", "wrong-type", ABSENT),
    (f"{CALL}/properties/id/maxLength", -1, "out-of-range", ABSENT),
    (f"{CALL}/properties/id/pattern", 0, "wrong-type", ABSENT),
    (f"{CALL}/properties/id/nullable", "true", "wrong-type", ABSENT),
    (f"{CALL}/properties/id/default", 5, "default-misfit", 5),
    (f"{CALL}/properties", None, "wrong-type", ABSENT),
    ("#/components/schemas/Not a name", {}, "component-name", {}),
    (
        "#/components/securitySchemes/oauth/flows/clientCredentials/scopes",
        ABSENT,
        "missing-field",
        ABSENT,
    ),
    (
        "#/components/securitySchemes/basic",
        {"type": "http", "scheme": "basic", "bearerFormat": "JWT"},
        "conflicting-fields",
        {"type": "http", "scheme": "basic", "bearerFormat": "JWT"},
    ),
]


def changed(pointer: str, value: Json) -> Json:
    """The document with one value replaced, added or taken away."""
    root = Node("#", yaml.safe_load(BASE))
    parent, key = pointer.rpartition("/")[0], tokens(pointer)[-1]

    def edit(old: Json) -> Json:
        rest = {k: v for k, v in Node("", old).mapping().items() if k != key}
        return rest if value == ABSENT else {**rest, key: value}

    return apply(root, {parent: [edit]}).value


@pytest.mark.parametrize(
    ("pointer", "value", "code", "meant"),
    SLIGHT,
    ids=[f"{pointer.rpartition('/')[2]}={value}" for pointer, value, _, _ in SLIGHT],
)
def test_a_slight_fault(
    tmp_path: Path, pointer: str, value: Json, code: str, meant: Json
) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(yaml.safe_dump(changed(pointer, value), sort_keys=False))
    found = load(path)
    shown = [render(d, found.locator) for d in found.diagnostics]
    assert codes(found.diagnostics) == [f"{code}?"], "\n".join(shown)
    assert found.document is not None
    node = lookup(found.document.root, pointer)
    assert (node.value if node else ABSENT) == meant


@pytest.mark.parametrize("version", ["3.0.3", "3.1.1"])
def test_items_one_by_one(tmp_path: Path, version: str) -> None:
    path = tmp_path / "openapi.yaml"
    items: list[Json] = [
        {"type": "number"},
        {"$ref": CALL},
        {"items": [{"nullable": True}]},
    ]
    text = yaml.safe_dump(changed(f"{CALL}/properties/items", {"items": items}))
    path.write_text(text.replace("3.0.3", version))
    found = load(path)
    assert codes(found.diagnostics) == ["wrong-type?"] * (2 if version > "3.1" else 1)
    assert found.diagnostics[0].done == "it is read as `prefixItems`"
    assert found.document is not None
    meant = found.document.root / "components" / "schemas" / "Call" / "properties"
    assert [*(meant / "items").mapping()] == ["prefixItems"]
    first, second, _ = meant.below("items").nodes("prefixItems")
    assert [first.value, second.value] == items[:2]


def test_the_document_itself_has_none(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(BASE)
    assert load(path).diagnostics == ()


def test_an_ignored_null_may_have_been_required(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(yaml.safe_dump(changed("#/info", None)))
    found = load(path)
    assert codes(found.diagnostics) == ["wrong-type?", "missing-field"]


def test_a_path_parameter_nobody_declared_is_assumed(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(yaml.safe_dump(changed(f"{GET}/parameters", [])))
    found = load(path)
    assert codes(found.diagnostics) == ["undeclared-path-parameter?"]
    assert found.document is not None
    assumed = lookup(found.document.root, PARAMETER)
    assert assumed is not None
    assert assumed.value == {
        "name": "id",
        "in": "path",
        "required": True,
        "schema": {"type": "string"},
    }


def test_a_server_variable_nobody_defined_is_assumed(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(yaml.safe_dump(changed("#/servers/0/variables", ABSENT)))
    found = load(path)
    assert codes(found.diagnostics) == ["undeclared-server-variable?"]
    assert found.document is not None
    variables = lookup(found.document.root, "#/servers/0/variables")
    assert variables is not None
    assert variables.value == {"region": {}}
