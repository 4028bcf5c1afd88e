"""A body in one of several media types: what is sent for each, and what checkers allow."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from calque.document.node import Json
from tests.bodies.shelf import Shelf, parts
from tests.made import imported, write
from tests.runtime.loopback import Server
from tests.typed import MYPY, PYRIGHT, assert_typed

_STRING: Json = {"type": "string"}
_PET: Json = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": _STRING, "bornAt": {"type": "string", "format": "date"}},
}
_FORM: Json = {
    "type": "object",
    "required": ["petName"],
    "properties": {"petName": _STRING, "tags": {"type": "array", "items": _STRING}},
}
_FILES: Json = {
    "type": "object",
    "required": ["photo"],
    "properties": {"photo": {"type": "string", "format": "binary"}},
}
_PATCHES = ("application/json-patch+json", "application/strategic-merge-patch+json")


def _operation(name: str, content: dict[str, Json], **more: Json) -> Json:
    return {
        "operationId": name,
        "tags": ["media"],
        "requestBody": {"required": True, "content": content},
        "responses": {"204": {"description": "Kept."}},
        **more,
    }


DOCUMENT: Json = {
    "openapi": "3.1.1",
    "info": {"title": "Shelf", "version": "1.0.0"},
    "servers": [{"url": "https://shelf.example"}],
    "paths": {
        "/pets/{id}": {
            "put": _operation(
                "putPet",
                {
                    "text/csv": {"schema": _STRING},
                    "application/json": {"schema": {"$ref": "#/components/schemas/P"}},
                    "application/octet-stream": {},
                    "multipart/form-data": {"schema": _FILES},
                    "application/x-www-form-urlencoded": {"schema": _FORM},
                    "application/vnd.v2+json": {"schema": _FORM},
                    "image/*": {},
                },
                parameters=[
                    {"name": "id", "in": "path", "required": True, "schema": _STRING},
                    {"name": "dry", "in": "query", "schema": {"type": "boolean"}},
                ],
            )
        },
        "/notes": {
            "patch": _operation(
                "changeNotes",
                {media: {"schema": {"type": "object"}} for media in _PATCHES},
            )
        },
    },
    "components": {"schemas": {"P": _PET}},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms")
    write(DOCUMENT, "shelf", folder)
    return folder


@pytest.fixture(scope="module")
def package(folder: Path) -> Iterator[ModuleType]:
    with imported(folder, "shelf") as found:
        yield found


@pytest.mark.parametrize(
    ("given", "media_type", "sent"),
    [
        ({"name": "Rex"}, "application/json", b'{"name":"Rex"}'),
        (
            {"name": "Rex", "content_type": "application/json"},
            "application/json",
            b'{"name":"Rex"}',
        ),
        ({"body": "a,b", "content_type": "text/csv"}, "text/csv", b"a,b"),
        (
            {"body": b"\x00", "content_type": "application/octet-stream"},
            "application/octet-stream",
            b"\x00",
        ),
        (
            {"body": io.BytesIO(b"PNG"), "content_type": "image/png"},
            "image/png",
            b"PNG",
        ),
        (
            {
                "pet_name": "R",
                "tags": ["a", "b"],
                "content_type": "application/x-www-form-urlencoded",
            },
            "application/x-www-form-urlencoded",
            b"petName=R&tags=a&tags=b",
        ),
        (
            {"pet_name": "R", "content_type": "application/vnd.v2+json"},
            "application/vnd.v2+json",
            b'{"petName":"R"}',
        ),
    ],
)
def test_the_media_type_says_how_the_body_is_written(
    shelf: Shelf,
    server: Server,
    given: dict[str, object],
    media_type: str,
    sent: bytes,
) -> None:
    if isinstance(file := given.get("body"), io.BytesIO):
        file.seek(0)
    shelf.call(server.url, "put_pet", id="7", dry=True, **given)
    (asked,) = server.asked
    assert asked.target == "/pets/7?dry=true"
    assert asked.headers["content-type"] == media_type
    assert asked.body == sent


def test_files_go_in_a_form(shelf: Shelf, server: Server) -> None:
    shelf.call(
        server.url,
        "put_pet",
        id="7",
        photo=("rex.png", b"PNG"),
        content_type="multipart/form-data",
    )
    (part,) = parts(server.asked[0])
    assert (part.name, part.filename, part.content) == ("photo", "rex.png", b"PNG")


@pytest.mark.parametrize("media_type", _PATCHES)
def test_forms_that_are_asked_for_alike_are_one_signature(
    shelf: Shelf, server: Server, media_type: str
) -> None:
    shelf.call(server.url, "change_notes", body={"a": None}, content_type=media_type)
    assert server.asked[0].headers["content-type"] == media_type
    assert json.loads(server.asked[0].body) == {"a": None}


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ({}, TypeError, "'name'"),
        ({"nmae": "Rex", "name": "R"}, TypeError, "'nmae'"),
        ({"body": "a", "content_type": "application/json"}, TypeError, "'body'"),
        ({"name": "R", "content_type": "text/csv"}, TypeError, "'name'"),
        ({"body": "a", "content_type": "text/html"}, ValueError, "text/csv"),
    ],
)
def test_what_belongs_to_no_form_is_refused(
    shelf: Shelf,
    server: Server,
    given: dict[str, object],
    error: type[Exception],
    words: str,
) -> None:
    with pytest.raises(error, match=words):
        shelf.call(server.url, "put_pet", id="7", **given)
    assert server.asked == []


_HEAD = """
from collections.abc import AsyncIterator
from shelf import AsyncShelfClient, Response, ShelfClient
client = ShelfClient()
aclient = AsyncShelfClient()
put_pet = client.media.put_pet
change_notes = client.media.change_notes
async def chunks() -> AsyncIterator[bytes]: yield b""
""".strip()

_RIGHT = [
    "put_pet('7', name='Rex')",
    "put_pet('7', name='Rex', content_type='application/json', dry=True)",
    "put_pet('7', body='a', content_type='text/csv')",
    "put_pet('7', body=b'a', content_type='application/octet-stream')",
    "put_pet('7', body=open('a', 'rb'), content_type='image/png')",
    "put_pet('7', photo=b'a', content_type='multipart/form-data')",
    "put_pet('7', pet_name='R', content_type='application/vnd.v2+json')",
    "answer: Response[None] = client.with_response(put_pet)('7', name='Rex')",
    "client.with_response(put_pet)('7', body='a', content_type='text/csv')",
    "change_notes(body={}, content_type='application/json-patch+json')",
    "async def f() -> None: await aclient.media.put_pet('7', name='Rex')",
    "async def g() -> None: await aclient.media.put_pet('7', body=chunks(), content_type='image/png')",
]
_WRONG = [
    "put_pet('7')",
    "put_pet('7', body='a')",
    "put_pet('7', name='Rex', content_type='text/csv')",
    "put_pet('7', body='a', content_type='multipart/form-data', photo=b'')",
    "put_pet('7', name=3)",
    "put_pet('7', name='Rex', nmae='Rex')",
    "put_pet('7', body=chunks(), content_type='application/octet-stream')",
    "change_notes(body={}, content_type='application/json')",
    "async def h() -> None: await aclient.media.put_pet('7', body='a')",
]


@pytest.mark.tools
@pytest.mark.parametrize("command", [MYPY, PYRIGHT], ids=["mypy", "pyright"])
def test_checkers_know_the_forms(
    folder: Path, tmp_path: Path, command: list[str]
) -> None:
    assert_typed(command, tmp_path, folder, _HEAD, _RIGHT, _WRONG)
