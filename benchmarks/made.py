"""A document of any size, made up: resources of operations that share models."""

from __future__ import annotations

from typing import TypeAlias

Object: TypeAlias = dict[str, object]

_KINDS = ("book", "loan", "reader", "shelf", "branch", "order", "notice", "fee")


def document(operations: int) -> Object:
    """A document of so many operations, five to a resource."""
    paths: Object = {}
    schemas: Object = {"Problem": _problem(), "Money": _money()}
    for number in range(-(-operations // 5)):
        kind = f"{_KINDS[number % len(_KINDS)]}{number or ''}"
        schemas |= _models(kind)
        paths |= _paths(kind, min(5, operations - 5 * number))
    return {
        "openapi": "3.1.0",
        "info": {"title": "Public library", "version": "1.0.0"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _ref(name: str) -> Object:
    return {"$ref": f"#/components/schemas/{name}"}


def _problem() -> Object:
    words: Object = {"type": "string", "description": "What went wrong, in words."}
    return {"type": "object", "properties": {"title": words, "detail": dict(words)}}


def _money() -> Object:
    code: Object = {"type": "string", "enum": ["CHF", "EUR", "NOK"]}
    return {
        "type": "object",
        "required": ["amount", "currency"],
        "properties": {"amount": {"type": "integer"}, "currency": code},
    }


def _models(kind: str) -> Object:
    name = kind.capitalize()
    fields: Object = {
        f"field{number}": {"type": "string", "description": f"Field {number} of it."}
        for number in range(12)
    }
    state: Object = {"type": "string", "enum": ["open", "kept", "gone"]}
    parts: Object = {"type": "array", "items": _ref(f"{name}Part")}
    own: Object = {"id": {"type": "string"}, "price": _ref("Money"), "parts": parts}
    return {
        name: {
            "type": "object",
            "description": f"One {kind} of the library.",
            "required": ["id"],
            "properties": {**own, "state": _ref(f"{name}State"), **fields},
        },
        f"{name}State": {"description": f"How a {kind} is.", **state},
        f"{name}Part": {
            "oneOf": [
                {"type": "object", "title": "text", "properties": {"text": own["id"]}},
                {"type": "object", "title": "size", "properties": {"size": own["id"]}},
            ]
        },
    }


def _paths(kind: str, count: int) -> Object:
    name = kind.capitalize()
    every: Object = {"type": "array", "items": _ref(name)}
    calls = [
        (f"/{kind}s", "get", f"list{name}s", every),
        (f"/{kind}s", "post", f"create{name}", _ref(name)),
        (f"/{kind}s/{{id}}", "get", f"get{name}", _ref(name)),
        (f"/{kind}s/{{id}}", "put", f"replace{name}", _ref(name)),
        (f"/{kind}s/{{id}}", "delete", f"delete{name}", _ref(name)),
    ]
    found: dict[str, Object] = {}
    for path, method, id_, answer in calls[:count]:
        item = found.setdefault(path, {})
        item[method] = _operation(kind, path, method, id_, answer)
    return dict(found)


def _operation(kind: str, path: str, method: str, id_: str, answer: Object) -> Object:
    text: Object = {"type": "string"}
    query = [{"name": n, "in": "query", "schema": text} for n in ("filter", "order")]
    key = [{"name": "id", "in": "path", "required": True, "schema": text}]
    content = _json(_ref(kind.capitalize()))
    body: Object = {"requestBody": {"required": True, "content": content}}
    return {
        "operationId": id_,
        "tags": [kind],
        "description": f"{method} of {path}.",
        "parameters": [*(key if "{" in path else []), *query],
        **(body if method in ("post", "put") else {}),
        "responses": {
            "200": {"description": "Fine.", "content": _json(answer)},
            "default": {"description": "Not.", "content": _json(_ref("Problem"))},
        },
    }


def _json(schema: Object) -> Object:
    return {"application/json": {"schema": schema}}
