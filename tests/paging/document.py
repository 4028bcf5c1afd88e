"""A document whose operations answer with pages, each in a way of its own."""

from __future__ import annotations

from calque.document.node import Json

NUMBER: Json = {"type": "integer"}
TEXT: Json = {"type": "string"}
OPTIONAL: Json = {"type": ["string", "null"]}
PET: Json = {"type": "object", "required": ["id"], "properties": {"id": NUMBER}}


def answer(schema: Json, **more: Json) -> Json:
    content: Json = {"application/json": {"schema": schema}}
    return {"200": {"description": "A page.", "content": content, **more}}


def page(**members: Json) -> Json:
    return {
        "type": "object",
        "properties": {"pets": {"type": "array", "items": PET}, **members},
    }


def asked(name: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "schema": schema}


def operation(name: str, responses: Json, *parameters: Json, **more: Json) -> Json:
    return {
        "operationId": name,
        "tags": ["pets"],
        "parameters": list(parameters),
        "responses": responses,
        **more,
    }


LIMIT = asked("limit", NUMBER)
META: Json = {"type": "object", "properties": {"next_cursor": OPTIONAL}}
MORE: Json = {"type": "boolean"}
AFTER: Json = {
    "has_more": MORE,
    "data": {"type": "array", "items": {"type": "object", "properties": {"id": TEXT}}},
}
SEARCH: Json = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": TEXT, "startCursor": TEXT},
}
BODY: Json = {"required": True, "content": {"application/json": {"schema": SEARCH}}}
LINK: Json = {"Link": {"schema": TEXT}}

DOCUMENT: Json = {
    "openapi": "3.1.1",
    "info": {"title": "Kennel", "version": "1.0.0"},
    "servers": [{"url": "http://127.0.0.1"}],
    "security": [{"token": []}],
    "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    "paths": {
        "/linked": {
            "get": operation("linked", answer(page(nextLink=OPTIONAL)), LIMIT),
        },
        "/headed": {
            "get": operation(
                "headed", answer({"type": "array", "items": PET}, headers=LINK), LIMIT
            ),
        },
        "/cursors": {
            "get": operation(
                "cursors", answer(page(meta=META)), asked("cursor", TEXT), LIMIT
            ),
        },
        "/search": {
            "post": operation(
                "search", answer(page(next_cursor=TEXT)), requestBody=BODY
            ),
        },
        "/after": {
            "get": operation(
                "after",
                answer({"type": "object", "properties": AFTER}),
                asked("starting_after", TEXT),
            ),
        },
        "/numbered": {
            "get": operation(
                "numbered",
                answer(page()),
                asked("page", {"type": "integer", "default": 1}),
                asked("per_page", NUMBER),
            ),
        },
        "/offset": {
            "get": operation("offset", answer(page()), asked("offset", NUMBER), LIMIT),
        },
        "/elsewhere": {
            "get": operation("elsewhere", answer(page(next=TEXT))),
        },
    },
}
