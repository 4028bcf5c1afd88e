"""How a surface is read from `calque.lock`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from calque.surface.entry import Entry, SurfaceError
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


def restored(data: Mapping[str, object]) -> Surface:
    """The surface that a lock tells of; raises SurfaceError for one that tells of none."""
    whole = Entry((), data)
    return Surface(
        client=_client(whole.below("client")),
        calls={key: _call(key, each) for key, each in whole.entries("operations")},
        models={name: _model(name, each) for name, each in whole.entries("models")},
        webhooks={n: _webhook(n, each) for n, each in whole.entries("webhooks")},
    )


def _webhook(name: str, said: Entry) -> Webhook:
    return Webhook(
        id=said.text("id"),
        name=name,
        wire=said.text("wire"),
        type=said.text("type"),
        headers_class=said.below("headers").text("class", ""),
        headers=_fields(said.below("headers"), said),
        deprecated=said.flag("deprecated"),
        doc=said.text("doc", ""),
    )


def _id(each: Entry, owner: Entry) -> str:
    """The Id of an entry, of which that of the owner may be left out."""
    id_ = each.text("id")
    return id_ if "#" in id_ else f"{owner.text('id')}/{id_}"


def _argument(id_: str, each: Entry, name: str, wire: str, place: str = "") -> Argument:
    return Argument(
        id=id_,
        name=name,
        wire=wire,
        type=each.text("type"),
        place=place,
        default=each.text("default", ""),
        position=each.number("position"),
        written=each.text("written", ""),
        fallback=each.text("fallback", ""),
        deprecated=each.flag("deprecated"),
        doc=each.text("doc", ""),
    )


def _client(said: Entry) -> Client:
    return Client(
        name=said.text("name"),
        package=said.text("package"),
        distribution=said.text("distribution"),
        version=said.text("version"),
        environment=said.text("environment"),
        server=said.text("server"),
        arguments=tuple(
            _argument(each.text("id"), each, name, name)
            for name, each in said.entries("arguments")
        ),
        schemes=tuple(_scheme(name, each) for name, each in said.entries("schemes")),
        requires_credential=said.flag("requires_credential"),
        connection_string=said.flag("connection_string"),
        errors=said.text("errors"),
        exports=said.texts("exports"),
        aliases=said.texts("aliases"),
    )


def _scheme(name: str, said: Entry) -> Scheme:
    return Scheme(
        id=said.text("id"),
        name=name,
        built=said.text("built"),
        variables=said.text("variables"),
    )


def _call(key: str, said: Entry) -> Call:
    arguments = [
        _argument(_id(each, said), each, each.text("name"), wire, place)
        for place in said.below("arguments").members
        for wire, each in said.below("arguments").entries(place)
    ]
    # A lock is sorted; a signature begins with what needs no name, in its order.
    arguments.sort(key=lambda a: (not a.position, a.position, not a.required))
    named, listed = said.members.get("operationId"), said.members.get("security", [])
    return Call(
        id=said.text("id"),
        key=key,
        call=said.text("call"),
        method=said.text("method"),
        path=said.text("path"),
        returns=said.text("returns"),
        operation_id=named if isinstance(named, str) else "",
        arguments=tuple(arguments),
        body=said.text("body", ""),
        media=said.text("media", ""),
        failures={
            status: Failure(id=_id(each, said), type=each.text("type"))
            for status, each in said.entries("failures")
        },
        sent=said.texts("sent"),
        security=tuple(map(str, cast("list[object]", listed))),
        headers_class=said.below("responseHeaders").text("class", ""),
        headers=_fields(said.below("responseHeaders"), said),
        repeatable=said.text("repeatable", ""),
        deprecated=said.flag("deprecated"),
        doc=said.text("doc", ""),
    )


def _model(name: str, said: Entry) -> Model:
    match said.text("is"):
        case "record":
            return _record(name, said)
        case "enumeration":
            return _enumeration(name, said)
        case "union":
            return Union(
                id=said.text("id"),
                name=name,
                module=said.text("module"),
                type=said.text("type"),
                tag=said.text("tag", ""),
                deprecated=said.flag("deprecated"),
                doc=said.text("doc", ""),
            )
        case other:
            raise SurfaceError(said.keys, f"is `{other}`, which is no model")


def _record(name: str, said: Entry) -> Record:
    return Record(
        id=said.text("id"),
        name=name,
        module=said.text("module"),
        fields=_fields(said, said),
        extra=said.text("extra", ""),
        deprecated=said.flag("deprecated"),
        doc=said.text("doc", ""),
    )


def _fields(said: Entry, owner: Entry) -> tuple[Field, ...]:
    entries = said.entries("fields")
    return tuple(_field(_id(each, owner), wire, each) for wire, each in entries)


def _field(id_: str, wire: str, said: Entry) -> Field:
    return Field(
        id=id_,
        name=said.text("name"),
        wire=wire,
        type=said.text("type"),
        default=said.text("default", ""),
        fallback=said.text("fallback", ""),
        read_only=said.flag("read_only"),
        write_only=said.flag("write_only"),
        deprecated=said.flag("deprecated"),
        doc=said.text("doc", ""),
    )


def _enumeration(name: str, said: Entry) -> Enumeration:
    return Enumeration(
        id=said.text("id"),
        name=name,
        module=said.text("module"),
        like=said.text("like"),
        kind=said.text("kind"),
        members=tuple(
            Member(id=_id(each, said), name=each.text("name"), value=value)
            for value, each in said.entries("members")
        ),
        extensible=said.flag("extensible"),
        deprecated=said.flag("deprecated"),
        doc=said.text("doc", ""),
    )
