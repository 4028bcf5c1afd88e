"""A document whose answers come at once or as a stream, in each of the ways to ask."""

from __future__ import annotations

from calque.document.node import Json
from tests.streaming.document import TICK

WHOLE: Json = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string"}},
}


def operation(name: str, media_type: str, **more: Json) -> Json:
    content: Json = {
        media_type: {"schema": {"$ref": "#/components/schemas/Tick"}},
        "application/json": {"schema": {"$ref": "#/components/schemas/Whole"}},
    }
    response: Json = {"description": "Ticks.", "content": content}
    return {
        "operationId": name,
        "tags": ["ticks"],
        "responses": {"200": response},
        **more,
    }


def body(**stream: Json) -> Json:
    schema: Json = {
        "type": "object",
        "required": ["prompt"],
        "properties": {"prompt": {"type": "string"}, "stream": dict(stream)},
    }
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def in_query(**schema: Json) -> Json:
    return [{"name": "stream", "in": "query", "schema": dict(schema)}]


DOCUMENT: Json = {
    "openapi": "3.1.0",
    "info": {"title": "Clock", "version": "1.0.0"},
    "servers": [{"url": "http://127.0.0.1"}],
    "components": {"schemas": {"Tick": TICK, "Whole": WHOLE}},
    "paths": {
        "/told": {
            "post": operation(
                "told", "text/event-stream", requestBody=body(type=["boolean", "null"])
            )
        },
        "/asked": {
            "get": operation(
                "asked",
                "application/x-ndjson",
                parameters=in_query(type="boolean", default=True),
            )
        },
        "/apart": {"get": operation("apart", "application/jsonl")},
        "/other": {
            "get": operation(
                "other", "text/event-stream", parameters=in_query(type="string")
            )
        },
    },
}
