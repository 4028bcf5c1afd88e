"""What callers see of a package: its surface, made of the API and its names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from calque.config import Config
from calque.model.api import Api, Body, Operation, Parameter, Part
from calque.model.arguments import Argument as Asked
from calque.model.arguments import (
    arguments,
    body_arguments,
    body_record,
)
from calque.model.declarations import Field as Property
from calque.model.headers import Style
from calque.model.types import Null
from calque.naming import Names, headers_of
from calque.render.annotations import Scope, annotation, anywhere
from calque.render.body_writers import given_for_bytes
from calque.render.calls import taken
from calque.render.client_surface import client
from calque.render.digest import digest
from calque.render.fields import words
from calque.render.header_surface import header_fields
from calque.render.literals import literal
from calque.render.manners import returned
from calque.render.model_surface import model
from calque.render.webhook_surface import webhooks
from calque.surface import Argument, Call, Failure, Surface

_JSON = "application/json"


def surface(api: Api, names: Names, config: Config) -> Surface:
    """The surface of a package."""
    scope = replace(anywhere(api, names), plain=True)
    key_of = keys(api)
    calls = [call(each, key_of[each.id], scope) for each in api.operations]
    models = [model(declaration, scope) for declaration in api.declarations]
    return Surface(
        client=client(api, names, config),
        calls={each.key: each for each in calls},
        models={each.name: each for each in models},
        webhooks={each.name: each for each in webhooks(api, scope)},
    )


def keys(api: Api) -> dict[str, str]:
    """What calls are known by in a surface, by the Ids of their operations."""
    alone = Counter(operation.operation_id for operation in api.operations)
    return {operation.id: _key(operation, alone) for operation in api.operations}


def _key(operation: Operation, alone: Counter[str | None]) -> str:
    """The operationId; method and path where that is none or not alone."""
    id_ = operation.operation_id
    if id_ is not None and alone[id_] == 1:
        return id_
    return f"{operation.method} {operation.path}"


def call(operation: Operation, key: str, scope: Scope) -> Call:
    """An operation as callers see it."""
    names = scope.names
    body = operation.body
    record = body_record(body, scope.declarations) if body else None
    return Call(
        id=operation.id,
        key=key,
        call=f"{names[operation.group]}.{names[operation.id]}",
        method=operation.method,
        path=operation.path,
        returns=returned(operation, scope),
        operation_id=operation.operation_id or "",
        arguments=tuple(_arguments(operation, scope)),
        body=scope.name(record.id).text if record else "",
        media=body.content_type if body and body.content_type != _JSON else "",
        failures={
            answer.status: Failure(
                id=answer.id, type=annotation(answer.type, scope).text
            )
            for answer in operation.errors
            if answer.type != Null()
        },
        sent={
            f"{p.location} {p.name}": literal(p.constant)
            for p in operation.parameters
            if p.constant is not None
        },
        security=tuple(" + ".join(together) for together in operation.security),
        headers_class=names[headers_of(operation.id)] if operation.headers else "",
        headers=tuple(header_fields(operation.headers, scope)),
        repeatable=operation.idempotency.key if operation.idempotency else "",
        deprecated=operation.deprecated,
        doc=digest(operation.summary, operation.doc, *_answers(operation)),
    )


def _answers(operation: Operation) -> Iterable[str]:
    """What is said of the answers that a method returns."""
    return dict.fromkeys(answer.doc for answer in operation.successes if answer.doc)


def _arguments(operation: Operation, scope: Scope) -> Iterator[Argument]:
    giving = scope.taking(given_for_bytes(operation.body, "Content"))
    asked = arguments(operation, scope.declarations)
    for position, argument in enumerate(asked, 1):
        told = giving if argument.place == "body" else scope
        found = replace(
            _argument(argument, told), written=_written(argument, operation.body)
        )
        yield replace(found, position=position if argument.positional else 0)
    for form in operation.other_bodies:
        giving = scope.taking(given_for_bytes(form, "Content"))
        for argument in body_arguments(form, scope.declarations):
            found = _argument(argument, giving)
            # Only who names the media type is asked for it.
            yield replace(
                found,
                written=_written(argument, form),
                id=f"{found.id} {form.content_type}",
                place=f"body as {form.content_type}",
                default=found.default or "...",
            )


def _argument(argument: Asked, scope: Scope) -> Argument:
    type_, default = taken(argument, scope)
    return Argument(
        id=_place(argument),
        name=scope.names[argument.id],
        wire=argument.name,
        type=type_.text,
        place=argument.place,
        default=default,
        fallback="" if argument.default is None else literal(argument.default),
        deprecated=argument.deprecated,
        doc=digest(_said(argument)),
    )


def _written(argument: Asked, body: Body | None) -> str:
    """How a value is written into the request, where that is not as usual."""
    source = argument.source
    match source:
        case Parameter():
            return _styled(source.style)
        case Property() if body is not None:
            parts = (part for part in body.parts if part.name == argument.name)
            part = next(parts, Part(name=argument.name))
            return " ".join(filter(None, [part.content_type, _styled(part.style)]))
        case _:
            return ""


def _styled(style: Style | None) -> str:
    if style is None:
        return ""
    flags = {"explode": style.explode, "allowReserved": style.allow_reserved}
    return " ".join([style.style, *(name for name, on in flags.items() if on)])


def _place(argument: Asked) -> str:
    """The Id of what an argument stands for."""
    return argument.source.id


def _said(argument: Asked) -> str:
    source = argument.source
    match source:
        case Property():
            return words(source)
        case Parameter():
            return source.doc
        case _:
            return argument.doc
