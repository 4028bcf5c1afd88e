"""A document with answers of every form, and names that a fake itself uses."""

from __future__ import annotations

from calque.document.node import Json

REF: Json = {"$ref": "#/components/schemas/Dog"}
DOGS: Json = {"type": "array", "items": REF}
CURSOR: Json = {"name": "cursor", "in": "query", "schema": {"type": "string"}}


def query(name: str, type_: str = "integer", **more: Json) -> Json:
    return {"name": name, "in": "query", "schema": {"type": type_, **more}}


def operation(
    tag: str,
    name: str,
    content: Json,
    *parameters: Json,
    more: dict[str, Json] | None = None,
) -> Json:
    """An operation with such content in its answer."""
    answer: Json = {"description": "Answer.", "content": content}
    responses: Json = {"200": answer}
    return {
        "tags": [tag],
        "operationId": name,
        "parameters": list(parameters),
        "responses": responses,
        **(more or {}),
    }


def as_json(schema: Json, **more: Json) -> dict[str, Json]:
    return {"application/json": {"schema": schema, **more}}


def page(**members: Json) -> Json:
    properties: Json = {"dogs": DOGS, **members}
    return as_json({"type": "object", "required": ["dogs"], "properties": properties})


REX: dict[str, Json] = {"id": "7", "name": "Rex"}
_TEXT: Json = {"type": "object", "properties": {"text": {"type": "string"}}}
STREAMED: dict[str, Json] = {
    "application/json": {"schema": REF},
    "text/event-stream": {"itemSchema": _TEXT},
}

SCHEMAS: Json = {
    "Dog": {
        "type": "object",
        "required": ["id", "name"],
        "properties": {
            "id": {"type": "string", "example": "d-1"},
            "name": {"type": "string"},
            "nick": {"type": "string", "example": "Rexy"},
            "mother": REF,
        },
    },
    "Exemplary": {
        "type": "object",
        "properties": {"a": {"type": "integer"}},
        "example": {"a": 3},
    },
    "Endless": {
        "type": "object",
        "required": ["next"],
        "properties": {"next": {"$ref": "#/components/schemas/Endless"}},
    },
    "Tree": {
        "type": "object",
        "required": ["under"],
        "properties": {
            "under": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}
        },
    },
    "Fault": {"type": "object", "properties": {"code": {"type": "string"}}},
}

TOLD = frozenset({"example-misfit"})
"""The warnings that it has."""

BODY: Json = {
    "required": True,
    "content": as_json(
        {"type": "object", "properties": {"stream": {"type": "boolean"}}}
    ),
}

TAGS = (
    "client",
    "calls",
    "reset",
    "transport",
    "async client",
    "Resource",
    "Fake Kennel",
)
"""Resources of names that a fake itself uses."""

METHODS = (
    *("placed", "calls", "answers", "then", "default", "reset", "URL", "written"),
    *("list", "object", "dict", "str", "bytes", "mro", "call", "copy"),
)
"""Methods of names that the operations of a fake, or Python, use."""

DOCUMENT: Json = {
    "openapi": "3.2.0",
    "info": {"title": "Kennel", "version": "1.0.0"},
    "servers": [{"url": "https://kennel.example"}],
    "components": {"schemas": SCHEMAS},
    "paths": {
        "/example": {"get": operation("forms", "example", as_json(REF, example=REX))},
        "/examples": {
            "get": operation(
                "forms",
                "examples",
                as_json(
                    REF, examples={"odd": {"value": {"id": 7}}, "good": {"value": REX}}
                ),
            )
        },
        "/misfit": {
            "get": operation("forms", "misfit", as_json(REF, example={"id": 7}))
        },
        "/schema": {
            "get": operation(
                "forms", "schema", as_json({"$ref": "#/components/schemas/Exemplary"})
            )
        },
        "/long": {
            "get": operation(
                "forms", "long", as_json(REF, example={**REX, "nick": "x" * 5000})
            )
        },
        "/endless": {
            "get": operation(
                "forms", "endless", as_json({"$ref": "#/components/schemas/Endless"})
            )
        },
        "/tree": {
            "get": operation(
                "forms", "tree", as_json({"$ref": "#/components/schemas/Tree"})
            )
        },
        "/text": {
            "get": operation(
                "forms",
                "text",
                {"text/plain": {"schema": {"type": "string"}, "example": "Hello"}},
            )
        },
        "/xml": {
            "get": operation("forms", "xml", {"application/xml": {"schema": REF}})
        },
        "/either": {
            "get": operation(
                "forms",
                "either",
                {
                    "application/json": {"schema": REF},
                    "image/png": {},
                    "text/plain": {},
                },
            )
        },
        "/times": {
            "get": operation(
                "forms",
                "times",
                as_json(
                    {
                        "type": "array",
                        "items": {"type": "string", "format": "http-date"},
                    }
                ),
            )
        },
        "/statuses": {
            "get": {
                "tags": ["forms"],
                "operationId": "statuses",
                "responses": {
                    "200": {"description": "A", "content": as_json(REF)},
                    "202": {
                        "description": "B",
                        "content": as_json({"$ref": "#/components/schemas/Tree"}),
                    },
                    "204": {"description": "C"},
                    "4XX": {
                        "description": "D",
                        "content": as_json({"$ref": "#/components/schemas/Fault"}),
                    },
                },
            }
        },
        "/grow": {
            "post": operation(
                "forms",
                "grow",
                as_json(REF),
                more={"x-ms-long-running-operation": True},
            )
        },
        "/numbered": {
            "get": operation(
                "pages",
                "numbered",
                as_json(DOGS, example=[REX]),
                query("page", default=1),
                query("per_page"),
            )
        },
        "/offset": {
            "get": operation(
                "pages",
                "offset",
                page(total={"type": "integer"}),
                query("offset"),
                query("limit"),
            )
        },
        "/cursor": {
            "get": operation(
                "pages",
                "cursor",
                page(
                    next_cursor={"type": ["string", "null"]},
                    has_more={"type": "boolean"},
                ),
                CURSOR,
            )
        },
        "/linked": {
            "get": operation(
                "pages",
                "linked",
                page(next={"type": "string", "format": "uri"}),
                more={"x-ms-pageable": {"nextLinkName": "next", "itemName": "dogs"}},
            )
        },
        "/switch": {
            "post": operation("streams", "switch", STREAMED, more={"requestBody": BODY})
        },
        "/apart": {"get": operation("streams", "apart", STREAMED)},
        "/events": {"get": operation("streams", "events", {"text/event-stream": {}})},
        "/lines": {
            "get": operation(
                "streams", "lines", {"application/x-ndjson": {"itemSchema": REF}}
            )
        },
        "/sequence": {
            "get": operation(
                "streams", "sequence", {"application/json-seq": {"itemSchema": REF}}
            )
        },
        **{
            f"/tags/{tag}": {"get": operation(tag, f"{tag}_find", as_json(REF))}
            for tag in TAGS
        },
        **{
            f"/methods/{name}": {"get": operation("own", name, as_json(REF))}
            for name in METHODS
        },
    },
}
