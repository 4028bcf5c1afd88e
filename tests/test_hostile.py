"""No string of a document becomes code, whatever it holds and wherever it stands."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calque.config import Config
from calque.pipeline import package, understand

# Texts that end a string, a docstring, a comment, a line, a template's expression, or
# that hide what is written.
HOSTILE = [
    '"""\nimport os; os.system("x")\n"""',
    "'''",
    '"',
    "\\",
    '\\"""',
    "\\\\",
    "x\\",
    'a \\"b\\"',
    'a \\\\"',
    "```",
    'ends with "',
    "a\n\n\nb",
    "\r\n# x",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{#",
    "\u202eright to left",
    "\ud800",
    "\u2028",
    "\x00\x1b[31m",
    "```python\nimport os\n```",
    "${HOME}",
    "%s %(a)s {0}",
    "#",
    "a: b",
    "](x)",
    "<script>alert(1)</script>",
]


def document(text: str) -> dict[str, object]:
    """A document with one text in every place that a text can stand in."""
    schema = {
        "type": "object",
        "description": text,
        "title": text,
        "required": [f"{text}1"],
        "properties": {
            f"{text}1": {"type": "string", "description": text, "default": text},
            f"{text}2": {"type": "string", "enum": [f"{text}a", f"{text}b"]},
            f"{text}3": {"type": "string", "const": text},
            f"{text}4": {"type": "string", "pattern": text},
        },
    }
    answer = {
        "description": text,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}},
    }
    sent = {
        "operationId": f"{text}w",
        "summary": text,
        "description": text,
        "requestBody": {"content": answer["content"]},
    }
    operation = {
        "operationId": text,
        "tags": [text],
        "summary": text,
        "description": text,
        "parameters": [
            {
                "name": f"{text}q",
                "in": "query",
                "description": text,
                "schema": {"type": "string", "default": text},
            },
            {
                "name": f"{text}c",
                "in": "query",
                "required": True,
                "schema": {"const": text},
            },
        ],
        "requestBody": {
            "required": True,
            "description": text,
            "content": {
                "application/json": {
                    "schema": {"$ref": "#/components/schemas/S"},
                    "example": {f"{text}1": text, f"{text}3": text},
                }
            },
        },
        "responses": {"200": answer, "default": answer},
        "callbacks": {text: {text: {"post": sent}}},
    }
    return {
        "openapi": "3.1.1",
        "info": {
            "title": text,
            "version": text,
            "description": text,
            "summary": text,
            "contact": {"name": text},
            "license": {"name": text},
        },
        "servers": [
            {
                "url": "https://{v}.example.com",
                "variables": {"v": {"default": text, "description": text}},
            }
        ],
        "tags": [{"name": text, "description": text}],
        "paths": {"/a": {"post": operation}},
        "webhooks": {text: {"post": sent}},
        "components": {
            "schemas": {
                "S": schema,
                "E": {
                    "type": "string",
                    "description": text,
                    "enum": [text, f"{text}2"],
                },
            },
            "securitySchemes": {
                "s": {
                    "type": "apiKey",
                    "in": "header",
                    "name": text,
                    "description": text,
                }
            },
        },
        "security": [{"s": []}],
    }


def generated(text: str) -> dict[str, str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "openapi.json"
        path.write_text(json.dumps(document(text)))
        result = understand(path)
        assert result.value is not None, result.diagnostics
        made = package(result.value, Config(package="hostile", client="C"), "")
        return dict(made.files)


def outline(tree: ast.AST) -> list[str]:
    """What a module does, without what its texts and names are."""
    return [
        type(node).__name__
        for node in ast.walk(tree)
        if not isinstance(node, (ast.Constant, ast.Expr))
    ]


def check(text: str) -> None:
    harmless, hostile = generated("word"), generated(text)
    written = {p for p in harmless if p.endswith(".py") and "_runtime" not in p}
    for path in sorted(hostile):
        if path.endswith(".py") and "_runtime" not in path:
            assert hostile[path].isprintable() or "\n" in hostile[path]
            assert not {"\u202e", "\u2028", "\x00", "\x1b"} & set(hostile[path])
            tree = ast.parse(hostile[path])
            calls = {
                node.func.id
                for node in ast.walk(tree)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            }
            assert not calls & {"system", "eval", "exec", "__import__"}
            modules = {
                alias.name
                for node in ast.walk(tree)
                if isinstance(node, ast.Import)
                for alias in node.names
            }
            assert modules <= {"datetime"}
    # The same shape of code comes out, whatever the words are.
    for path in written & hostile.keys():
        if path.endswith(("_client.py", "error_body.py")):
            assert outline(ast.parse(harmless[path])) == outline(
                ast.parse(hostile[path])
            )
    project = tomllib.loads(hostile["pyproject.toml"])["project"]
    assert project["name"] == "hostile"
    prose = re.sub(r"```python\n.*?```", "", hostile["README.md"], flags=re.DOTALL)
    assert "<script" not in prose


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_hostile_text_becomes_code(text: str) -> None:
    check(text)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=40))
def test_no_text_becomes_code(text: str) -> None:
    check(text)
