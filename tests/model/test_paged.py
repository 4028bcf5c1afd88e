"""Which operations answer with pages: as their document tells, and as `calque.toml` does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from calque import config
from calque.config import Config, ConfigError
from calque.document.node import Json
from calque.model.pages import with_pages
from calque.model.paging import (
    Cursor,
    Following,
    LinkHeader,
    NextLink,
    Offset,
    PageNumber,
    Paging,
    Sent,
)
from calque.model.types import Kind, Scalar
from calque.page_settings import PageSetting
from calque.pipeline import Result, understand

TEXT: Json = {"type": "string"}
NUMBER: Json = {"type": "integer"}
FLAG: Json = {"type": "boolean"}
LIST: Json = {"type": "array", "items": TEXT}


def object_(**members: Json) -> Json:
    return {"type": "object", "properties": members}


def read(
    folder: Path,
    schema: Json,
    parameters: dict[str, Json],
    method: str = "get",
    said: dict[str, Json] | None = None,
) -> Result:
    """An operation that takes parameters of these schemas, and answers with this one."""
    listed: Json = [
        {"in": "query", "name": n, "schema": s} for n, s in parameters.items()
    ]
    response: Json = {
        "description": "A page.",
        "content": {"application/json": {"schema": schema}},
    }
    operation: dict[str, Json] = {
        "operationId": "list",
        "parameters": listed,
        "responses": {"200": response},
        **(said or {}),
    }
    document: Json = {
        "openapi": "3.1.1",
        "info": {"title": "T", "version": "1"},
        "paths": {"/pets": {method: operation}},
    }
    path = folder / "openapi.json"
    path.write_text(json.dumps(document))
    return understand(path)


def paging(result: Result, settings: Config | None = None) -> Paging | None:
    assert result.value is not None
    api = with_pages(result.value, settings or Config())
    return api.operations[0].paging


def query(name: str) -> Sent:
    return Sent(name=name, location="query")


@pytest.mark.parametrize(
    ("schema", "parameters", "items", "following"),
    [
        (
            object_(value=LIST, nextLink=TEXT),
            {},
            ("value",),
            NextLink(path=("nextLink",)),
        ),
        (
            object_(a=LIST, count=NUMBER, next=TEXT, previous=TEXT),
            {"page": NUMBER},
            ("a",),
            NextLink(path=("next",)),
        ),
        (
            object_(data=LIST, links=object_(next=TEXT)),
            {},
            ("data",),
            NextLink(path=("links", "next")),
        ),
        (
            object_(_embedded=object_(a=LIST), _links=object_(next=object_(href=TEXT))),
            {},
            ("_embedded", "a"),
            NextLink(path=("_links", "next", "href")),
        ),
        (
            object_(items=LIST, other=LIST, nextPageToken=TEXT),
            {"page_token": TEXT},
            ("items",),
            Cursor(path=("nextPageToken",), sent=query("page_token")),
        ),
        (
            object_(items=LIST, pageInfo=object_(endCursor=TEXT, hasNextPage=FLAG)),
            {"after": TEXT},
            ("items",),
            Cursor(
                path=("pageInfo", "endCursor"),
                sent=query("after"),
                more=("pageInfo", "hasNextPage"),
            ),
        ),
        (
            object_(items=LIST, next_page=NUMBER),
            {"page": NUMBER},
            ("items",),
            Cursor(path=("next_page",), sent=query("page")),
        ),
        (
            object_(data=LIST, total_pages=NUMBER),
            {"page[number]": {"type": "integer", "default": 1}, "page[size]": NUMBER},
            ("data",),
            PageNumber(sent=query("page[number]"), first=1, total=("total_pages",)),
        ),
        (LIST, {"$skip": NUMBER, "$top": NUMBER}, (), Offset(sent=query("$skip"))),
    ],
)
def test_what_is_recognised(
    tmp_path: Path,
    schema: Json,
    parameters: dict[str, Json],
    items: tuple[str, ...],
    following: Following,
) -> None:
    found = paging(read(tmp_path, schema, parameters))
    assert found == Paging(items=items, item=Scalar(Kind.STRING), following=following)


@pytest.mark.parametrize(
    ("schema", "parameters"),
    [
        pytest.param(object_(items=LIST, next=TEXT), {}, id="next may be anything"),
        pytest.param(
            object_(items=LIST, next=TEXT, previous=TEXT),
            {"cursor": TEXT},
            id="next may be a cursor",
        ),
        pytest.param(object_(items=LIST, next_cursor=TEXT), {}, id="not taken"),
        pytest.param(object_(items=LIST), {"cursor": TEXT}, id="not given"),
        pytest.param(object_(nextLink=TEXT), {}, id="no list"),
        pytest.param(object_(a=LIST, b=LIST, nextLink=TEXT), {}, id="two lists"),
        pytest.param(
            LIST, {"page": NUMBER, "per_page": NUMBER}, id="no page is the first"
        ),
        pytest.param(LIST, {"page": {"type": "integer", "default": 1}}, id="no size"),
        pytest.param(LIST, {"offset": NUMBER}, id="an offset alone"),
        pytest.param(LIST, {"offset": TEXT, "limit": NUMBER}, id="an offset of text"),
        pytest.param(TEXT, {"cursor": TEXT}, id="no object"),
    ],
)
def test_what_is_in_doubt_is_not(
    tmp_path: Path, schema: Json, parameters: dict[str, Json]
) -> None:
    assert paging(read(tmp_path, schema, parameters)) is None


def test_only_cursors_are_recognised_in_what_is_posted(tmp_path: Path) -> None:
    result = read(tmp_path, object_(value=LIST, nextLink=TEXT), {}, method="post")
    assert paging(result) is None


@pytest.mark.parametrize(
    ("said", "following"),
    [
        ({"nextLinkName": "more"}, NextLink(path=("more",))),
        ({"nextLinkName": None}, None),
    ],
)
def test_ms_pageable(tmp_path: Path, said: Json, following: object) -> None:
    schema = object_(value=LIST, more=TEXT)
    found = paging(read(tmp_path, schema, {}, "post", {"x-ms-pageable": said}))
    assert (found and found.following) == following


@pytest.mark.parametrize(
    ("said", "following"),
    [
        (
            {
                "type": "cursor",
                "inputs": [{"name": "since", "in": "parameters", "type": "cursor"}],
                "outputs": {
                    "results": "$.data.list",
                    "nextCursor": "$.data['list'][-1]",
                },
            },
            Cursor(path=("data", "list", -1), sent=query("since")),
        ),
        (
            {
                "type": "offsetLimit",
                "inputs": [{"name": "nr", "in": "parameters", "type": "page"}],
                "outputs": {"results": "$.data.list[*]", "numPages": "$.data.pages"},
            },
            PageNumber(sent=query("nr"), first=1, total=("data", "pages")),
        ),
        (
            {
                "type": "offsetLimit",
                "inputs": [{"name": "nr", "in": "parameters", "type": "offset"}],
                "outputs": {"results": "$.data.list"},
            },
            Offset(sent=query("nr")),
        ),
        (
            {"type": "url", "outputs": {"results": "$.data.list", "nextUrl": "$.go"}},
            NextLink(path=("go",)),
        ),
    ],
)
def test_speakeasy(tmp_path: Path, said: Json, following: object) -> None:
    schema = object_(data=object_(list=LIST, pages=NUMBER), go=TEXT)
    parameters = {"since": TEXT, "nr": NUMBER}
    result = read(tmp_path, schema, parameters, said={"x-speakeasy-pagination": said})
    found = paging(result)
    assert found is not None
    assert (found.items, found.following) == (("data", "list"), following)
    assert result.diagnostics == ()


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"type": "odd"}, "say of no known way"),
        ({"type": "url", "outputs": {"results": "$.a", "nextUrl": "$..b"}}, r"\$\.\.b"),
        (
            {"type": "url", "outputs": {"results": "$.b", "nextUrl": "$.b"}},
            "no list at",
        ),
        (
            {"type": "url", "outputs": {"results": "$.a", "nextUrl": "$.c"}},
            "nothing at",
        ),
    ],
)
def test_an_extension_that_does_not_fit_is_told(
    tmp_path: Path, said: Json, message: str
) -> None:
    schema = object_(a=LIST, b=TEXT)
    result = read(tmp_path, schema, {}, said={"x-speakeasy-pagination": said})
    assert paging(result) is None
    (found,) = result.diagnostics
    assert found.code == "left-out"
    assert found.pointer == "#/paths/~1pets/get"
    with pytest.raises(AssertionError, match=message):
        raise AssertionError(found.message)


ODD = object_(rows=object_(a=LIST), tip=TEXT, on=FLAG, all=NUMBER)
ODD_PARAMETERS: dict[str, Json] = {"at": TEXT, "nr": NUMBER}


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("{items = '/rows/a', next_link = '/tip'}", NextLink(path=("tip",))),
        (
            "{items = '/rows/a', link_header = true, hosts = ['a.example']}",
            LinkHeader(hosts=("a.example",)),
        ),
        (
            "{items = '/rows/a', cursor = '/tip', parameter = 'at', more = '/on'}",
            Cursor(path=("tip",), sent=query("at"), more=("on",)),
        ),
        (
            "{items = '/rows/a', page = 'nr', first = 0}",
            PageNumber(sent=query("nr"), first=0),
        ),
        (
            "{items = '/rows/a', offset = 'nr', total = '/all'}",
            Offset(sent=query("nr"), total=("all",)),
        ),
    ],
)
def test_settings_say_what_the_document_does_not(
    tmp_path: Path, text: str, following: object
) -> None:
    (tmp_path / config.FILE).write_text(f"[pagination]\nlist = {text}")
    result = read(tmp_path, ODD, ODD_PARAMETERS)
    found = paging(result, config.read(tmp_path))
    assert found is not None
    assert (found.items, found.following) == (("rows", "a"), following)


@pytest.mark.parametrize("text", ["list = false", "'*' = false"])
def test_settings_deny_what_was_recognised(tmp_path: Path, text: str) -> None:
    (tmp_path / config.FILE).write_text(f"[pagination]\n{text}")
    result = read(tmp_path, object_(value=LIST, nextLink=TEXT), {})
    assert paging(result) is not None
    assert paging(result, config.read(tmp_path)) is None


@pytest.mark.parametrize(
    ("name", "setting", "message"),
    [
        ("nope", PageSetting(link_header=True), "no operation has the operationId"),
        ("list", PageSetting(items="/x", link_header=True), "no list at `/x`"),
        ("list", PageSetting(link_header=True), "`items` says which"),
        ("list", PageSetting(items="/rows/a", next_link="/x"), "nothing at `/x`"),
        ("list", PageSetting(items="/rows/a", page="x"), "no parameter `x`"),
        ("list", PageSetting(items="/rows/a", page="at"), "`at` is no integer"),
    ],
)
def test_settings_that_do_not_fit_are_errors(
    tmp_path: Path, name: str, setting: PageSetting, message: str
) -> None:
    result = read(tmp_path, ODD, ODD_PARAMETERS)
    with pytest.raises(ConfigError, match=message):
        paging(result, Config(pagination={name: setting}))


@pytest.mark.parametrize(
    "text",
    [
        "pagination = true",
        "[pagination]\na = true",
        "[pagination]\n'*' = {link_header = true}",
        "[pagination]\na = {}",
        "[pagination]\na = {cursor = '/a'}",
        "[pagination]\na = {page = 'a', offset = 'b'}",
        "[pagination]\na = {next_link = 'a'}",
        "[pagination]\na = {link_header = 1}",
        "[pagination]\na = {page = 'a', first = 'b'}",
        "[pagination]\na = {link_header = true, hosts = [1]}",
        "[pagination]\na = {link_header = true, host = 'a'}",
    ],
)
def test_the_forms_of_the_settings(tmp_path: Path, text: str) -> None:
    (tmp_path / config.FILE).write_text(text)
    with pytest.raises(ConfigError, match="pagination"):
        config.read(tmp_path)
