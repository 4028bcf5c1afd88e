"""How each operation is called from Python: the table that `calque.lock` keeps of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from calque.document.node import Json
from calque.model.api import Api, Operation
from calque.model.arguments import Argument, arguments, declared
from calque.naming import Names, headers_of
from calque.render.annotations import Scope, annotation
from calque.render.body_writers import given_for_bytes
from calque.render.resources import answer_type


def operations(api: Api, names: Names) -> dict[str, Json]:
    """The operations by operationId; by method and path where that is none or not alone.

    `call` is the attribute chain from a client. Each argument has its name and type in
    Python under its name in the document, by the place where it travels; so has each
    header field of the answers.
    """
    scope = Scope(names=names, declarations=declared(api), plain=True)
    alone = Counter(operation.operation_id for operation in api.operations)
    return {
        _key(operation, alone): _operation(operation, scope)
        for operation in api.operations
    }


def _key(operation: Operation, alone: Counter[str | None]) -> str:
    id_ = operation.operation_id
    if id_ is not None and alone[id_] == 1:
        return id_
    return f"{operation.method} {operation.path}"


def _operation(operation: Operation, scope: Scope) -> Json:
    names = scope.names
    giving = replace(scope, binary=given_for_bytes(operation.body, "Content"))
    places: dict[str, Json] = {}
    for argument in arguments(operation, scope.declarations):
        entries = places.setdefault(argument.place, {})
        if isinstance(entries, dict):
            told = giving if argument.place == "body" else scope
            entries[argument.name] = _argument(argument, told)
    return {
        "operationId": operation.operation_id,
        "method": operation.method,
        "path": operation.path,
        "call": f"{names[operation.group]}.{names[operation.id]}",
        "returns": annotation(answer_type(operation), scope).text,
        "arguments": places,
        **_headers(operation, scope),
    }


def _headers(operation: Operation, scope: Scope) -> dict[str, Json]:
    """The class of the header fields of the answers, where they declare any."""
    if not operation.headers:
        return {}
    fields: dict[str, Json] = {
        header.name: {
            "name": scope.names[header.id],
            "type": f"{annotation(header.type, scope).text} | None",
        }
        for header in operation.headers
    }
    class_ = scope.names[headers_of(operation.id)]
    return {"responseHeaders": {"class": class_, "fields": fields}}


def _argument(argument: Argument, scope: Scope) -> Json:
    return {
        "name": scope.names[argument.id],
        "type": annotation(argument.type, scope).text,
        "required": argument.required,
    }
