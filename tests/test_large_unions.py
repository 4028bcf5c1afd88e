"""A union of hundreds of models: type checkers read it, and it is read by what tells it."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from tests.made import imported, write
from tests.typed import MYPY, PYRIGHT, assert_typed

OPTIONS = 400
"""More than pyright reads of one expression that is not in parts."""

KINDS = [f"Kind{number}" for number in range(OPTIONS)]
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.1",
    "info": {"title": "Fleet", "version": "1"},
    "paths": {
        "/any": {
            "get": {
                "operationId": "anyOfThem",
                "tags": ["fleet"],
                "responses": {
                    "200": {
                        "description": "One.",
                        "content": {
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/Ship"}
                            }
                        },
                    }
                },
            }
        }
    },
    "components": {
        "schemas": {
            "Ship": {
                "oneOf": [{"$ref": f"#/components/schemas/{kind}"} for kind in KINDS],
                "discriminator": {"propertyName": "kind"},
            }
        }
        | {
            kind: {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"const": kind}, "name": {"type": "string"}},
            }
            for kind in KINDS
        }
    },
}


def test_the_last_of_them_is_read(tmp_path: Path) -> None:
    write(DOCUMENT, "fleet_of_many", tmp_path)
    with imported(tmp_path, "fleet_of_many") as package:
        text = f'{{"kind":"{KINDS[-1]}","name":"Emma"}}'.encode()
        models = importlib.import_module("fleet_of_many.models")
        read = package.decode(text, models.Ship)
        assert type(read).__name__ == KINDS[-1]
        assert package.encode(read) == text


@pytest.mark.tools
@pytest.mark.parametrize("command", [MYPY, PYRIGHT], ids=["mypy", "pyright"])
def test_type_checkers_know_all_of_them(command: list[str], tmp_path: Path) -> None:
    write(DOCUMENT, "fleet_of_many", tmp_path)
    head = "from fleet_of_many.models import Kind0, Kind399, Ship"
    right = ["ship: Ship = Kind399(name='Emma')", "first: Ship = Kind0()"]
    assert_typed(command, tmp_path, tmp_path, head, right, ["wrong: Ship = 'Emma'"])
