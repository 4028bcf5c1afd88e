"""Answers that come in one of several media types: which it is, and what is asked for."""

from __future__ import annotations

import importlib
from types import ModuleType

import pytest

from tests.bodies.shelf import Shelf
from tests.runtime.loopback import Server, http


@pytest.mark.parametrize(
    ("content_type", "body", "value"),
    [
        ("text/csv", b"a,b", "a,b"),
        ("text/csv; charset=iso-8859-1", b"\xfc", "ü"),
        ("image/png", b"\x89PNG", b"\x89PNG"),
        ("IMAGE/JPEG", b"\xff", b"\xff"),
    ],
)
def test_the_content_type_says_what_it_is(
    shelf: Shelf, content_type: str, body: bytes, value: object
) -> None:
    with Server(http(200, body, content_type)) as server:
        answer = shelf.call(server.url, "get_report")
    assert answer.value == value
    assert answer.issues == ()


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "Application/JSON; charset=utf-8", "application/hal+json"],
)
def test_json_is_what_it_is_declared_to_be(shelf: Shelf, content_type: str) -> None:
    meta = importlib.import_module("shelf.models").Meta
    with Server(http(200, b'{"maxAge": 3}', content_type)) as server:
        answer = shelf.call(server.url, "get_report")
    assert answer.value == meta(max_age=3)
    assert answer.issues == ()


@pytest.mark.parametrize("content_type", ["application/xml", None])
def test_an_undeclared_type_is_an_issue(shelf: Shelf, content_type: str | None) -> None:
    with Server(http(200, b'{"maxAge": 3}', content_type)) as server:
        answer = shelf.call(server.url, "get_report")
    (issue,) = answer.issues
    assert f"media type {content_type or '(none)'} is not declared" in issue.message


def test_json_is_preferred(shelf: Shelf) -> None:
    with Server(http(200, b"{}")) as server:
        shelf.call(server.url, "get_report")
    assert server.asked[0].headers["accept"] == (
        "application/json, text/csv;q=0.9, image/*;q=0.9, application/problem+json"
    )


def test_bytes_are_no_json_whatever_is_said(shelf: Shelf) -> None:
    with Server(http(200, b"get-date", "application/json")) as server:
        answer = shelf.call(server.url, "get_script")
        shelf.call(server.url, "put_script", body=b"get-date")
    assert (answer.value, answer.issues) == (b"get-date", ())
    assert server.asked[1].body == b"get-date"
    assert server.asked[1].headers["content-type"] == "application/json"


def test_another_type_can_be_asked_for(shelf: Shelf) -> None:
    with Server(http(200, b"a,b", "text/csv")) as server:
        answer = shelf.call(
            server.url, "get_report", options={"headers": {"Accept": "text/csv"}}
        )
    assert server.asked[0].headers["accept"] == "text/csv"
    assert answer.value == "a,b"


def test_an_error_is_what_it_was(shelf: Shelf, package: ModuleType) -> None:
    with (
        Server(http(404, b'{"owner": "me"}', "application/problem+json")) as server,
        pytest.raises(package.NotFoundError) as caught,
    ):
        shelf.call(server.url, "get_report")
    assert caught.value.error == importlib.import_module("shelf.models").Meta(
        owner="me"
    )
