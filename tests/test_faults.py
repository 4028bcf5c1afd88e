"""Faulty documents, given to the command: where each fault is, and what is said of it.

Every document of `tests/faults` is in the table. The whole text, with source lines and
carets, is in the `.expected.txt` beside the document.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from calque.cli import main

FAULTS = Path(__file__).parent / "faults"

# Document -> its faults as line:column, code (of a warning with `?`) and message.
TABLE: dict[str, list[str]] = {
    "key-without-colon.yaml": ["4:3 yaml-syntax a key without its `:`"],
    "misplaced.yaml": [
        "2:1 unknown-field? the OpenAPI document has an unknown field `title`",
        "9:7 unknown-field? the operation has an unknown field `404`",
        "13:11 unknown-field? the response has an unknown field `schema`",
        "14:9 unknown-status `description` is not a status code",
        "15:9 unknown-status `tags` is not a status code",
        "16:7 unknown-field? the operation has an unknown field `post`",
        "18:7 unknown-field? the operation has an unknown field `content`",
        "19:3 path-name the path `get` does not begin with `/`",
        "20:3 path-name the path `servers` does not begin with `/`",
        "22:5 unknown-field? the path item has an unknown field `operationId`",
        "24:76 unknown-field? the media type has an unknown field `type`",
        "26:5 unknown-field? the path item has an unknown field `tags`",
        "29:3 unknown-field? the `components` object has an unknown field `paths`",
        "30:1 unknown-field? the OpenAPI document has an unknown field `schemas`",
        "31:1 unknown-field? the OpenAPI document has an unknown field `definitions`",
        "32:1 unknown-field? the OpenAPI document has an unknown field `consumes`",
    ],
    "postman.json": [
        "1:1 version-missing this is a Postman collection, and no OpenAPI document",
    ],
    "schema.graphql": [
        "1:1 not-an-object this is a GraphQL schema, and no OpenAPI document",
    ],
    "page.html": [
        "1:1 not-an-object this is an HTML page, and no OpenAPI document",
    ],
    "asyncapi.yaml": [
        "1:1 version-missing this is an AsyncAPI document, and no OpenAPI document",
    ],
    "zipped.json": [
        "1:1 encoding this is a gzip file, and no OpenAPI document",
    ],
    "alias-bomb.yaml": [
        "6:36 alias-bomb with `*e`, the aliases repeat more than 1,000,000 values"
    ],
    "alias-in-itself.yaml": [
        "13:15 yaml-syntax the alias `*node` stands inside the value that it repeats"
    ],
    "circular-refs.yaml": [
        "7:20 circular-ref these references only lead to each other: `#/components/schemas/Second` to `#/components/schemas/Third` to `#/components/schemas/Second`",
        "9:18 circular-ref these references only lead to each other: `#/components/schemas/Self` to `#/components/schemas/Self`",
    ],
    "colon-in-text.yaml": ["6:21 yaml-syntax a `:` is not expected here"],
    "comment.json": ["4:3 json-syntax JSON has no comments"],
    "complex-key.yaml": [
        "3:3 key-not-text a key is a list or an object, but keys are texts"
    ],
    "control-character.yaml": [
        "6:20 yaml-syntax the character U+0007 cannot stand in a YAML text"
    ],
    "dangling-refs.yaml": [
        "12:23 dangling-ref `#/components/schemas/Cal` does not exist",
        "13:23 dangling-ref `#/components/response/Bad` does not exist",
        "14:23 dangling-ref `#/components/responses/Nowhere` does not exist",
        "15:23 dangling-ref `#/paths/~1calls/get/responses/401` does not exist",
        "16:23 dangling-ref `#/paths/~1calls~1%7Bid%7D/get/responses/200` does not exist",
        "24:24 dangling-ref `#/definitions/Target` does not exist",
        "25:24 dangling-ref `#Targt` does not exist",
        "26:23 dangling-ref `#components/schemas/Target` does not exist",
    ],
    "duplicate-key-and-more.yaml": [
        "7:7 duplicate-key the key `summary` stands twice in the same object",
        "10:17 dangling-ref `#/components/responses/Missing` does not exist",
    ],
    "duplicate-key.json": [
        "5:45 duplicate-key the key `get` stands twice in the same object",
        "7:3 duplicate-key the key `info` stands twice in the same object",
    ],
    "duplicate-key.yaml": [
        "12:9 duplicate-key the key `200` stands twice in the same object",
        "13:3 duplicate-key the key `/calls` stands twice in the same object",
    ],
    "empty.yaml": ["1:1 empty the document is empty"],
    "escape.yaml": ["6:19 yaml-syntax this is not an escape that YAML has"],
    "external-refs.yaml": [
        "4:18 unreadable-ref `paths/calls.yaml`: there is no such file",
        "7:18 remote-ref `https://example.com/schemas.json` would have to be downloaded",
        "8:20 unreadable-ref `Call`: there is no such file",
        "9:19 ref-outside `../test_faults.py` is not below `.`, so it is not read",
        "10:22 ref-outside `/etc/hostname` is not below `.`, so it is not read",
        "11:20 unreadable-ref `.`: this is a directory",
    ],
    "hostile-text.yaml": [
        "6:5 component-name? `\x1b[31m\u202eevil` is not a name for a component",
        "6:32 unknown-type unknown type `str\u202eng\x1b[0m`",
        "7:5 component-name? `名前` is not a name for a component",
        "7:16 unknown-type unknown type `文字列`",
    ],
    "indentation.yaml": [
        "7:5 yaml-syntax this is not a `key: value` of the object it stands in"
    ],
    "latin-1.yaml": ["6:24 encoding the byte 0xe9 does not belong to UTF-8 text"],
    "list-at-top.yaml": [
        "1:1 not-an-object the document is an array, but an OpenAPI document is an object"
    ],
    "minified.json": ["1:512 dangling-ref `#/components/schemas/Cal` does not exist"],
    "merge-conflict.json": [
        "3:1 json-syntax a merge conflict begins here that was not settled"
    ],
    "merge-conflict.yaml": [
        "4:1 yaml-syntax a merge conflict begins here that was not settled"
    ],
    "missing-comma.json": [
        "3:3 json-syntax a `,` or the closing bracket is missing before this place"
    ],
    "misspelled-fields.yaml": [
        "6:7 unknown-field the operation has an unknown field `operationid`",
        "7:7 unknown-field the operation has an unknown field `requstBody`",
        "12:5 unknown-field the path item has an unknown field `path`",
        "17:7 unknown-field the schema has an unknown field `propertis`",
    ],
    "no-info.yaml": ["1:1 missing-field the OpenAPI document has no `info`"],
    "no-paths.yaml": [
        "1:1 missing-field the OpenAPI document has neither `paths` nor `components` nor `webhooks`"
    ],
    "no-title.yaml": ["2:1 missing-field the `info` object has no `title`"],
    "no-version.yaml": [
        "1:1 version-missing the document does not say which version of OpenAPI it is written in"
    ],
    "not-a-number.json": [
        "5:15 not-json `NaN` is not a JSON number",
        "5:20 not-json `-Infinity` is not a JSON number",
        "5:31 not-json the number is too large",
    ],
    "not-a-number.yaml": [
        "10:35 not-json `.inf` is not a value that JSON can hold",
        "10:50 not-json `.NaN` is not a value that JSON can hold",
    ],
    "openapi-3.2.yaml": [
        "7:30 wrong-type? `description` is an integer, but must be a string",
        "7:62 unknown-field the media type has an unknown field `itemSchem`",
        "9:7 component-name `POST` is not a method that can stand here",
        "9:14 empty-value? `responses` is empty",
        "10:7 component-name `A B` is not a method that can stand here",
        "10:15 empty-value? `responses` is empty",
        "13:13 missing-field the parameter has no `content`",
        "14:58 dangling-ref `#/components/mediaTypes/Nothing` does not exist",
        "15:35 wrong-ref `#/components/mediaTypes/Call` is a Media Type Object, but a Response Object is needed here",
        "16:18 unknown-field? the tag has an unknown field `parents`",
        "19:31 unknown-type unknown type `strng`",
    ],
    "openapi-3.3.yaml": [
        "1:10 version-unsupported OpenAPI 3.3.0 is not supported yet",
    ],
    "parameters.yaml": [
        "7:55 unknown-value `style` cannot be `form`",
        "8:29 unknown-value `in` cannot be `querry`",
        "9:28 unknown-value `in` cannot be `body`",
        "10:11 conflicting-fields the parameter has both `schema` and `content`",
        "15:11 missing-field the parameter has no `name`",
    ],
    "path-without-slash.yaml": [
        "4:3 path-name the path `calls` does not begin with `/`"
    ],
    "python-tag.yaml": [
        "8:8 yaml-tag the tag `!!python/object/apply:os.system` is not one that plain data has"
    ],
    "refs-of-another-kind.yaml": [
        "7:17 wrong-ref `#/components/schemas/Call` is a Schema Object, but a Parameter Object is needed here",
        "9:23 wrong-ref `#/components/schemas/Call` is a Schema Object, but a Response Object is needed here",
        "10:23 wrong-type `$ref` is an integer, but must be a string",
    ],
    "request-body.yaml": ["6:7 missing-field the request body has no `content`"],
    "reserved-character.yaml": [
        "6:16 yaml-syntax a value cannot begin with this character"
    ],
    "security-schemes.yaml": [
        "4:5 unknown-security-scheme there is no security scheme `baerer`",
        "5:5 unknown-security-scheme? there is no security scheme `oauth`",
        "9:20 unknown-value `type` cannot be `htp`",
        "10:5 missing-field the security scheme has no `in`",
        "11:44 unknown-value `in` cannot be `headers`",
        "12:5 missing-field the security scheme has no `scheme`",
    ],
    "several.yaml": [
        "2:31 wrong-type? `version` is a number, but must be a string",
        "4:10 undeclared-server-variable? the server's `variables` do not define `{region}`",
        "6:5 unknown-security-scheme? there is no security scheme `key`",
        "9:5 undeclared-path-parameter? `{id}` of the path `/calls/{id}` is not declared as a parameter",
        "11:13 wrong-type `tags` is a string, but must be an array",
        "13:9 missing-field? the response has no `description`",
        "16:30 dangling-ref `#/components/schemas/Nothing` does not exist",
        "18:20 duplicate-operation-id? the operationId `get` stands at `get /calls/{id}` as well",
        "20:11 missing-field? the parameter has no `required`",
        "22:9 unknown-status `2O4` is not a status code",
        "27:17 wrong-type? `required` is a boolean, but must be an array",
        "29:20 unknown-type unknown type `strng`",
        "29:38 wrong-type? `maxLength` is a string, but must be an integer",
    ],
    "single-quotes.json": ["4:3 json-syntax a key in single quotes"],
    "swagger.yaml": [
        "3:1 unknown-field the OpenAPI document has an unknown field `hosts`",
        "7:7 unknown-field the operation has an unknown field `operationid`",
        "9:25 unknown-value `in` cannot be `querry`",
        "10:11 missing-field the parameter has neither `schema` nor `type`",
        "11:38 unknown-value `type` cannot be `strng`",
        "12:11 missing-field? the parameter has no `type`",
        "13:18 dangling-ref `#/parameters/missing` does not exist",
        "14:87 collection-format? arrays with `collectionFormat: tsv` cannot be written here",
        "18:26 dangling-ref `#/definitions/Cal` does not exist",
        "19:11 unknown-field? the response has an unknown field `content`",
        "20:9 unknown-status `2O4` is not a status code",
        "25:18 unknown-type unknown type `strng`",
        "26:20 dangling-ref `#/definitions/Missing` does not exist",
        "27:37 default-misfit? the default does not fit its schema",
        "28:13 unknown-field? the schema has an unknown field `oneOf`",
        "30:27 unknown-value `in` cannot be `cookie`",
        "31:17 unknown-value `type` cannot be `http`",
        "32:31 unknown-value `flow` cannot be `accesCode`",
    ],
    "swagger-1.2.json": [
        "1:38 version-unsupported Swagger 1.2 is not supported yet",
    ],
    "tab-after-value.yaml": [
        "4:1 yaml-syntax a tab stands where YAML only allows spaces"
    ],
    "tab.yaml": ["4:1 yaml-syntax a tab stands where YAML only allows spaces"],
    "tabs.json": ["5:46 unknown-type unknown type `strng`"],
    "too-deep.json": [
        "1:231 too-deep objects and arrays are nested more than 200 levels deep"
    ],
    "trailing-comma.json": ["5:49 json-syntax a comma after the last member"],
    "two-documents.yaml": ["8:1 several-documents a second YAML document begins here"],
    "unclosed-list.yaml": [
        "7:16 yaml-syntax the list that begins on line 6 is not closed here"
    ],
    "unclosed-quotes.yaml": [
        "6:16 yaml-syntax the quotes that begin here are never closed"
    ],
    "unclosed.json": ["5:16 json-syntax the text ends before the document does"],
    "unknown-alias.yaml": [
        "8:16 yaml-syntax no anchor `&fin` stands before this alias"
    ],
    "unknown-status.yaml": [
        "7:9 unknown-status? `2xx` is not a status code",
        "8:9 unknown-status `success` is not a status code",
    ],
    "unknown-types-3.0.yaml": [
        "9:20 unknown-type unknown type `strng`",
        "10:24 unknown-type unknown type `int`",
        "11:27 unknown-type unknown type `file`",
        "17:23 unknown-type unknown type `datetime`",
        "18:17 wrong-type `type` is an array, but must be a string",
    ],
    "unknown-types.yaml": [
        "9:20 unknown-type unknown type `strng`",
        "10:24 unknown-type unknown type `int`",
        "11:27 unknown-type unknown type `file`",
        "17:23 unknown-type unknown type `datetime`",
        "18:32 unknown-type unknown type `nul`",
    ],
    "version-number.yaml": [
        "1:10 version-not-text the version is written as the number 3.1, but it is a string",
    ],
    "version-word.yaml": [
        "1:10 version-unknown the value of `openapi` is not a version"
    ],
    "windows.yaml": ["10:18 unknown-type unknown type `strng`"],
    "wrong-types.yaml": [
        "6:7 wrong-type `parameters` is an object, but must be an array",
        "14:23 wrong-type `schema` is a string, but must be an object",
        "18:7 wrong-type `properties` is an array, but must be an object",
        "19:29 wrong-type? `additionalProperties` is a string, but must be an object or a boolean",
        "20:7 wrong-type? `items` is an array, but must be an object",
    ],
    "yaml-by-another-name.json": ["1:1 json-syntax a text without quotes"],
}


def expected(name: str) -> str:
    """The text that belongs to a document."""
    return (FAULTS / f"{name}.expected.txt").read_text("utf-8")


def run(name: str, *options: str, output: Path) -> int:
    return main(["generate", name, "-o", str(output), *options])


def told(line: str) -> str:
    """A line of `--diagnostics json` in the form of the table."""
    said = json.loads(line)
    mark = "?" if said["severity"] == "warning" else ""
    place = f"{said['line']}:{said['column']}"
    return f"{place} {said['code']}{mark} {said['message']}"


def test_every_document_is_in_the_table() -> None:
    documents = {p.name for p in FAULTS.iterdir() if p.suffix != ".txt"}
    assert documents == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_faults_are_shown_with_their_lines(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(FAULTS)
    assert run(name, output=tmp_path / "package") == 1
    shown = capsys.readouterr()
    assert not shown.out
    assert shown.err.startswith(expected(name))
    rest = shown.err.removeprefix(expected(name)).splitlines()
    assert [line.partition(":")[0] for line in rest] == ["calque"]
    assert list(tmp_path.iterdir()) == [], "nothing may be written"


@pytest.mark.parametrize("name", TABLE)
def test_faults_are_where_the_table_has_them(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(FAULTS)
    assert run(name, "--diagnostics", "json", output=tmp_path / "package") == 1
    lines = capsys.readouterr().err.splitlines()
    assert [told(line) for line in lines] == TABLE[name]
    assert {json.loads(line)["file"] for line in lines} == {name}


def test_a_package_that_is_there_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FAULTS)
    (tmp_path / "README.md").write_text("Mine.")
    assert run("several.yaml", output=tmp_path) == 1
    assert [p.read_text() for p in tmp_path.iterdir()] == ["Mine."]
