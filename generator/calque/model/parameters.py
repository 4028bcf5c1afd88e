"""What the parameters of an operation are, and which of them nobody has to be asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from calque.diagnostics import Diagnostic
from calque.document.node import Json, Node, escape
from calque.model.api import Idempotency, Location, Parameter
from calque.model.carried import JSON_STYLE, content_of, schema_of, style_of, type_of
from calque.model.described import constraints, doc_of
from calque.model.dropped import left_out, passed_over
from calque.model.enumerations import constants, extensible
from calque.model.examples import told
from calque.model.headers import Style
from calque.model.media import is_json
from calque.model.schemas import Schemas
from calque.model.types import Constant, Type, without_null

# OpenAPI 3.1, Parameter Object: what `style` is when nothing is said.
_STYLE = {
    Location.PATH: "simple",
    Location.QUERY: "form",
    Location.HEADER: "simple",
    Location.COOKIE: "form",
}

# The styles that put a prefix before a single value, those in which it has quotes, or
# no name.
_ADORNED = ("label", "matrix", "json", "querystring", "querystringJson")

# OASIS Repeatable Requests 1.0, section 3; the IETF draft of Idempotency-Key.
_REPEATABLE = ("repeatability-request-id", "repeatability-first-sent")
_MANAGED = {*_REPEATABLE, "idempotency-key"}

# OpenAPI 3.1, Parameter Object: header parameters of these names shall be ignored.
IGNORED_HEADERS = {"accept", "content-type", "authorization"}


def parameters(
    schemas: Schemas, path_item: Node, operation: Node
) -> tuple[Parameter, ...]:
    """The parameters of an operation, those of its path included and overridden."""
    found: dict[tuple[str, str], Node] = {}
    for owner in (path_item, operation):
        for entry in owner.below("parameters").elements():
            node = schemas.resolved.follow(entry)
            found[node.text("in") or "", node.text("name") or ""] = entry
    read = (_parameter(schemas, operation, entry) for entry in found.values())
    return tuple(p for p in read if p is not None)


def in_order(parameters: tuple[Parameter, ...], path: str) -> tuple[Parameter, ...]:
    """The parameters, those of the path in its order and where the first of them was."""
    ordered = iter(
        sorted(
            (p for p in parameters if p.location == Location.PATH),
            key=lambda p: path.find(f"{{{p.name}}}"),
        )
    )
    return tuple(
        next(ordered) if p.location == Location.PATH else p for p in parameters
    )


def idempotency(parameters: Iterable[Parameter]) -> Idempotency | None:
    """The header parameters that make a call repeatable, if there are any."""
    managed = {p.name.lower(): p.name for p in parameters if p.managed}
    others = (name for name in managed if name not in _MANAGED)
    for key in ("repeatability-request-id", "idempotency-key", *others):
        if key in managed:
            first_sent = managed.get(_REPEATABLE[1]) if key == _REPEATABLE[0] else None
            return Idempotency(key=managed[key], first_sent=first_sent)
    return None


def _is_managed(header: Node) -> bool:
    """Whether the runtime sends it: by its name, or because the document says so."""
    name = (header.text("name") or "").lower()
    said = header.get("x-calque-idempotency")
    return name in _MANAGED if said is None else said.value is True


def _parameter(schemas: Schemas, operation: Node, entry: Node) -> Parameter | None:
    """A parameter of an operation; read once for all, unless there is more to say of it."""
    node = schemas.resolved.follow(entry)
    found, said = schemas.alike.parameters.get(node.pointer), len(schemas.diagnostics)
    if found is None:
        found = _read(schemas, node)
        if found is None:
            return None
        if len(schemas.diagnostics) == said:
            schemas.alike.parameters[node.pointer] = found
    place = f"{operation.pointer}/parameters/{found.location}/{escape(found.name)}"
    return replace(found, id=place, doc=doc_of(entry) or found.doc)


def _read(schemas: Schemas, node: Node) -> Parameter | None:
    location, name = _location(schemas, node), node.text("name") or ""
    if location is None:
        return None
    schemas.diagnostics.extend(_passed_over(node))
    schema = schema_of(node)
    target = schemas.resolved.follow(schema) if schema else None
    required = node.flag("required") or location == Location.PATH
    style = _whole(node) if _is_whole(node) else _style(node, location)
    return Parameter(
        id=node.pointer,
        name=name,
        location=location,
        type=_type(schemas, node, name, location),
        required=required,
        doc=doc_of(node) or (doc_of(target, name) if target else ""),
        deprecated=any(n.flag("deprecated") for n in (node, schema) if n),
        default=target.mapping().get("default") if target else None,
        example=_example(schemas, node, target),
        constant=_constant(target, location, style) if target and required else None,
        constraints=constraints(target) if target else (),
        style=style,
        managed=location == Location.HEADER and _is_managed(node),
    )


def _location(schemas: Schemas, node: Node) -> Location | None:
    """Where a parameter travels; None, and said aloud, for one that is not sent."""
    name, where = node.text("name") or "", node.text("in") or ""
    where = Location.QUERY if _is_whole(node) else where
    if where not in [*Location]:
        words = f"parameters in `{where}` are not supported yet"
    elif where == Location.HEADER and name.lower() in IGNORED_HEADERS:
        words = f"the header `{name}` is set by the body, the answers or the credential"
    else:
        return Location(where)
    schemas.diagnostics.append(left_out(node, words))
    return None


def _is_whole(node: Node) -> bool:
    """Whether it is the whole query, which is a way to write one parameter in it."""
    return node.text("in") == "querystring"


def _type(schemas: Schemas, node: Node, name: str, location: Location) -> Type:
    type_ = type_of(schemas, node, (name,), forms=_is_whole(node))
    if location != Location.PATH or without_null(type_) == type_:
        return type_
    words = "no path can hold the `null` that this parameter may be"
    schemas.diagnostics.append(left_out(schema_of(node) or node, words))
    return without_null(type_)


def _passed_over(node: Node) -> list[Diagnostic]:
    media = content_of(node)
    passed = passed_over("media type", media) if media else []
    return [*passed_over("parameter", node), *passed]


def _constant(schema: Node, location: Location, style: Style | None) -> Constant | None:
    """The one value that a schema admits; an extensible enumeration admits others."""
    listed = "const" in schema or "enum" in schema
    if location == Location.COOKIE or not listed or extensible(schema):
        return None
    if style is not None and style.style in _ADORNED:
        return None
    values = constants(schema)
    return values[0] if len(values) == 1 else None


def _example(schemas: Schemas, node: Node, schema: Node | None) -> Json:
    """The parameter's own example, else the first of its named ones, else its schema's."""
    named = next((n for _, n in node.below("examples").items()), None)
    if named is not None:
        value = told(schemas.resolved.follow(named))
        return value.value if value else None
    for owner in (node, content_of(node), schema):
        if owner is not None and "example" in owner:
            return owner.mapping()["example"]
    return None


def _whole(node: Node) -> Style:
    """How the whole query is written (OpenAPI 3.2, Parameter Object: `querystring`)."""
    media = content_of(node)
    json = media is not None and is_json(media.key)
    return Style(style="querystringJson" if json else "querystring", explode=True)


def _style(node: Node, location: Location) -> Style | None:
    """How the value is written, unless as everywhere else in its location.

    What may stand as it is in a header or a cookie is no matter of `allowReserved`.
    """
    media = content_of(node)
    if media is not None:
        return JSON_STYLE if is_json(media.key) else None
    usual = _STYLE[location]
    style = style_of(node, usual)
    if location not in (Location.PATH, Location.QUERY):
        style = replace(style, allow_reserved=False)
    return None if style == Style(style=usual, explode=usual == "form") else style
