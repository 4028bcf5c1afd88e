"""A document whose answers go on and on, in each of the forms."""

from __future__ import annotations

from calque.document.node import Json

TICK: Json = {
    "type": "object",
    "required": ["at"],
    "properties": {"at": {"type": "integer"}},
}


def streaming(name: str, media_type: str, content: Json) -> Json:
    response: Json = {"description": "Ticks.", "content": {media_type: content}}
    return {"operationId": name, "tags": ["ticks"], "responses": {"200": response}}


DOCUMENT: Json = {
    "openapi": "3.2.0",
    "info": {"title": "Clock", "version": "1.0.0"},
    "servers": [{"url": "http://127.0.0.1"}],
    "security": [{"token": []}],
    "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    "paths": {
        "/typed": {"get": streaming("typed", "text/event-stream", {"schema": TICK})},
        "/events": {"get": streaming("events", "text/event-stream", {})},
        "/lines": {
            "get": streaming("lines", "application/x-ndjson", {"itemSchema": TICK})
        },
        "/sequence": {
            "get": streaming("sequence", "application/json-seq", {"itemSchema": TICK})
        },
    },
}
