"""What the rules make of Swagger 2.0."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.document.given import at, codes, document, errors, loaded

from calque.diagnostics import Diagnostic, Severity, in_order
from calque.document import Document
from calque.document.node import Json
from calque.resolve import resolve

HEAD = 'swagger: "2.0"\ninfo: {title: Calls, version: "1"}\n'
OPERATION = "#/paths/~1a/post"


def converted(folder: Path, text: str) -> Document:
    """A document that is all right, and whose references all lead somewhere."""
    found = document(folder, HEAD + text + ("" if "paths:" in text else "paths: {}\n"))
    assert resolve(found).diagnostics == ()
    return found


def operation(parameters: str, *more: str) -> str:
    """The text of an operation with these parameters and other lines."""
    lines = "".join(f"      {line}\n" for line in more)
    answers = (
        ""
        if "responses:" in lines
        else "      responses: {default: {description: D}}\n"
    )
    return (
        f"paths:\n  /a:\n    post:\n      parameters: [{parameters}]\n{lines}{answers}"
    )


SERVERS = [
    ("host: a.com", [{"url": "https://a.com"}]),
    ("host: a.com\nbasePath: /", [{"url": "https://a.com"}]),
    ("host: a.com:8080\nbasePath: /v1/", [{"url": "https://a.com:8080/v1"}]),
    ("basePath: /v1", [{"url": "/v1"}]),
    ("host: a.com\nschemes: [http]", [{"url": "http://a.com"}]),
    (
        "host: a.com\nschemes: [http, wss, https]",
        [{"url": "https://a.com"}, {"url": "http://a.com"}],
    ),
]


@pytest.mark.parametrize(("given", "servers"), SERVERS, ids=[g for g, _ in SERVERS])
def test_servers(tmp_path: Path, given: str, servers: Json) -> None:
    assert at(converted(tmp_path, f"{given}\n"), "#/servers") == servers


def test_no_server_where_nothing_is_said_of_one(tmp_path: Path) -> None:
    assert "servers" not in converted(tmp_path, "").root


PARAMETERS: list[tuple[str, Json]] = [
    (
        "{name: a, in: query, description: D, type: string, maxLength: 3, x-b: 1}",
        {
            "name": "a",
            "in": "query",
            "description": "D",
            "x-b": 1,
            "schema": {"type": "string", "maxLength": 3},
        },
    ),
    (
        "{name: a, in: query, type: integer, x-nullable: true}",
        {
            "name": "a",
            "in": "query",
            "x-nullable": True,
            "schema": {"type": ["integer", "null"]},
        },
    ),
    (
        "{name: a, in: header, type: array, items: {type: string}}",
        {
            "name": "a",
            "in": "header",
            "schema": {"type": "array", "items": {"type": "string"}},
        },
    ),
]


@pytest.mark.parametrize(("given", "meant"), PARAMETERS, ids=[g for g, _ in PARAMETERS])
def test_a_parameter(tmp_path: Path, given: str, meant: Json) -> None:
    found = converted(tmp_path, operation(given))
    assert at(found, f"{OPERATION}/parameters") == [meant]


@pytest.mark.parametrize(
    ("said", "style", "explode"),
    [
        ("", "form", False),
        (", collectionFormat: csv", "form", False),
        (", collectionFormat: multi", "form", True),
        (", collectionFormat: ssv", "spaceDelimited", False),
        (", collectionFormat: pipes", "pipeDelimited", False),
    ],
)
def test_the_format_of_an_array(
    tmp_path: Path, said: str, style: str, explode: bool
) -> None:
    text = f"{{name: a, in: query, type: array, items: {{type: string}}{said}}}"
    found = converted(tmp_path, operation(text))
    assert at(found, f"{OPERATION}/parameters/0") == {
        "name": "a",
        "in": "query",
        "schema": {"type": "array", "items": {"type": "string"}},
        "style": style,
        "explode": explode,
    }


@pytest.mark.parametrize(
    ("place", "named"), [("header", "tsv"), ("header", "ssv"), ("header", "pipes")]
)
def test_formats_that_openapi_3_has_no_style_for(
    tmp_path: Path, place: str, named: str
) -> None:
    text = f"{{name: a, in: {place}, type: array, items: {{type: string}}, collectionFormat: {named}}}"
    found = loaded(tmp_path, HEAD + operation(text))
    assert codes(found.diagnostics) == ["collection-format?"]


BODY = "{name: b, in: body, required: true, description: D, schema: {$ref: '#/definitions/B'}}"
B = "definitions: {B: {type: object}}\n"
REF: Json = {"$ref": "#/components/schemas/B"}


@pytest.mark.parametrize(
    ("more", "types"),
    [
        ((), ["application/json"]),
        (("consumes: [text/json, a/b]",), ["text/json", "a/b"]),
    ],
)
def test_a_body(tmp_path: Path, more: tuple[str, ...], types: list[str]) -> None:
    found = converted(tmp_path, operation(BODY, *more) + B)
    assert at(found, OPERATION) == {
        "parameters": [],
        "requestBody": {
            "required": True,
            "description": "D",
            "content": {name: {"schema": REF} for name in types},
        },
        "responses": {"default": {"description": "D"}},
    }


def test_the_documents_own_media_types(tmp_path: Path) -> None:
    text = "consumes: [a/b]\nproduces: [c/d]\n" + operation(
        BODY, "responses: {200: {description: D, schema: {$ref: '#/definitions/B'}}}"
    )
    found = converted(tmp_path, text + B)
    assert at(found, f"{OPERATION}/requestBody/content") == {"a/b": {"schema": REF}}
    content = at(found, f"{OPERATION}/responses/200/content")
    assert content == {"c/d": {"schema": REF}}


FORM = "{name: s, in: formData, type: string, description: D, required: true}, {name: l, in: formData, type: array, items: {type: integer}}"
FILE = "{name: f, in: formData, type: file}"
S: Json = {"description": "D", "type": "string"}
L: Json = {"type": "array", "items": {"type": "integer"}}
F: Json = {
    "type": "string",
    "format": "binary",
    "contentMediaType": "application/octet-stream",
}


def form(properties: dict[str, Json], required: bool) -> Json:
    held: dict[str, Json] = {"type": "object", "properties": properties}
    return {**held, "required": ["s"]} if required else held


ENCODED: Json = {
    "schema": form({"s": S, "l": L}, True),
    "encoding": {"l": {"style": "form", "explode": False}},
}


@pytest.mark.parametrize(
    ("fields", "more", "content"),
    [
        (
            FORM,
            "",
            {"application/x-www-form-urlencoded": ENCODED},
        ),
        (
            f"{FORM}, {FILE}",
            "consumes: [application/x-www-form-urlencoded, multipart/form-data]",
            {"multipart/form-data": {"schema": form({"s": S, "l": L, "f": F}, True)}},
        ),
        (FILE, "", {"multipart/form-data": {"schema": form({"f": F}, False)}}),
        (
            FILE,
            "consumes: [application/json]",
            {"multipart/form-data": {"schema": form({"f": F}, False)}},
        ),
    ],
)
def test_a_form(tmp_path: Path, fields: str, more: str, content: Json) -> None:
    found = converted(tmp_path, operation(fields, more))
    assert at(found, f"{OPERATION}/requestBody/content") == content
    assert at(found, f"{OPERATION}/parameters") == []


def test_parameters_of_a_path_go_into_the_bodies_of_its_operations(
    tmp_path: Path,
) -> None:
    text = f"""
paths:
  /a:
    parameters: [{BODY}, {{name: q, in: query, type: string}}]
    post: {{responses: {{default: {{description: D}}}}}}
    put:
      parameters: [{{name: b, in: body, schema: {{type: string}}}}]
      responses: {{default: {{description: D}}}}
{B}"""
    found = converted(tmp_path, text)
    content = "requestBody/content/application~1json/schema"
    assert at(found, f"#/paths/~1a/post/{content}") == REF
    assert at(found, f"#/paths/~1a/put/{content}") == {"type": "string"}
    assert at(found, "#/paths/~1a/parameters/0/name") == "q"
    assert at(found, "#/paths/~1a/parameters") == [
        {"name": "q", "in": "query", "schema": {"type": "string"}}
    ]


NAMED = f"""
parameters:
  b: {BODY}
  f: {{name: f, in: formData, type: string}}
  q: {{name: q, in: query, type: string}}
{B}"""


def test_named_parameters(tmp_path: Path) -> None:
    refs = "{$ref: '#/parameters/b'}, {$ref: '#/parameters/q'}"
    found = converted(tmp_path, operation(refs) + NAMED)
    assert at(found, f"{OPERATION}/requestBody") == {
        "$ref": "#/components/requestBodies/b"
    }
    assert at(found, f"{OPERATION}/parameters") == [
        {"$ref": "#/components/parameters/q"}
    ]
    assert at(found, "#/components/requestBodies/b/content/application~1json") == {
        "schema": REF
    }
    assert at(found, "#/components/parameters/q/schema") == {"type": "string"}


def test_a_named_body_with_the_operations_own_media_types(tmp_path: Path) -> None:
    text = operation("{$ref: '#/parameters/b'}", "consumes: [a/b]") + NAMED
    found = converted(tmp_path, text)
    schema = "#/components/requestBodies/b/content/application~1json/schema"
    assert at(found, f"{OPERATION}/requestBody") == {
        "description": "D",
        "required": True,
        "content": {"a/b": {"schema": {"$ref": schema}}},
    }


def test_a_named_field_of_a_form(tmp_path: Path) -> None:
    found = converted(tmp_path, operation("{$ref: '#/parameters/f'}") + NAMED)
    schema = (
        f"{OPERATION}/requestBody/content/application~1x-www-form-urlencoded/schema"
    )
    assert at(found, f"{schema}/properties") == {"f": {"type": "string"}}


RESPONSES: list[tuple[str, str, Json]] = [
    ("{description: D}", "", {"description": "D"}),
    (
        "{description: D, schema: {type: string}, examples: {a/b: x, c/d: y}}",
        "produces: [a/b, e/f]",
        {
            "description": "D",
            "content": {
                "a/b": {"schema": {"type": "string"}, "example": "x"},
                "e/f": {"schema": {"type": "string"}},
            },
        },
    ),
    (
        "{description: D, schema: {type: string}, examples: {a/b: x}}",
        "",
        {
            "description": "D",
            "content": {"a/b": {"schema": {"type": "string"}, "example": "x"}},
        },
    ),
    (
        "{description: D, schema: {type: file}}",
        "",
        {"description": "D", "content": {"application/octet-stream": {"schema": F}}},
    ),
    (
        "{description: D, schema: {type: file}}",
        "produces: [application/json, image/png]",
        {"description": "D", "content": {"image/png": {"schema": F}}},
    ),
    (
        "{description: D, headers: {X: {type: integer, description: H}}}",
        "",
        {
            "description": "D",
            "headers": {"X": {"description": "H", "schema": {"type": "integer"}}},
        },
    ),
]


@pytest.mark.parametrize(("given", "more", "meant"), RESPONSES)
def test_a_response(tmp_path: Path, given: str, more: str, meant: Json) -> None:
    found = converted(tmp_path, operation("", more, f"responses: {{200: {given}}}"))
    assert at(found, f"{OPERATION}/responses/200") == meant


SCHEMAS: list[tuple[str, Json]] = [
    (
        "{type: object, discriminator: k}",
        {"type": "object", "discriminator": {"propertyName": "k"}},
    ),
    ("{type: string, x-nullable: true}", {"type": ["string", "null"]}),
    ("{type: string, x-nullable: false}", {"type": "string"}),
    (
        "{type: integer, minimum: 1, exclusiveMinimum: true}",
        {"type": "integer", "exclusiveMinimum": 1},
    ),
    (
        "{type: object, properties: {discriminator: {type: string}}}",
        {"type": "object", "properties": {"discriminator": {"type": "string"}}},
    ),
    (
        "{type: object, example: {discriminator: a, x-nullable: true}}",
        {"type": "object", "example": {"discriminator": "a", "x-nullable": True}},
    ),
]


@pytest.mark.parametrize(("given", "meant"), SCHEMAS, ids=[g for g, _ in SCHEMAS])
def test_a_schema(tmp_path: Path, given: str, meant: Json) -> None:
    found = converted(tmp_path, f"definitions: {{A: {given}}}\n")
    assert at(found, "#/components/schemas/A") == meant


SCHEMES: list[tuple[str, Json]] = [
    (
        "{type: basic, description: D}",
        {"type": "http", "scheme": "basic", "description": "D"},
    ),
    (
        "{type: apiKey, in: query, name: k}",
        {"type": "apiKey", "in": "query", "name": "k"},
    ),
]


@pytest.mark.parametrize(("given", "meant"), SCHEMES, ids=[g for g, _ in SCHEMES])
def test_a_security_scheme(tmp_path: Path, given: str, meant: Json) -> None:
    found = converted(tmp_path, f"securityDefinitions: {{s: {given}}}\n")
    assert at(found, "#/components/securitySchemes/s") == meant


@pytest.mark.parametrize(
    ("flow", "meant", "urls"),
    [
        ("implicit", "implicit", {"authorizationUrl": "a:b"}),
        ("password", "password", {"tokenUrl": "a:b"}),
        ("application", "clientCredentials", {"tokenUrl": "a:b"}),
        (
            "accessCode",
            "authorizationCode",
            {"authorizationUrl": "a:b", "tokenUrl": "c:d"},
        ),
    ],
)
def test_a_flow_of_oauth(
    tmp_path: Path, flow: str, meant: str, urls: dict[str, str]
) -> None:
    scheme = {"type": "oauth2", "flow": flow, "scopes": {"a": "A"}, **urls}
    found = converted(tmp_path, f"securityDefinitions: {{s: {json.dumps(scheme)}}}\n")
    assert at(found, "#/components/securitySchemes/s") == {
        "type": "oauth2",
        "flows": {meant: {"scopes": {"a": "A"}, **urls}},
    }


def test_references_into_what_moved(tmp_path: Path) -> None:
    refs = {
        "#/definitions/B": "#/components/schemas/B",
        "#/definitions/B/properties/c": "#/components/schemas/B/properties/c",
        "#/parameters/b/schema": "#/components/requestBodies/b/content/a~1b/schema",
        "#/responses/r/schema/items": "#/components/responses/r/content/a~1b/schema/items",
        "#/paths/~1a/post/parameters/1/schema": f"{OPERATION}/requestBody/content/a~1b/schema",
        "#/paths/~1a/post/parameters/2/items": f"{OPERATION}/parameters/1/schema/items",
        "#/paths/~1a/post/responses/default/schema": f"{OPERATION}/responses/default/content/a~1b/schema",
    }
    users = "".join(f"  U{i}: {{$ref: '{ref}'}}\n" for i, ref in enumerate(refs))
    text = f"""
consumes: [a/b]
produces: [a/b]
paths:
  /a:
    post:
      parameters:
        - {{name: q, in: query, type: string}}
        - {{name: b, in: body, schema: {{type: string}}}}
        - {{name: r, in: query, type: array, items: {{type: string}}}}
      responses: {{default: {{description: D, schema: {{type: integer}}}}}}
parameters: {{b: {{name: b, in: body, schema: {{type: object}}}}}}
responses: {{r: {{description: D, schema: {{type: array, items: {{type: string}}}}}}}}
definitions:
  B: {{type: object, properties: {{c: {{type: string}}}}}}
{users}"""
    found = resolve(converted(tmp_path, text))
    got = [found.targets[f"#/components/schemas/U{i}"] for i in range(len(refs))]
    assert got == list(refs.values())


MISFITS = """\
consumes: [a/b]
paths:
  /a:
    post:
      parameters:
        - {name: b, in: body, schema: {type: string, default: 1}}
        - {name: q, in: query, type: string, default: 2}
        - {$ref: "#/parameters/p"}
      responses:
        default: {description: D, schema: {type: string, default: 3}}
  /b:
    post:
      parameters:
        - {name: f, in: formData, type: string, default: 4}
      responses:
        default: {description: D, headers: {H: {type: string, default: 5}}}
parameters: {p: {name: p, in: query, type: string, default: 6}}
responses: {r: {description: D, schema: {type: string, default: 7}}}
definitions: {A: {type: string, default: 8}}
"""


def test_positions_are_those_of_the_text(tmp_path: Path) -> None:
    text = HEAD + MISFITS
    found = loaded(tmp_path, text)
    misfits = in_order(found.diagnostics, found.locator)
    assert codes(misfits) == ["default-misfit?"] * 8

    def shown(diagnostic: Diagnostic) -> str:
        place = found.locator.locate(diagnostic)
        assert place.position is not None
        return place.text[place.position.column - 1 :][: place.width]

    assert [shown(d) for d in misfits] == list("12345678")


def test_faults_are_those_of_swagger(tmp_path: Path) -> None:
    text = operation(
        "{name: q, in: querry, type: string}, {name: b, in: body}",
        "responses: {200: {description: D, content: {}}}",
        "operationid: a",
    )
    found = loaded(tmp_path, HEAD + text + "definitions: {A: {type: strng}}\n")
    told = {(d.message, d.help) for d in errors(found.diagnostics)}
    assert ("`in` cannot be `querry`", "did you mean `query`?") in told
    assert ("the parameter has neither `schema` nor `type`", "add one of them") in told
    assert ("unknown type `strng`", "did you mean `string`?") in told
    fields = "the operation has an unknown field `operationid`"
    assert (fields, "did you mean `operationId`?") in told


def test_other_files_are_converted_where_they_stand(tmp_path: Path) -> None:
    (tmp_path / "more.json").write_text(
        json.dumps(
            {
                "parameters": {
                    "b": {
                        "name": "b",
                        "in": "body",
                        "schema": {"$ref": "#/definitions/B"},
                    },
                    "q": {"name": "q", "in": "query", "type": "string"},
                },
                "definitions": {
                    "B": {
                        "type": "object",
                        "discriminator": "k",
                        "properties": {
                            "k": {"type": "string", "x-nullable": True},
                            "c": {"$ref": "openapi.yaml#/definitions/C"},
                        },
                    }
                },
            }
        )
    )
    refs = "{$ref: 'more.json#/parameters/b'}, {$ref: 'more.json#/parameters/q'}"
    text = operation(refs) + "definitions: {C: {type: string}}\n"
    found = converted(tmp_path, text)
    resolved = resolve(found)
    body = resolved.follow(resolved.node(f"{OPERATION}/requestBody"))
    schema = resolved.follow(body / "content" / "application/json" / "schema")
    assert schema.pointer == "more.json#/definitions/B"
    assert (schema / "discriminator").value == {"propertyName": "k"}
    assert (schema / "properties" / "k").value == {"type": ["string", "null"]}
    c = resolved.follow(schema / "properties" / "c")
    assert c.pointer == "#/components/schemas/C"
    (query,) = resolved.node(f"{OPERATION}/parameters").elements()
    assert (resolved.follow(query) / "schema").value == {"type": "string"}


def test_a_version_that_is_a_number_is_explained(tmp_path: Path) -> None:
    found = loaded(
        tmp_path, "swagger: 2.0\ninfo: {title: A, version: '1'}\npaths: {}\n"
    )
    (fault,) = found.diagnostics
    assert (fault.code, fault.severity) == ("version-not-text", Severity.ERROR)
    assert fault.help == 'write it in full and in quotes: `swagger: "2.0"`'
