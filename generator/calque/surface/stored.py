"""How a surface is written down in `calque.lock`."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import assert_never

from calque.surface.values import (
    Argument,
    Call,
    Client,
    Enumeration,
    Failure,
    Field,
    Member,
    Model,
    Record,
    Scheme,
    Surface,
    Union,
    Webhook,
)

_Leaf = Argument | Failure | Field | Member | Scheme | Webhook

_KINDS = (Argument, Failure, Field, Member, Scheme, Webhook)
# The fields of entries with what each usually says, and what gets what they say.
_USUAL = {kind: [(f.name, f.default) for f in fields(kind)] for kind in _KINDS}
_GET = {kind: attrgetter(*(name for name, _ in _USUAL[kind])) for kind in _KINDS}


def stored(surface: Surface) -> dict[str, object]:
    """The parts of a lock that tell of the surface: `client`, `operations`, `models`.

    Where there are any, `webhooks` too.
    """
    webhooks = {each.name: _webhook(each) for each in surface.webhooks.values()}
    return {
        "client": _client(surface.client),
        "operations": {call.key: stored_call(call) for call in surface.calls.values()},
        "models": {
            model.name: stored_model(model) for model in surface.models.values()
        },
        **({"webhooks": webhooks} if webhooks else {}),
    }


def _leaf(value: _Leaf, owner: str, *left_out: str) -> dict[str, object]:
    """An entry: what is as usual is not said, and an Id from that of the owner on."""
    kind = type(value)
    said: dict[str, object] = {
        name: each
        for (name, usual), each in zip(_USUAL[kind], _GET[kind](value), strict=True)
        if each != usual and name not in left_out
    }
    return said | {"id": _below(owner, value.id)} if "id" in said else said


def _below(owner: str, id_: str) -> str:
    """An Id as it is written in an entry of its owner: without the owner's own."""
    rest = id_.removeprefix(f"{owner}/")
    return id_ if "#" in rest else rest


def _argument(argument: Argument, owner: str) -> dict[str, object]:
    said = _leaf(argument, owner, "wire", "place")
    return said | {"required": argument.required}


def _client(client: Client) -> dict[str, object]:
    former = {"aliases": dict(client.aliases)} if client.aliases else {}
    said: dict[str, object] = {
        "arguments": {a.name: _leaf(a, "", "wire", "place") for a in client.arguments},
        "connection_string": client.connection_string,
        "distribution": client.distribution,
        "environment": client.environment,
        "errors": client.errors,
        "exports": dict(client.exports),
        "name": client.name,
        "package": client.package,
        "requires_credential": client.requires_credential,
        "schemes": {
            scheme.name: _leaf(scheme, "", "name") for scheme in client.schemes
        },
        "server": client.server,
        "version": client.version,
    }
    return said | former


def stored_call(call: Call) -> dict[str, object]:
    """The entry of a call."""
    places: dict[str, dict[str, object]] = {}
    for argument in call.arguments:
        places.setdefault(argument.place, {})[argument.wire] = _argument(
            argument, call.id
        )
    said: dict[str, object] = {
        "body": call.body,
        "deprecated": call.deprecated,
        "doc": call.doc,
        "media": call.media,
        "failures": {status: _leaf(f, call.id) for status, f in call.failures.items()},
        "repeatable": call.repeatable,
        "responseHeaders": _headers(call),
        "security": list(call.security),
        "sent": dict(call.sent),
    }
    return {
        "arguments": places,
        "call": call.call,
        "id": call.id,
        "method": call.method,
        "operationId": call.operation_id or None,
        "path": call.path,
        "returns": call.returns,
    } | {key: value for key, value in said.items() if value}


def _headers(owner: Call | Webhook) -> dict[str, object]:
    fields = {field.wire: _leaf(field, owner.id, "wire") for field in owner.headers}
    return {"class": owner.headers_class, "fields": fields} if fields else {}


def _webhook(webhook: Webhook) -> dict[str, object]:
    headers = _headers(webhook)
    said = _leaf(webhook, "", "name", "headers_class", "headers")
    return {**said, "headers": headers} if headers else said


def stored_model(model: Model) -> dict[str, object]:
    """The entry of a model."""
    said: dict[str, object] = {"doc": model.doc, "deprecated": model.deprecated}
    match model:
        case Record():
            own: dict[str, object] = {
                "fields": {f.wire: _leaf(f, model.id, "wire") for f in model.fields}
            }
            said["extra"] = model.extra
        case Enumeration():
            members = {m.value: _leaf(m, model.id, "value") for m in model.members}
            own = {"kind": model.kind, "like": model.like, "members": members}
            said["extensible"] = model.extensible
        case Union():
            own = {"type": model.type}
            said["tag"] = model.tag
        case _:
            assert_never(model)
    is_ = {"id": model.id, "is": type(model).__name__.lower(), "module": model.module}
    return is_ | own | {key: value for key, value in said.items() if value}
