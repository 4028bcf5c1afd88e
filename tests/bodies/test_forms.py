"""Forms as a server receives them: fields, files, and how each is written."""

from __future__ import annotations

import datetime as dt
import importlib
import io
from pathlib import Path

import pytest

from tests.bodies.shelf import Received, Shelf, parts
from tests.runtime.loopback import Server

PNG = b"\x89PNG\r\n\x1a\n--not-a-boundary\r\n"


def sent(shelf: Shelf, server: Server, **given: object) -> list[Received]:
    """The parts of an album that arrived, less the two that are always there."""
    shelf.call(server.url, "create_album", **{"title": "A", "cover": PNG, **given})
    return [
        part
        for part in parts(server.asked[-1])
        if part.name not in {"title", "kind", "cover"} - given.keys()
    ]


def test_fields_and_a_file(shelf: Shelf, server: Server) -> None:
    shelf.call(server.url, "create_album", title="Käse & 😀", cover=PNG)
    asked = server.asked[0]
    assert asked.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert int(asked.headers["content-length"]) == len(asked.body)
    assert parts(asked) == [
        Received("title", None, None, "Käse & 😀".encode(), {}),
        Received("kind", None, None, b"album", {}),
        Received("cover", "cover", "image/png", PNG, {"x-side": "front"}),
    ]


def test_the_bytes_of_a_form(shelf: Shelf, server: Server) -> None:
    # RFC 7578, section 4, and RFC 2046, section 5.1.1.
    shelf.call(server.url, "send_parts", body={"a": "1", "b": ("x.txt", b"2")})
    asked = server.asked[0]
    boundary = asked.headers["content-type"].partition("boundary=")[2]
    assert (
        asked.body
        == (
            f"--{boundary}\r\n"
            'Content-Disposition: form-data; name="a"\r\n\r\n1\r\n'
            f"--{boundary}\r\n"
            'Content-Disposition: form-data; name="b"; filename="x.txt"\r\n'
            "Content-Type: text/plain\r\n\r\n2\r\n"
            f"--{boundary}--\r\n"
        ).encode()
    )


def test_a_boundary_is_used_once(shelf: Shelf, server: Server) -> None:
    shelf.call(server.url, "send_parts", body={"a": "1"})
    shelf.call(server.url, "send_parts", body={"a": "1"})
    first, second = (asked.headers["content-type"] for asked in server.asked)
    assert first != second


def test_the_ways_to_give_a_file(shelf: Shelf, server: Server, tmp_path: Path) -> None:
    path = tmp_path / "front.jpg"
    path.write_bytes(b"jpeg")
    with path.open("rb") as opened:
        tracks = [
            b"bytes",
            opened,
            io.BytesIO(b"memory"),
            ("name.mp3", b"mpeg"),
            ("name", io.BytesIO(b"typed"), "audio/ogg"),
            ("name", b"headed", "audio/ogg", {"X-Length": "7"}),
        ]
        found = sent(shelf, server, tracks=tracks)
        assert not opened.closed
    octets = "application/octet-stream"
    assert found == [
        Received("tracks", "tracks", octets, b"bytes", {}),
        Received("tracks", "front.jpg", "image/jpeg", b"jpeg", {}),
        Received("tracks", "tracks", octets, b"memory", {}),
        Received("tracks", "name.mp3", "audio/mpeg", b"mpeg", {}),
        Received("tracks", "name", "audio/ogg", b"typed", {}),
        Received("tracks", "name", "audio/ogg", b"headed", {"x-length": "7"}),
    ]


@pytest.mark.parametrize(
    ("file", "content_type"),
    [
        (("a.jpg", b""), "image/jpeg"),
        (("a.gif", b""), "image/png"),
        (("a", b""), "image/png"),
        (("a.gif", b"", "image/gif"), "image/gif"),
    ],
)
def test_the_type_of_a_file_is_one_that_the_description_names(
    shelf: Shelf, server: Server, file: object, content_type: str
) -> None:
    (cover,) = sent(shelf, server, cover=file)
    assert cover.content_type == content_type


def test_members_of_every_type(shelf: Shelf, server: Server) -> None:
    meta = importlib.import_module("shelf.models").Meta
    found = sent(
        shelf,
        server,
        meta=meta(max_age=3),
        metas=[meta(owner="a"), meta(owner="b")],
        tags=["x", "y z"],
        genres=["x", "y z"],
        count=7,
        shared=True,
        made=dt.datetime(2024, 2, 29, 1, 2, 3, tzinfo=dt.UTC),
        stamp=b"\xfb\xff",
        sheet=b"%PDF",
        note="# Title",
    )
    json = "application/json"
    octets = "application/octet-stream"
    assert found == [
        Received("meta", None, "application/vnd.meta+json", b'{"maxAge":3}', {}),
        Received("metas", None, json, b'{"owner":"a"}', {}),
        Received("metas", None, json, b'{"owner":"b"}', {}),
        Received("tags", None, None, b"x", {}),
        Received("tags", None, None, b"y z", {}),
        Received("genres", None, None, b"x,y z", {}),
        Received("count", None, None, b"7", {}),
        Received("shared", None, None, b"true", {}),
        Received("made", None, None, b"2024-02-29T01:02:03Z", {}),
        Received("stamp", None, None, b"+/8=", {}),
        Received("sheet", "sheet", octets, b"%PDF", {}),
        Received("note", None, "text/markdown", b"# Title", {}),
    ]


def test_a_form_of_any_members(shelf: Shelf, server: Server) -> None:
    body = {"n": 1, "none": None, "list": ["a", "b"], "file": b"x", "deep": {"a": [1]}}
    shelf.call(server.url, "send_parts", body=body)
    assert parts(server.asked[0]) == [
        Received("n", None, None, b"1", {}),
        Received("list", None, None, b"a", {}),
        Received("list", None, None, b"b", {}),
        Received("file", "file", "application/octet-stream", b"x", {}),
        Received("deep", None, "application/json", b'{"a":[1]}', {}),
    ]


def test_names_cannot_break_out_of_their_header(shelf: Shelf, server: Server) -> None:
    name = 'a"; x="\r\nX-Evil: 1'
    shelf.call(server.url, "send_parts", body={name: (name, b"1")})
    escaped = "a%22; x=%22%0D%0AX-Evil: 1"
    head = f'form-data; name="{escaped}"; filename="{escaped}"\r\n'
    assert head.encode() in server.asked[0].body


@pytest.mark.parametrize(
    "file",
    [
        ("a", b"1", "text/plain\r\nX-Evil: 1"),
        ("a", b"1", "text/plain", {"X-A": "1\r\nX-Evil: 1"}),
        ("a", b"1", "text/plain", {"X-A: 1\r\nX-Evil": "1"}),
    ],
)
def test_header_fields_cannot_add_others(
    shelf: Shelf, server: Server, file: object
) -> None:
    with pytest.raises(ValueError, match="header"):
        shelf.call(server.url, "create_album", title="A", cover=file)
    assert server.asked == []


@pytest.mark.parametrize("file", ["text", 7, ["text"], io.StringIO("text")])
def test_what_is_no_file_is_refused(shelf: Shelf, server: Server, file: object) -> None:
    with pytest.raises(TypeError, match=r"a file is bytes|binary mode"):
        shelf.call(server.url, "create_album", title="A", cover=file)
    assert server.asked == []


def test_urlencoded_fields(shelf: Shelf, server: Server) -> None:
    meta = importlib.import_module("shelf.models").Meta
    both = meta(max_age=3, owner="a b")
    shelf.call(
        server.url,
        "get_token",
        name="Käse & +~*",
        scopes=["read all", "write"],
        ids=[1, 2],
        claims=both,
        deep=both,
        flat=both,
        path="/a&b",
        on=False,
    )
    asked = server.asked[0]
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked.body.decode() == (
        "name=K%C3%A4se+%26+%2B~%2A&scopes=read+all+write&ids=1&ids=2"
        "&claims=%7B%22maxAge%22%3A3%2C%22owner%22%3A%22a+b%22%7D"
        "&deep%5BmaxAge%5D=3&deep%5Bowner%5D=a+b&maxAge=3&owner=a+b"
        "&path=/a%26b&on=false"
    )


def test_urlencoded_fields_of_any_name(shelf: Shelf, server: Server) -> None:
    shelf.call(server.url, "set_labels", body={"a b": "c=d", "e": ""})
    assert server.asked[0].body == b"a+b=c%3Dd&e="


@pytest.mark.parametrize("method", ["get_token", "send_parts"])
def test_an_optional_form_without_members_is_no_body(
    shelf: Shelf, server: Server, method: str
) -> None:
    shelf.call(server.url, method)
    assert "content-type" not in server.asked[0].headers
    assert server.asked[0].body == b""
