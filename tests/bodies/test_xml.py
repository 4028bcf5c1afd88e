"""XML bodies: what is sent for a model, what is read of an answer, what is refused."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Iterator
from types import ModuleType

import pytest

from calque.document.node import Json
from tests.bodies.shelf import Shelf
from tests.made import imported, write
from tests.runtime.loopback import Server, http

XML = "application/xml"
_STRING: Json = {"type": "string"}
_PET: Json = {"$ref": "#/components/schemas/Pet"}
_SHAPE: Json = {"$ref": "#/components/schemas/Shape"}
_NS = "https://pets.example/"

_SCHEMAS: dict[str, Json] = {
    "Pet": {
        "type": "object",
        "required": ["id", "name"],
        "xml": {"name": "pet", "namespace": _NS, "prefix": "p"},
        "properties": {
            "id": {"type": "integer", "xml": {"attribute": True}},
            "name": _STRING,
            "made": {"type": "string", "format": "date", "readOnly": True},
            "born": {"type": "string", "format": "date", "xml": {"name": "bornAt"}},
            "urls": {
                "type": "array",
                "items": {"type": "string", "xml": {"name": "url"}},
                "xml": {"wrapped": True},
            },
            "tags": {"type": "array", "items": {"$ref": "#/components/schemas/Tag"}},
            "owner": {"type": ["string", "null"]},
            "colour": {"type": "string", "enum": ["red", "blue"]},
            "alive": {"type": "boolean"},
            "best": {"$ref": "#/components/schemas/Pet", "xml": {"name": "best"}},
            "seen": {"type": "string", "format": "unixtime"},
            "fed": {"type": "string", "format": "date-time"},
        },
    },
    "Tag": {
        "type": "object",
        "xml": {"name": "tag"},
        "properties": {
            "value": {"type": "string", "xml": {"nodeType": "text"}},
            "weight": {"type": "number", "xml": {"attribute": True, "name": "w"}},
        },
    },
    "Shape": {
        "oneOf": [
            {"$ref": "#/components/schemas/Circle"},
            {"$ref": "#/components/schemas/Square"},
        ],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {"c": "#/components/schemas/Circle"},
        },
    },
    "Circle": {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": _STRING, "radius": {"type": "integer"}},
    },
    "Square": {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": _STRING, "side": {"type": "integer"}},
    },
    "Either": {
        "anyOf": [
            {
                "type": "object",
                "title": "Near",
                "required": ["near"],
                "properties": {"near": {"type": "integer"}},
            },
            {
                "type": "object",
                "title": "Far",
                "required": ["far"],
                "properties": {"far": {"type": "integer"}},
            },
        ]
    },
    "Bag": {
        "type": "object",
        "properties": {"name": _STRING},
        "additionalProperties": {"type": "integer"},
    },
    "Fault": {"type": "object", "properties": {"code": _STRING}},
}


def _operations(name: str, schema: Json) -> Json:
    content: Json = {XML: {"schema": schema}}
    fault: Json = {XML: {"schema": {"$ref": "#/components/schemas/Fault"}}}
    return {
        "put": {
            "operationId": f"put{name}",
            "tags": ["media"],
            "requestBody": {"content": content},
            "responses": {"204": {"description": "Kept."}},
        },
        "get": {
            "operationId": f"get{name}",
            "tags": ["media"],
            "responses": {
                "200": {"description": "It.", "content": content},
                "default": {"description": "Wrong.", "content": fault},
            },
        },
    }


_BODIES: dict[str, Json] = {
    "Pet": _PET,
    "Pets": {"type": "array", "items": _PET, "xml": {"name": "pets"}},
    "Shape": _SHAPE,
    "Either": {"$ref": "#/components/schemas/Either"},
    "Bag": {"$ref": "#/components/schemas/Bag"},
}
DOCUMENT: Json = {
    "openapi": "3.2.0",
    "info": {"title": "Shelf", "version": "1.0.0"},
    "servers": [{"url": "https://shelf.example"}],
    "paths": {f"/{name}": _operations(name, s) for name, s in _BODIES.items()},
    "components": {"schemas": _SCHEMAS},
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("xml")
    write(DOCUMENT, "shelf", folder)
    with imported(folder, "shelf") as found:
        yield found


@pytest.fixture
def models(package: ModuleType) -> ModuleType:
    return importlib.import_module(f"{package.__name__}.models")


_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_REX = (
    f'<p:pet xmlns:p="{_NS}" id="7"><name>Rex &amp; Co</name>'
    "<bornAt>2024-02-29</bornAt><urls><url>a</url><url>b</url></urls>"
    '<tag w="0.5">good</tag><tag>old</tag>'
    '<owner xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>'
    "<colour>red</colour><alive>true</alive>"
    f'<p:best xmlns:p="{_NS}" id="8"><name>Ann</name></p:best></p:pet>'
)


def _rex(models: ModuleType) -> object:
    rex: object = models.Pet(
        id=7,
        name="Rex & Co",
        born=dt.date(2024, 2, 29),
        urls=["a", "b"],
        tags=[models.Tag(value="good", weight=0.5), models.Tag(value="old")],
        owner=None,
        colour="red",
        alive=True,
        best=models.Pet(id=8, name="Ann"),
    )
    return rex


def test_a_model_is_written_by_its_names(
    shelf: Shelf, server: Server, models: ModuleType
) -> None:
    shelf.call(server.url, "put_pet", body=_rex(models))
    (asked,) = server.asked
    assert asked.headers["content-type"] == XML
    assert asked.body.decode() == _HEAD + _REX


def test_what_was_written_is_read(shelf: Shelf, models: ModuleType) -> None:
    with Server(http(200, (_HEAD + _REX).encode(), XML)) as server:
        answer = shelf.call(server.url, "get_pet")
    assert answer.issues == ()
    assert answer.value == _rex(models)
    assert server.asked[0].headers["accept"] == XML


@pytest.mark.parametrize(
    "text", ["2024-02-29T12:00:00Z", "2024-02-29T12:00:00.5+01:00"]
)
def test_a_date_time_is_read_and_written_as_it_was(
    shelf: Shelf, server: Server, text: str
) -> None:
    pet = f'<pet id="7"><name>Rex</name><fed>{text}</fed></pet>'
    with Server(http(200, pet.encode(), XML)) as other:
        answer = shelf.call(other.url, "get_pet")
    assert answer.issues == ()
    assert isinstance(getattr(answer.value, "fed", None), dt.datetime)
    shelf.call(server.url, "put_pet", body=answer.value)
    assert f"<fed>{text}</fed>".encode() in server.asked[0].body


def test_prefixes_are_whosoevers(shelf: Shelf) -> None:
    text = f'<q:pet xmlns:q="{_NS}" id="7"><q:name>Rex</q:name></q:pet>'
    with Server(http(200, text.encode(), XML)) as server:
        answer = shelf.call(server.url, "get_pet")
    assert (getattr(answer.value, "name", None), answer.issues) == ("Rex", ())


def test_what_only_the_service_sets_is_not_sent_back(
    shelf: Shelf, server: Server
) -> None:
    text = b'<pet id="7"><name>Rex</name><made>2024-02-29</made></pet>'
    with Server(http(200, text, XML)) as other:
        pet = shelf.call(other.url, "get_pet").value
    shelf.call(server.url, "put_pet", body=pet)
    assert b"made" not in server.asked[0].body


def test_an_array_is_an_element_around_its_items(
    shelf: Shelf, server: Server, models: ModuleType
) -> None:
    pets = [models.Pet(id=1, name="A"), models.Pet(id=2, name="B")]
    shelf.call(server.url, "put_pets", body=pets)
    text = server.asked[0].body
    assert text.decode() == (
        f'{_HEAD}<pets><p:pet xmlns:p="{_NS}" id="1"><name>A</name></p:pet>'
        f'<p:pet xmlns:p="{_NS}" id="2"><name>B</name></p:pet></pets>'
    )
    with Server(http(200, text, XML), http(200, b"<pets/>", XML)) as other:
        answer = shelf.call(other.url, "get_pets")
        assert (answer.value, answer.issues) == (pets, ())
        assert shelf.call(other.url, "get_pets").value == []


@pytest.mark.parametrize(
    ("method", "class_", "given", "text"),
    [
        ("shape", "Circle", {"radius": 3}, "<kind>c</kind><radius>3</radius>"),
        ("shape", "Square", {"side": 3}, "<kind>Square</kind><side>3</side>"),
        ("either", "EitherNear", {"near": 1}, "<near>1</near>"),
        ("either", "EitherFar", {"far": 1}, "<far>1</far>"),
        (
            "bag",
            "Bag",
            {"name": "n", "additional_properties": {"a": 1}},
            "<name>n</name><a>1</a>",
        ),
    ],
)
def test_variants_and_undeclared_members(
    shelf: Shelf,
    server: Server,
    models: ModuleType,
    method: str,
    class_: str,
    given: dict[str, object],
    text: str,
) -> None:
    value = getattr(models, class_)(**given)
    shelf.call(server.url, f"put_{method}", body=value)
    root = method.capitalize()
    assert server.asked[0].body.decode() == f"{_HEAD}<{root}>{text}</{root}>"
    with Server(http(200, server.asked[0].body, XML)) as other:
        answer = shelf.call(other.url, f"get_{method}")
    assert (answer.value, answer.issues) == (value, ())


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("<pet><name>Rex</name></pet>", ["$.id"]),
        ('<pet id="x"><name>Rex</name></pet>', ["$.id"]),
        ('<pet id="1"><name>Rex</name><alive>yes</alive></pet>', ["$.alive"]),
        ('<pet id="1"><name>Rex</name><colour>green</colour></pet>', ["$.colour"]),
        ('<pet id="1"><name>Rex</name><tag w="much"/></pet>', ["$.tags[0].weight"]),
        ('<pet id="1"><name>Rex</name><best/></pet>', ["$.best.id", "$.best.name"]),
    ],
)
def test_deviations_are_issues(shelf: Shelf, text: str, places: list[str]) -> None:
    with Server(http(200, text.encode(), XML)) as server:
        answer = shelf.call(server.url, "get_pet")
    assert [issue.path for issue in answer.issues] == places


_BOMB = (
    '<!DOCTYPE pet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><pet id="1"><name>&c;</name></pet>'
)
_FILE = (
    '<!DOCTYPE pet [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    '<pet id="1"><name>&a;</name></pet>'
)
_ELSEWHERE = '<!DOCTYPE pet SYSTEM "http://127.0.0.1:1/pet.dtd"><pet id="1"/>'
_DEEP = "<a>" * 100_000 + "</a>" * 100_000


@pytest.mark.parametrize(
    "text", [_BOMB, _FILE, _ELSEWHERE, _DEEP, "<pet>", "no XML", "&a;", "\x00"]
)
def test_what_is_harmful_or_no_xml_is_refused(
    shelf: Shelf, package: ModuleType, text: str
) -> None:
    with (
        Server(http(200, text.encode(), XML)) as server,
        pytest.raises(package.ResponseDecodeError, match="cannot be read as XML"),
    ):
        shelf.call(server.url, "get_pet")


def test_an_error_has_its_body(shelf: Shelf, package: ModuleType) -> None:
    body = b"<Fault><code>gone</code></Fault>"
    with (
        Server(http(404, body, XML)) as server,
        pytest.raises(package.NotFoundError) as caught,
    ):
        shelf.call(server.url, "get_pet")
    assert caught.value.error.code == "gone"


def test_an_empty_answer_is_none_and_an_issue(shelf: Shelf) -> None:
    with Server(http(200)) as server:
        answer = shelf.call(server.url, "get_pet")
    messages = [issue.message for issue in answer.issues]
    assert (answer.value, messages) == (None, ["the body is empty"])
