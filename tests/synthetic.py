"""Documents of any size that are nobody's: each part of one is like the part before."""

from __future__ import annotations

from collections.abc import Callable

Json = dict[str, object]

_TEXT: Json = {"type": "string", "maxLength": 40, "example": "a text"}
_ERROR: Json = {"description": "Wrong.", "schema": {"$ref": "#/definitions/Thing00000"}}


def openapi(size: int) -> Json:
    """A document of OpenAPI 3.0 with so many operations, and schemas of many kinds."""
    schemas: Json = {}
    for number in range(size):
        schemas |= _schemas(number, max(0, number - 1))
    return {
        "openapi": "3.0.3",
        "info": {"title": "Synthetic", "version": "1"},
        "servers": [{"url": "https://synthetic.example"}],
        "paths": {f"/things{n:05}/{{thingId}}": _path(n) for n in range(size)},
        "components": {"schemas": schemas},
    }


def swagger(size: int) -> Json:
    """A document of Swagger 2.0 with so many operations."""
    return {
        "swagger": "2.0",
        "info": {"title": "Synthetic", "version": "1"},
        "host": "synthetic.example",
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "paths": {f"/things{n:05}": _path_of_swagger(n) for n in range(size)},
        "definitions": {
            f"Thing{n:05}": {"type": "object", "properties": {"name": _TEXT}}
            for n in range(size)
        },
    }


FORMS: dict[str, Callable[[int], Json]] = {"openapi": openapi, "swagger": swagger}


def _schemas(number: int, before: int) -> Json:
    other = {"$ref": f"#/components/schemas/Thing{before:05}"}
    kind: Json = {"type": "string", "enum": ["one", "two", f"kind {number:05}"]}
    base: Json = {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": _TEXT,
            "kind": kind,
            "other": other,
            "others": {"type": "array", "items": other},
            "place": {
                "type": "object",
                "properties": {"street": _TEXT, "zip code": {"type": "integer"}},
            },
        },
        "example": {"name": "a thing", "kind": "one"},
    }
    more: Json = {"type": "object", "properties": {"more": {"type": "boolean"}}}
    return {
        f"Thing{number:05}": base,
        f"Larger{number:05}": {
            "allOf": [{"$ref": f"#/components/schemas/Thing{number:05}"}, more]
        },
        f"Either{number:05}": {
            "oneOf": [
                {"$ref": f"#/components/schemas/Thing{number:05}"},
                {"$ref": f"#/components/schemas/Larger{number:05}"},
            ]
        },
    }


def _path(number: int) -> Json:
    answer = {"$ref": f"#/components/schemas/Either{number:05}"}
    body = {"$ref": f"#/components/schemas/Larger{number:05}"}
    id_: Json = {"name": "thingId", "in": "path", "required": True, "schema": _TEXT}
    limit: Json = {"name": "limit", "in": "query", "schema": {"type": "integer"}}
    return {
        "post": {
            "operationId": f"change_thing_{number:05}",
            "tags": [f"group {number % 7}"],
            "description": f"Changes thing {number:05}, and says at some length what it was.",
            "parameters": [id_, limit],
            "requestBody": {"content": {"application/json": {"schema": body}}},
            "responses": {
                "200": {
                    "description": "It.",
                    "content": {"application/json": {"schema": answer}},
                }
            },
        }
    }


def _path_of_swagger(number: int) -> Json:
    thing = {"$ref": f"#/definitions/Thing{number:05}"}
    return {
        "post": {
            "operationId": f"change_thing_{number:05}",
            "tags": [f"group {number % 7}"],
            "parameters": [{"name": "body", "in": "body", "schema": thing}],
            "responses": {
                "200": {"description": "It.", "schema": thing},
                "default": _ERROR,
            },
        }
    }
