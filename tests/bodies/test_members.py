"""Members of bodies as they travel: read-only, write-only, null, absent; and empty bodies."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from types import ModuleType

import pytest
from _runtime.models import UNSET

from calque.document.node import Json
from tests.bodies.shelf import Shelf
from tests.made import imported, write
from tests.runtime.loopback import Server, http

_STRING: dict[str, Json] = {"type": "string"}
_NULLABLE: dict[str, Json] = {"type": ["string", "null"]}
_USER: Json = {"$ref": "#/components/schemas/User"}
_MARKED: Json = {
    "type": "object",
    "required": ["id", "name", "password"],
    "properties": {
        "id": {**_STRING, "readOnly": True},
        "madeAt": {"type": "string", "format": "date-time", "readOnly": True},
        "goneAt": {**_NULLABLE, "readOnly": True},
        "name": _STRING,
        "password": {**_STRING, "writeOnly": True},
        "friend": _USER,
    },
}
_GROUP: Json = {
    "type": "object",
    "properties": {"id": {**_STRING, "readOnly": True}, "head": _USER},
    "additionalProperties": _USER,
}
_FOUR: Json = {
    "type": "object",
    "required": ["r", "rn"],
    "properties": {"r": _STRING, "rn": _NULLABLE, "o": _STRING, "on": _NULLABLE},
}


def _operation(
    name: str, schema: Json, media: str = "application/json", **more: Json
) -> Json:
    body: Json = {"required": True, "content": {media: {"schema": schema}}}
    return {
        "operationId": name,
        "tags": ["media"],
        "requestBody": body,
        "responses": {"204": {"description": "Done."}},
        **more,
    }


def _answer(name: str, schema: Json) -> dict[str, Json]:
    content: Json = {"application/json": {"schema": schema}}
    return {
        "operationId": name,
        "tags": ["media"],
        "responses": {"200": {"description": "It.", "content": content}},
    }


def _shape(name: str) -> Json:
    properties: Json = {"kind": _STRING, name: {"type": "number"}}
    return {"type": "object", "required": ["kind"], "properties": properties}


_RATIOS: Json = {"type": "array", "items": {"type": ["number", "null"]}}
_OPTIONAL: Json = {"content": {"application/json": {"schema": _NULLABLE}}}
_PARAMETERS: Json = [
    {"name": "q", "in": "query", "schema": _NULLABLE},
    {"name": "h", "in": "header", "schema": _NULLABLE},
    {"name": "c", "in": "cookie", "schema": _NULLABLE},
]

DOCUMENT: Json = {
    "openapi": "3.1.1",
    "info": {"title": "Shelf", "version": "1.0.0"},
    "servers": [{"url": "https://shelf.example"}],
    "paths": {
        "/user": {
            "get": _answer("getUser", _USER),
            "post": _operation("addUser", _USER),
            "patch": _operation("changeUser", _USER, "application/merge-patch+json"),
        },
        "/users": {"put": _operation("setUsers", {"type": "array", "items": _USER})},
        "/group": {
            "put": _operation("setGroup", {"$ref": "#/components/schemas/Group"})
        },
        "/either": {
            "put": _operation(
                "setEither",
                {"anyOf": [_USER, {"$ref": "#/components/schemas/Four"}]},
            )
        },
        "/four": {
            "post": _operation("addFour", {"$ref": "#/components/schemas/Four"}),
            "get": _answer("getFour", {"$ref": "#/components/schemas/Four"}),
        },
        "/shape": {
            "get": _answer("getShape", {"$ref": "#/components/schemas/Shape"}),
            "put": _operation("putShape", {"$ref": "#/components/schemas/Shape"}),
        },
        "/ratios": {"put": _operation("putRatios", _RATIOS)},
        "/form": {
            "post": _operation("sendForm", _FOUR, "application/x-www-form-urlencoded")
        },
        "/required": {"put": _operation("putRequired", _NULLABLE)},
        "/optional": {
            "put": _operation("putOptional", {}, requestBody=_OPTIONAL),
            "get": {
                **_answer("getOptional", _NULLABLE),
                "parameters": _PARAMETERS,
            },
        },
    },
    "components": {
        "schemas": {
            "User": _MARKED,
            "Group": _GROUP,
            "Four": _FOUR,
            "Shape": {
                "oneOf": [
                    {"$ref": "#/components/schemas/Circle"},
                    {"$ref": "#/components/schemas/Square"},
                ],
                "discriminator": {
                    "propertyName": "kind",
                    "mapping": {"circle": "#/components/schemas/Circle"},
                },
            },
            "Circle": _shape("radius"),
            "Square": _shape("side"),
        }
    },
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("members")
    write(DOCUMENT, "shelf", folder)
    with imported(folder, "shelf") as found:
        yield found


@pytest.fixture
def models(package: ModuleType) -> ModuleType:
    return importlib.import_module(f"{package.__name__}.models")


_READ = (
    b'{"id": "1", "madeAt": "2026-03-01T12:00:00Z", "goneAt": null, "name": "Ann",'
    b' "friend": {"id": "2", "name": "Bob"}}'
)
_SENT = {"name": "Ann", "friend": {"name": "Bob"}}


def _body(server: Server) -> object:
    found: object = json.loads(server.asked[-1].body)
    return found


def test_a_reader_has_what_the_service_sets_and_no_more(
    shelf: Shelf, models: ModuleType
) -> None:
    with Server(http(200, _READ)) as server:
        answer = shelf.call(server.url, "get_user")
    assert isinstance(answer.value, models.User)
    names = ("id", "gone_at", "password")
    assert [getattr(answer.value, name) for name in names] == ["1", None, UNSET]
    assert answer.issues == ()


def test_a_reader_is_told_of_a_read_only_member_that_is_missing(shelf: Shelf) -> None:
    with Server(http(200, b'{"name": "Ann"}')) as server:
        answer = shelf.call(server.url, "get_user")
    assert [issue.path for issue in answer.issues] == ["$.id"]


def test_a_sender_gives_what_only_it_has(models: ModuleType) -> None:
    with pytest.raises(TypeError, match="'password'"):
        models.User(name="Ann")
    assert models.User(name="Ann", password="x").password == "x"


def test_what_was_read_is_sent_without_what_the_service_sets(
    shelf: Shelf, server: Server, package: ModuleType, models: ModuleType
) -> None:
    user = package.decode(_READ, models.User)
    shelf.call(server.url, "set_users", body=[user, user])
    assert _body(server) == [_SENT, _SENT]
    assert package.to_builtins(user) == json.loads(_READ)


def test_it_is_taken_out_wherever_it_stands(
    shelf: Shelf, server: Server, package: ModuleType, models: ModuleType
) -> None:
    user = package.decode(_READ, models.User)
    shelf.call(server.url, "add_user", name="Cid", password="x", friend=user)
    assert _body(server) == {"name": "Cid", "password": "x", "friend": _SENT}
    group = package.decode(
        b'{"id": "7", "head": %s, "b": %s}' % (_READ, _READ), models.Group
    )
    shelf.call(server.url, "set_group", body=group)
    assert _body(server) == {"head": _SENT, "b": _SENT}
    shelf.call(server.url, "set_either", body=user)
    assert _body(server) == _SENT
    assert group.id == "7"


def test_what_was_null_against_the_description_is_not_sent_either(
    shelf: Shelf, server: Server
) -> None:
    odd = b'{"id": "1", "name": "Ann", "madeAt": null, "friend": null}'
    with Server(http(200, odd)) as other:
        user = shelf.call(other.url, "get_user").value
    shelf.call(server.url, "set_users", body=[user])
    assert _body(server) == [{"name": "Ann", "friend": None}]


def test_null_removes_in_a_merge_patch(
    shelf: Shelf, server: Server, models: ModuleType
) -> None:
    shelf.call(
        server.url,
        "change_user",
        name="Ann",
        password="x",
        friend=None,
    )
    assert _body(server) == {"name": "Ann", "password": "x", "friend": None}
    assert "id" not in models.UserPatch.__struct_fields__


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({"r": "a", "rn": "b", "o": "c", "on": "d"}, None),
        ({"r": "a", "rn": None, "on": None}, {"r": "a", "rn": None, "on": None}),
        ({"r": "a", "rn": None, "o": None}, {"r": "a", "rn": None}),
        ({"r": "a", "rn": None, "on": UNSET}, {"r": "a", "rn": None}),
    ],
)
def test_null_and_absence_of_members(
    shelf: Shelf,
    server: Server,
    given: dict[str, object],
    sent: dict[str, object] | None,
) -> None:
    expected = given if sent is None else sent
    shelf.call(server.url, "add_four", **given)
    assert _body(server) == expected
    with Server(http(200, json.dumps(expected).encode())) as other:
        answer = shelf.call(other.url, "get_four")
    assert answer.issues == ()
    assert [getattr(answer.value, name) for name in ("rn", "o", "on")] == [
        expected["rn"],
        expected.get("o"),
        expected.get("on", UNSET),
    ]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (b'{"r": null, "rn": "b"}', ["$.r"]),
        (b'{"r": "a"}', ["$.rn"]),
        (b'{"r": "a", "rn": null, "o": null}', ["$.o"]),
        (b"{}", ["$.r", "$.rn"]),
    ],
)
def test_null_and_absence_against_the_description_are_issues(
    shelf: Shelf, package: ModuleType, text: bytes, places: list[str]
) -> None:
    with Server(http(200, text)) as server:
        answer = shelf.call(server.url, "get_four")
    assert [issue.path for issue in answer.issues] == places
    assert package.to_builtins(answer.value) == json.loads(text)


@pytest.mark.parametrize(
    ("method", "given", "sent"),
    [
        ("put_required", {"body": None}, b"null"),
        ("put_required", {"body": "a"}, b'"a"'),
        ("put_optional", {}, b""),
        ("put_optional", {"body": UNSET}, b""),
        ("put_optional", {"body": None}, b"null"),
        ("send_form", {"r": "a", "o": None}, b"r=a"),
        ("send_form", {"r": "a", "rn": "b", "on": "c"}, b"r=a&rn=b&on=c"),
    ],
)
def test_null_and_absence_of_bodies(
    shelf: Shelf, server: Server, method: str, given: dict[str, object], sent: bytes
) -> None:
    shelf.call(server.url, method, **given)
    assert server.asked[0].body == sent


def test_a_parameter_has_no_null(shelf: Shelf) -> None:
    with Server(http(200, b"null")) as server:
        answer = shelf.call(server.url, "get_optional", q=None, h=None, c=None)
    assert (answer.value, answer.issues) == (None, ())
    (asked,) = server.asked
    assert asked.target == "/optional"
    assert {"h", "cookie"} & asked.headers.keys() == set()


@pytest.mark.parametrize("method", ["get_user", "get_optional"])
def test_an_empty_body_is_none_and_an_issue(shelf: Shelf, method: str) -> None:
    with Server(http(200)) as server:
        answer = shelf.call(server.url, method)
    messages = [issue.message for issue in answer.issues]
    assert (answer.value, messages) == (None, ["the body is empty"])


def test_an_empty_body_is_an_error_where_answers_are_held_to_their_types(
    package: ModuleType,
) -> None:
    with (
        Server(http(200)) as server,
        package.ShelfClient(base_url=server.url, strict_responses=True) as client,
        pytest.raises(package.ResponseDecodeError, match="the body is empty"),
    ):
        client.media.get_user()


def test_a_variant_knows_its_own_value_of_the_discriminator(
    shelf: Shelf, server: Server, models: ModuleType
) -> None:
    shelf.call(server.url, "put_shape", body=models.Circle(radius=1.5))
    assert _body(server) == {"kind": "circle", "radius": 1.5}
    shelf.call(server.url, "put_shape", body=models.Square(side=2))
    assert _body(server) == {"kind": "Square", "side": 2}


def test_a_variant_that_nobody_told_of_is_no_issue_where_there_is_room(
    shelf: Shelf, package: ModuleType
) -> None:
    with Server(http(200, b'{"kind": "star", "points": 5}')) as server:
        answer = shelf.call(server.url, "get_shape")
    assert answer.value == package.UnknownVariant({"kind": "star", "points": 5})
    assert answer.issues == ()
    with Server(http(200, b'{"points": 5}')) as server:
        answer = shelf.call(server.url, "get_shape")
    assert len(answer.issues) == 1


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_refused(
    shelf: Shelf, server: Server, models: ModuleType, number: float
) -> None:
    with pytest.raises(ValueError, match=r"\$\[1\]: -?(nan|inf) is no number"):
        shelf.call(server.url, "put_ratios", body=[None, number])
    with pytest.raises(ValueError, match=r"\$\.radius"):
        shelf.call(server.url, "put_shape", body=models.Circle(radius=number))
    assert server.asked == []
    shelf.call(server.url, "put_ratios", body=[None, 1.5])
    assert _body(server) == [None, 1.5]
