"""What stands beside a reference is sent and read, over a real socket."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import anyio
import pytest

from tests.made import imported, write
from tests.runtime.calls import KINDS, Kind
from tests.runtime.loopback import Server, http
from tests.typed import MYPY, PYRIGHT, assert_typed

DOG = {
    "$ref": "#/components/schemas/Pet",
    "properties": {
        "tail": {"type": "integer"},
        "born": {"description": "Its birthday."},
    },
    "required": ["tail"],
}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.1",
    "info": {"title": "Kennel", "version": "1"},
    "paths": {
        "/dogs": {
            "post": {
                "operationId": "add",
                "tags": ["dogs"],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": DOG}},
                },
                "responses": {
                    "200": {
                        "description": "The dog.",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "$ref": "#/components/schemas/Pet",
                                    "properties": {"owner": {"type": "string"}},
                                }
                            }
                        },
                    }
                },
            }
        }
    },
    "components": {
        "schemas": {
            "Pet": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string"},
                    "born": {"type": "string", "format": "date"},
                },
            }
        }
    },
}

HEAD = """
import datetime as dt
from kennel import KennelClient
client = KennelClient(base_url="http://localhost")
day = dt.date(2020, 1, 2)
"""

RIGHT = [
    "owner: str | None = client.dogs.add(name='Rex', tail=3).owner",
    "client.dogs.add(name='Rex', tail=3, born=day)",
]

WRONG = [
    "client.dogs.add(name='Rex')",
    "client.dogs.add(tail=3)",
    "client.dogs.add(name='Rex', tail='3')",
    "client.dogs.add(name='Rex', tail=3).tail",
]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("combined")
    write(DOCUMENT, "kennel", folder)
    with imported(folder, "kennel") as found:
        yield found


def added(package: ModuleType, kind: Kind, url: str) -> tuple[str, str]:
    """The name and the owner of a dog that was added."""
    given: dict[str, Any] = {"name": "Rex", "tail": 3, "born": dt.date(2020, 1, 2)}
    if kind == "sync":
        with package.KennelClient(base_url=url) as client:
            found = client.dogs.add(**given)
            return found.name, found.owner

    async def main() -> tuple[str, str]:
        async with package.AsyncKennelClient(base_url=url) as client:
            found = await client.dogs.add(**given)
            return found.name, found.owner

    return anyio.run(main, backend=kind)


@pytest.mark.parametrize("kind", KINDS)
def test_members_of_both_are_sent_and_read(package: ModuleType, kind: Kind) -> None:
    with Server(http(200, b'{"name": "Rex", "owner": "Ada"}')) as server:
        assert added(package, kind, server.url) == ("Rex", "Ada")
    sent = json.loads(server.asked[0].body)
    assert sent == {"name": "Rex", "tail": 3, "born": "2020-01-02"}


@pytest.mark.tools
@pytest.mark.parametrize("command", [MYPY, PYRIGHT], ids=["mypy", "pyright"])
def test_members_of_both_are_typed(command: list[str], tmp_path: Path) -> None:
    write(DOCUMENT, "kennel", tmp_path)
    assert_typed(command, tmp_path, tmp_path, HEAD, RIGHT, WRONG)
