"""A document with one operation for each way in which an answer is read."""

from __future__ import annotations

from calque.document.node import Json

ENTRY: Json = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string"}},
}
_ENTRY: Json = {"$ref": "#/components/schemas/Entry"}
_JSON: Json = {"application/json": {"schema": _ENTRY}}
_BYTES: Json = {"application/octet-stream": {}}


def _answering(name: str, content: Json, body: Json | None = None) -> Json:
    responses: Json = {"200": {"description": "It.", "content": content}}
    taken: dict[str, Json] = {}
    if body is not None:
        taken["requestBody"] = {"required": True, "content": body}
    return {"operationId": name, "tags": ["store"], "responses": responses, **taken}


DOCUMENT: Json = {
    "openapi": "3.2.0",
    "info": {"title": "Vault", "version": "1.0.0"},
    "servers": [{"url": "http://127.0.0.1"}],
    "security": [{"token": []}],
    "components": {
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        "schemas": {"Entry": ENTRY},
    },
    "paths": {
        "/entry": {
            "get": _answering("getEntry", _JSON),
            "post": _answering("addEntry", _JSON, _JSON),
        },
        "/note": {"get": _answering("getNote", {"text/plain": {}})},
        "/file": {
            "get": _answering("getFile", _BYTES),
            "put": _answering("putFile", _JSON, _BYTES),
        },
        "/events": {
            "get": _answering("watch", {"text/event-stream": {"schema": _ENTRY}})
        },
        "/lines": {
            "get": _answering(
                "getLines", {"application/x-ndjson": {"itemSchema": _ENTRY}}
            )
        },
    },
}
