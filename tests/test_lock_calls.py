"""`calque.lock` alone tells a program how to call any operation, whatever its words are."""

from __future__ import annotations

import datetime as dt
import importlib
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from http.cookies import SimpleCookie
from operator import attrgetter
from pathlib import Path
from types import ModuleType
from typing import Literal
from urllib.parse import parse_qsl, unquote
from uuid import UUID

import anyio
import pytest

from calque import lock
from calque.document.node import Json
from tests.made import imported, write
from tests.runtime.loopback import Asked, Server, http

NAME = "told"
TEXT: Json = {"type": "string"}
NAMES = ("class", "self", "options", "filter[name]", "$top", "a-b", "a_b", "ID", "id")
MEMBERS: dict[str, Json] = {
    **dict.fromkeys(("from", "a-b", "a_b", "class", "options", "None", "🚀"), TEXT),
    "kind": {"$ref": "#/components/schemas/list"},
    "inner": {"$ref": "#/components/schemas/Client"},
    "when": {"type": "string", "format": "date-time"},
    "list": {"type": "array", "items": {"type": "string", "format": "uuid"}},
}
OBJECT: Json = {
    "type": "object",
    "required": ["from", "a-b", "kind", "inner"],
    "properties": MEMBERS,
}
BODY: dict[str, Json] = {
    "from": "x",
    "a-b": "y",
    "None": "z",
    "🚀": "up",
    "kind": "b",
    "inner": {"str": 1, "more": {"str": 2}},
    "when": "2024-02-29T12:00:00+01:00",
    "list": ["123e4567-e89b-12d3-a456-426614174000"],
}


def _operation(id_: str | None, parameters: list[Json], body: Json) -> Json:
    sent: dict[str, Json] = {"requestBody": body} if body else {}
    named: dict[str, Json] = {"operationId": id_} if id_ else {}
    done: Json = {"204": {"description": "Done."}}
    return {**named, **sent, "parameters": parameters, "responses": done}


def _parameters(location: str, names: tuple[str, ...]) -> list[Json]:
    required = location == "path"
    return [
        {"name": name, "in": location, "required": required, "schema": TEXT}
        for name in names
    ]


def _body(schema: Json, content_type: str, *, required: bool) -> Json:
    return {"required": required, "content": {content_type: {"schema": schema}}}


THING: Json = {"$ref": "#/components/schemas/Thing"}
DOCUMENT: Json = {
    "openapi": "3.1.1",
    "info": {"title": "Told", "version": "1"},
    "paths": {
        "/a/{class}/{a-b}": {
            "post": _operation(
                "import",
                [
                    *_parameters("path", ("class", "a-b")),
                    *_parameters("query", NAMES),
                    *_parameters("header", ("X-Class", "x_class", "options")),
                    *_parameters("cookie", ("class", "session-id")),
                ],
                _body(THING, "application/json", required=True),
            ),
            "put": _operation(
                None,
                _parameters("path", ("class", "a-b")),
                _body(THING, "application/json", required=False),
            ),
        },
        "/b": {
            "get": _operation("Group_Get-It", _parameters("query", ("🚀",)), None),
            "post": _operation(
                "names",
                [],
                _body(
                    {"type": "object", "properties": dict.fromkeys(NAMES, TEXT)},
                    "application/x-www-form-urlencoded",
                    required=True,
                ),
            ),
        },
    },
    "components": {
        "schemas": {
            "Thing": OBJECT,
            "list": {"type": "string", "enum": ["a", "b"]},
            "Client": {
                "type": "object",
                "required": ["str"],
                "properties": {
                    "str": {"type": "integer"},
                    "more": {"$ref": "#/components/schemas/Client"},
                },
            },
        }
    },
}

Given = Mapping[str, Mapping[str, Json]]
CALLS: dict[str, Given] = {
    "import": {
        "path": {"class": "p/q", "a-b": "r"},
        "query": {name: f"of {name}" for name in NAMES},
        "header": {"X-Class": "1", "x_class": "2", "options": "3"},
        "cookie": {"class": "4", "session-id": "5"},
        "body": BODY,
    },
    "PUT /a/{class}/{a-b}": {
        "path": {"class": "p", "a-b": "r"},
        "body": {"body": BODY},
    },
    "Group_Get-It": {"query": {"🚀": "to the moon"}},
    "names": {"body": {name: f"of {name}" for name in NAMES}},
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp(NAME)
    write(DOCUMENT, NAME, folder)
    with imported(folder, NAME) as found:
        yield found


class Program:
    """Makes calls of a package that it knows by its lock alone."""

    def __init__(self, package: ModuleType) -> None:
        file = Path(str(package.__file__)).parents[1] / lock.FILE
        self._lock = json.loads(file.read_text("utf-8"))
        self._package = package
        models = importlib.import_module(f"{package.__name__}.models")
        self._scope = {"m": models, "dt": dt, "UUID": UUID, "Literal": Literal}

    def call(self, key: str, given: Given, url: str) -> None:
        """Makes a call with values by place and name in the document."""
        with getattr(self._package, self._lock["client"]["name"])(
            base_url=url
        ) as client:
            self._method(client, key)(**self._arguments(key, given))

    async def call_awaited(self, key: str, given: Given, url: str) -> None:
        """The same with the client that awaits."""
        class_ = getattr(self._package, f"Async{self._lock['client']['name']}")
        async with class_(base_url=url) as client:
            await self._method(client, key)(**self._arguments(key, given))

    def _method(self, client: object, key: str) -> Callable[..., Awaitable[None]]:
        found: Callable[..., Awaitable[None]]
        found = attrgetter(self._lock["operations"][key]["call"])(client)
        return found

    def _arguments(self, key: str, given: Given) -> dict[str, object]:
        told = self._lock["operations"][key]["arguments"]
        return {
            told[place][wire]["name"]: self._read(value, told[place][wire]["type"])
            for place, values in given.items()
            for wire, value in values.items()
        }

    def _read(self, value: Json, type_: str) -> object:
        data = json.dumps(value).encode()
        return self._package.decode(data, eval(type_, dict(self._scope)))


def test_the_lock_has_every_operation(package: ModuleType) -> None:
    file = Path(str(package.__file__)).parents[1] / lock.FILE
    told = json.loads(file.read_text("utf-8"))["operations"]
    assert told.keys() == CALLS.keys()
    assert told["names"]["arguments"]["body"].keys() == {*NAMES}
    assert told["import"]["arguments"]["body"].keys() == MEMBERS.keys()


@pytest.mark.parametrize("awaited", [False, True])
@pytest.mark.parametrize("key", CALLS)
def test_an_operation_is_called_by_its_id(
    package: ModuleType, key: str, awaited: bool
) -> None:
    program, given = Program(package), CALLS[key]
    with Server(http(204)) as server:
        if awaited:
            anyio.run(program.call_awaited, key, given, server.url)
        else:
            program.call(key, given, server.url)
    assert _received(server.asked[0], key) == given


def _received(asked: Asked, key: str) -> Given:
    """What a request carries, by place and name in the document."""
    path, _, query = asked.target.partition("?")
    cookies = SimpleCookie(asked.headers.get("cookie", ""))
    found: dict[str, dict[str, Json]] = {
        "query": dict(parse_qsl(query)),
        "cookie": {name: morsel.value for name, morsel in cookies.items()},
    }
    if path.startswith("/a/"):
        found["path"] = dict(
            zip(("class", "a-b"), map(unquote, path.split("/")[2:]), strict=True)
        )
    given = CALLS[key]
    if "header" in given:
        found["header"] = {
            name: asked.headers[name.lower()] for name in given["header"]
        }
    if asked.headers.get("content-type") == "application/json":
        body = json.loads(asked.body)
        found["body"] = {"body": body} if "body" in given["body"] else body
    elif asked.body:
        found["body"] = dict(parse_qsl(asked.body.decode()))
    return {place: values for place, values in found.items() if values}
