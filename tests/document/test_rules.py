"""Names that must be unique, or must be defined elsewhere in the document."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.document.given import HEAD, codes, loaded

from calque.pipeline import understand


def messages(folder: Path, text: str) -> list[str]:
    """What is said of a document, in the order in which it is found."""
    return [d.message for d in loaded(folder, HEAD + text).diagnostics]


def test_operation_ids_are_unique_in_callbacks_and_webhooks_too(tmp_path: Path) -> None:
    text = """
paths:
  /a:
    get:
      operationId: same
      responses: {"200": {description: Fine.}}
      callbacks:
        done:
          "{$url}": {post: {operationId: same}}
webhooks:
  told: {post: {operationId: same}}
"""
    assert messages(tmp_path, text) == [
        "the operationId `same` stands at `get /a` as well",
        "the operationId `same` stands at `get /a` as well",
    ]


def test_parameters_are_told_apart_by_name_and_location(tmp_path: Path) -> None:
    text = """
paths:
  /a/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {}}
      - {name: id, in: query, schema: {}}
    get:
      parameters:
        - {name: id, in: path, required: true, schema: {}}
        - {name: limit, in: query, schema: {}}
        - {$ref: "#/components/parameters/Limit"}
components:
  parameters:
    Limit: {name: limit, in: query, schema: {}}
"""
    found = messages(tmp_path, text)
    assert found == ["the query parameter `limit` stands here a second time"]


def test_security_requirements_name_schemes(tmp_path: Path) -> None:
    text = """
security: [{}, {key: []}]
paths:
  /a:
    get:
      security: [{key: [], Key: []}]
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
"""
    found = loaded(tmp_path, HEAD + text)
    assert codes(found.diagnostics) == ["unknown-security-scheme"]
    assert found.diagnostics[0].help == "did you mean `key`?"


def test_tags_are_described_once(tmp_path: Path) -> None:
    text = "paths: {}\ntags: [{name: a}, {name: b}, {name: a}]\n"
    assert messages(tmp_path, text) == ["the tag `a` is described a second time"]


@pytest.mark.parametrize(
    ("keyword", "meant"),
    [
        ("propertis", "properties"),
        ("additionalproperties", "additionalProperties"),
        ("any_of", "anyOf"),
        ("requierd", "required"),
    ],
)
def test_misspelled_keywords_are_named(
    tmp_path: Path, keyword: str, meant: str
) -> None:
    text = f"paths: {{}}\ncomponents: {{schemas: {{A: {{{keyword}: {{}}}}}}}}\n"
    (found,) = loaded(tmp_path, HEAD + text).diagnostics
    assert found.code == "unknown-keyword"
    assert found.help == f"did you mean `{meant}`? It is ignored"
    # What is left out of the package is told of other keywords.
    (told,) = understand(tmp_path / "openapi.yaml").diagnostics
    assert told == found


def test_other_keywords_are_let_stand(tmp_path: Path) -> None:
    text = "paths: {}\ncomponents: {schemas: {A: {units: m, x-propertis: 1}}}\n"
    assert messages(tmp_path, text) == []


@pytest.mark.parametrize(
    ("path", "declared", "expected"),
    [
        ("/a/{id}", "id", []),
        ("/a", "id", ["unused-path-parameter?"]),
        ("/a/{id}/{no}", "id", ["undeclared-path-parameter?"]),
        (
            "/a/{callId}",
            "callID",
            ["undeclared-path-parameter?", "unused-path-parameter?"],
        ),
    ],
)
@pytest.mark.parametrize("shared", [True, False])
def test_paths_and_their_parameters(
    tmp_path: Path, path: str, declared: str, expected: list[str], shared: bool
) -> None:
    listed = f"[{{name: {declared}, in: path, required: true, schema: {{}}}}]"
    item = (
        f"{{parameters: {listed}, get: {{}}}}"
        if shared
        else f"{{get: {{parameters: {listed}}}}}"
    )
    found = loaded(tmp_path, f'{HEAD}paths:\n  "{path}": {item}\n')
    assert codes(found.diagnostics) == expected
    if len(expected) == 2:
        assert found.diagnostics[0].help == "did you mean `{callID}` in the path?"


def test_what_only_answers_have_may_be_missing_in_examples(tmp_path: Path) -> None:
    result = loaded(
        tmp_path,
        HEAD + """
paths: {}
components:
  schemas:
    Coin: {type: object, required: [kind, id], properties: {kind: {const: coin}, id: {type: integer, readOnly: true}}}
    Kept: {oneOf: [{$ref: "#/components/schemas/Coin"}, {type: integer}], examples: [{kind: coin}, {kind: bill}]}
""",
    )
    assert [(d.code, d.pointer) for d in result.diagnostics] == [
        ("example-misfit", "#/components/schemas/Kept/examples/1")
    ]


def test_the_only_parameter_that_is_left_over_is_the_one_that_is_missing(
    tmp_path: Path,
) -> None:
    found = loaded(
        tmp_path,
        f"{HEAD}paths:\n  /a/{{id}}:\n    get:\n      parameters:\n"
        "        - {name: petId, in: path, required: true, schema: {}}\n",
    )
    assert [d.help for d in found.diagnostics] == [
        "did you mean `{petId}` in the path?",
        "did you mean `id`?",
    ]
