"""A document with a body of every kind that is not JSON."""

from __future__ import annotations

from calque.document.node import Json

_STRING: Json = {"type": "string"}
_FILE: Json = {"type": "string", "format": "binary"}
_META: Json = {"$ref": "#/components/schemas/Meta"}
_TEXTS: Json = {"type": "object", "additionalProperties": _STRING}

_ALBUM: Json = {
    "type": "object",
    "required": ["cover", "title", "kind"],
    "properties": {
        "title": _STRING,
        "kind": {"type": "string", "const": "album"},
        "cover": _FILE,
        "tracks": {"type": "array", "items": _FILE},
        "meta": _META,
        "metas": {"type": "array", "items": _META},
        "tags": {"type": "array", "items": _STRING},
        "genres": {"type": "array", "items": _STRING},
        "count": {"type": "integer"},
        "shared": {"type": "boolean"},
        "made": {"type": ["string", "null"], "format": "date-time"},
        "stamp": {"type": "string", "format": "byte"},
        "sheet": {"contentMediaType": "application/pdf"},
        "note": _STRING,
    },
}
_ALBUM_ENCODING: Json = {
    "cover": {
        "contentType": "image/png, image/jpeg",
        "headers": {"X-Side": {"schema": {"type": "string", "const": "front"}}},
    },
    "genres": {"style": "form", "explode": False},
    "meta": {"contentType": "application/vnd.meta+json"},
    "note": {"contentType": "text/markdown"},
}
_TOKEN: Json = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": _STRING,
        "scopes": {"type": "array", "items": _STRING},
        "ids": {"type": "array", "items": {"type": "integer"}},
        "claims": _META,
        "deep": _META,
        "flat": _META,
        "path": _STRING,
        "on": {"type": "boolean"},
    },
}
_TOKEN_ENCODING: Json = {
    "scopes": {"style": "spaceDelimited", "explode": False},
    "deep": {"style": "deepObject", "explode": True},
    "flat": {"style": "form", "explode": True},
    "path": {"allowReserved": True},
}

MULTIPART = "multipart/form-data"
URLENCODED = "application/x-www-form-urlencoded"


def _operation(
    name: str, media: str, content: Json, *, required: bool = True, **more: Json
) -> Json:
    body: Json = {"required": required, "content": {media: content}}
    return {
        "operationId": name,
        "tags": ["media"],
        "requestBody": body,
        "responses": {"204": {"description": "Kept."}},
        **more,
    }


DOCUMENT: Json = {
    "openapi": "3.1.1",
    "info": {"title": "Shelf", "version": "1.0.0"},
    "servers": [{"url": "https://shelf.example"}],
    "paths": {
        "/albums": {
            "post": _operation(
                "createAlbum",
                MULTIPART,
                {"schema": _ALBUM, "encoding": _ALBUM_ENCODING},
            )
        },
        "/parts": {
            "post": _operation(
                "sendParts", MULTIPART, {"schema": {"type": "object"}}, required=False
            )
        },
        "/tokens": {
            "post": _operation(
                "getToken",
                URLENCODED,
                {"schema": _TOKEN, "encoding": _TOKEN_ENCODING},
                required=False,
            )
        },
        "/labels": {"post": _operation("setLabels", URLENCODED, {"schema": _TEXTS})},
        "/raw": {"put": _operation("putRaw", "application/octet-stream", {})},
        "/signed": {
            "put": _operation("putSigned", "image/png", {}, security=[{"signed": []}])
        },
        "/report": {
            "get": {
                "operationId": "getReport",
                "tags": ["media"],
                "responses": {
                    "200": {
                        "description": "The report.",
                        "content": {
                            "text/csv": {"schema": _STRING},
                            "application/json": {"schema": _META},
                            "image/*": {"schema": _FILE},
                        },
                    },
                    "default": {
                        "description": "Wrong.",
                        "content": {"application/problem+json": {"schema": _META}},
                    },
                },
            }
        },
        "/script": {
            "get": {
                "operationId": "getScript",
                "tags": ["media"],
                "responses": {
                    "200": {
                        "description": "The script.",
                        "content": {"application/json": {"schema": _FILE}},
                    }
                },
            },
            "put": _operation("putScript", "application/json", {"schema": _FILE}),
        },
        "/note": {"put": _operation("putNote", "text/plain", {"schema": _STRING})},
    },
    "components": {
        "schemas": {
            "Meta": {
                "type": "object",
                "properties": {"maxAge": {"type": "integer"}, "owner": _STRING},
            }
        },
        "securitySchemes": {"signed": {"type": "http", "scheme": "HMAC-SHA256"}},
    },
}
