"""How the operations of Swagger 2.0 get a request body from parameters of theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote

from calque.document import swagger_values as values
from calque.document.files import Files
from calque.document.grammar import METHODS
from calque.document.node import Json, Node, file_of, join
from calque.document.swagger_content import (
    body_of,
    consumed,
    content,
    media_types,
)
from calque.document.swagger_plan import Media, Plan
from calque.document.swagger_values import Object

_FORM = (values.URLENCODED, values.MULTIPART)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a list of parameters: what stands there, and what it means.

    `shared` entries are listed by the path, for all of its operations.
    """

    node: Node
    meant: Node
    shared: bool

    @property
    def place(self) -> str:
        """The location of the parameter."""
        return self.meant.text("in") or ""

    @property
    def inside(self) -> bool:
        """Whether the parameter is the body or a part of it."""
        return self.place in ("body", "formData")

    @property
    def direct(self) -> bool:
        """Whether the parameter stands here itself."""
        return self.node.pointer == self.meant.pointer


_Lists: TypeAlias = tuple[list[Json], list[Json]]
"""The parameters of an operation and of its path, with all edits made in them."""

_Body: TypeAlias = Callable[[_Lists], Json]
"""A request body, made when everything inside of it has been edited."""


@dataclass(frozen=True, slots=True)
class _Operation:
    """What becomes of an operation."""

    entries: list[_Entry]
    body: _Body | None
    servers: list[Json]


def path_item(files: Files, item: Node, plan: Plan) -> None:
    """Takes what belongs in bodies out of the lists, into the body of each operation."""
    shared = _entries(files, item, plan, shared=True)
    found: dict[str, _Operation] = {}
    for method in METHODS:
        node = item.get(method)
        if node is not None and isinstance(node.value, dict):
            found[method] = _operation(files, node, shared, plan)

    def change(now: Object) -> Object:
        listed = _listed(now)
        changed: Object = {**_kept(now, shared)}
        for method, operation in found.items():
            held = now.get(method)
            if isinstance(held, dict):
                changed[method] = _changed(held, operation, listed)
        return changed

    plan.edit(item, change)


def _operation(
    files: Files, node: Node, shared: list[_Entry], plan: Plan
) -> _Operation:
    own = _entries(files, node, plan, shared=False)
    named = {(e.place, e.meant.text("name")): e for e in (*shared, *own)}
    inside = [entry for entry in named.values() if entry.inside]
    produced = media_types(files, node, "produces")
    for status in node.below("responses").mapping():
        plan.produced[join(node.pointer, "responses", status)] = produced
    media = media_types(files, node, "consumes")
    body = _body(node, inside, media, plan) if inside else None
    return _Operation(own, body, _servers(files, node))


def _servers(files: Files, node: Node) -> list[Json]:
    """The servers of an operation, if its `schemes` are others than the document's."""
    listed, usual = node.texts("schemes"), files.root.texts("schemes")
    if not listed or set(listed) == set(usual):
        return []
    return values.servers({**files.root.mapping(), "schemes": [*listed]})


def _changed(held: Object, operation: _Operation, shared: list[Json]) -> Object:
    gone = ("consumes", "produces", "schemes")
    kept = _kept(held, operation.entries)
    changed = {key: value for key, value in kept.items() if key not in gone}
    if operation.body is not None:
        changed["requestBody"] = operation.body((_listed(held), shared))
    if operation.servers:
        changed["servers"] = operation.servers
    return changed


def _listed(owner: Object) -> list[Json]:
    listed = owner.get("parameters")
    return listed if isinstance(listed, list) else []


def _kept(owner: Object, entries: list[_Entry]) -> Object:
    """The owner of a list with only those parameters in it that are not in a body."""
    if "parameters" not in owner:
        return owner
    both = zip(entries, _listed(owner), strict=True)
    return {**owner, "parameters": [now for entry, now in both if not entry.inside]}


def _entries(files: Files, owner: Node, plan: Plan, *, shared: bool) -> list[_Entry]:
    """The entries of a list; those that stay in it may move up."""
    listed = [*owner.below("parameters").elements()]
    entries = [_Entry(node, files.follow(node) or node, shared) for node in listed]
    plan.inlined.update(node.pointer for node in listed)
    for index, entry in enumerate(e for e in entries if not e.inside):
        written, now = entry.node.pointer, join(owner.pointer, "parameters", index)
        if written != now:
            plan.goes(written, now)
        if entry.direct:
            plan.comes(join(now, "schema"), written)
            plan.targets[join(written, "items")] = join(now, "schema", "items")
    return entries


def _body(node: Node, inside: list[_Entry], media: list[Media], plan: Plan) -> _Body:
    now = join(node.pointer, "requestBody")
    bodies = [entry for entry in inside if entry.place == "body"]
    if bodies:
        return _single(node, now, bodies[-1], media, plan)
    return _form(now, inside, media, plan)


def _single(
    node: Node, now: str, entry: _Entry, media: list[Media], plan: Plan
) -> _Body:
    """A parameter in the body: it is the body, or names one."""
    plan.comes(now, entry.node.pointer)
    if entry.direct:
        plan.content(now, join(entry.node.pointer, "schema"), consumed(media))
        return lambda lists: body_of(_found(entry, lists), media)
    own = media if "consumes" in node else None
    return lambda _: _referred(node, entry, own, plan)


def _found(entry: _Entry, lists: _Lists) -> Object:
    """An entry as it is once everything in it has been edited."""
    found = lists[entry.shared][int(entry.node.key)]
    return found if isinstance(found, dict) else {}


def _referred(node: Node, entry: _Entry, media: list[Media] | None, plan: Plan) -> Json:
    """A reference to a body that has a name; its schema alone, for other media types."""
    here = file_of(node.pointer) == file_of(entry.meant.pointer)
    file = "" if here else (entry.node.text("$ref") or "").partition("#")[0]
    written = entry.meant.pointer

    def text(id_: str) -> Json:
        return f"{file}#{quote(plan.current(id_).partition('#')[2], safe='/~')}"

    if media is None:
        return {"$ref": text(written)}
    schema: Json = {"$ref": text(join(written, "schema"))}
    rest = {k: v for k, v in entry.meant.mapping().items() if k != "schema"}
    return body_of({**rest, "schema": schema}, media)


def _form(now: str, fields: list[_Entry], media: list[Media], plan: Plan) -> _Body:
    """Fields of a form: the properties of one object."""
    files = any(values.is_file(entry.meant.value) for entry in fields)
    usual = values.MULTIPART if files else values.URLENCODED
    used = [m for m in media if m.name.lower() in _FORM[files:]] or [Media(usual)]
    plan.comes(now, fields[0].node.pointer)
    for each in used:
        here = join(now, "content", each.name)
        if each.listed:
            plan.comes(here, each.listed)
        for entry in fields:
            name = entry.meant.text("name") or ""
            plan.comes(join(here, "schema", "properties", name), entry.meant.pointer)
    return lambda _: _form_body(fields, used)


def _form_body(fields: Iterable[_Entry], media: list[Media]) -> Json:
    properties: Object = {}
    encoding: Object = {}
    joined: Object = {}
    required: list[Json] = []
    for entry in fields:
        value, name = entry.meant.mapping(), entry.meant.text("name") or ""
        words = {k: value[k] for k in ("description",) if k in value}
        properties[name] = {**words, **values.value_schema(value)}
        if style := values.style(value):
            encoding[name] = style
            if "collectionFormat" in value and style["explode"] is False:
                joined[name] = style
        if value.get("required") is True:
            required.append(name)
    schema: Object = {"type": "object", "properties": properties}
    if required:
        schema["required"] = required
    made = content(media, schema)
    for each in media:
        # The items of an array are parts of their own, unless it is said how they are one.
        styles = encoding if each.name == values.URLENCODED else joined
        if styles and isinstance(held := made[each.name], dict):
            held["encoding"] = styles
    return {"required": bool(required), "content": made}
