"""How an operation is stated: what of it is the same in every call."""

from __future__ import annotations

from urllib.parse import quote

from calque.document.node import Json
from calque.model.api import Body, Location, Media, Operation
from calque.model.types import AnyOf, Anything, Constant, Null, Ref, Type, nullable
from calque.render.annotations import Scope
from calque.render.answers import accept, answers
from calque.render.body_writers import body_writer, style
from calque.render.code import Code, runtime
from calque.render.literals import literal
from calque.render.servers import server_code

KEYWORDS = {
    "path": Location.PATH,
    "query": Location.QUERY,
    "headers": Location.HEADER,
    "cookies": Location.COOKIE,
}
"""The keywords of a call, and the location of the parameters that each one takes."""


def statement(operation: Operation, scope: Scope) -> dict[str, Code]:
    """What is the same in every call of an operation."""
    settings = {
        "id": Code(literal(operation_id(operation))),
        "method": Code(literal(operation.method)),
        "path": Code(literal(_path(operation))),
    }
    settings |= _constants(operation)
    if operation.security:
        settings["security"] = Code(security(operation.security))
    if operation.scopes:
        entries = (f"{literal(k)}: {_names(v)}" for k, v in operation.scopes)
        settings["scopes"] = Code(f"{{{', '.join(entries)}}}")
    # Of several forms of a body each call says which it is.
    if operation.body is not None and not operation.other_bodies:
        settings["content_type"] = Code(literal(operation.body.content_type))
        if sends_null(operation.body, scope):
            settings["sends_null"] = Code("True")
        if writer := body_writer(operation.body):
            settings["body"] = writer
    if operation.idempotency is not None:
        settings["idempotency"] = _idempotency(operation)
    if operation.server is not None:
        settings["server"] = server_code(operation.server)
    if styles := _styles(operation):
        settings["styles"] = styles
    if asked_for := accept(operation):
        settings["accept"] = Code(literal(asked_for))
    settings["answers"] = answers(operation, scope)
    return settings


def operation_id(operation: Operation) -> str:
    """What an operation is told by: the document's word, else what is requested."""
    return operation.operation_id or f"{operation.method} {operation.path}"


def security(alternatives: tuple[tuple[str, ...], ...]) -> str:
    """Alternatives of schemes that are taken together, as a tuple of tuples."""
    return _tuple([_names(each) for each in alternatives])


def _names(names: tuple[str, ...]) -> str:
    return _tuple([literal(name) for name in names])


def sends_null(body: Body, scope: Scope) -> bool:
    """Whether None for a body is `null`: an optional one is None only if it is nullable."""
    if body.media != Media.JSON:
        return False
    return _takes_null(body.type, scope) if body.required else nullable(body.type)


def _takes_null(type_: Type, scope: Scope) -> bool:
    match type_:
        case Null() | Anything():
            return True
        case AnyOf(options):
            return any(_takes_null(option, scope) for option in options)
        case Ref(id_):
            union = scope.unions.get(id_)
            options = union.options if union else ()
            return Null() in options or Anything() in options
        case _:
            return False


def _path(operation: Operation) -> str:
    """The path, with the parameters filled in that have one possible value."""
    path = operation.path
    for p in operation.parameters:
        if p.location == Location.PATH and p.constant is not None:
            path = path.replace(f"{{{p.name}}}", quote(_wire(p.constant), safe=""))
    return path


def _constants(operation: Operation) -> dict[str, Code]:
    """The query and header parameters that are always sent."""
    found: dict[str, Code] = {}
    for keyword in ("query", "headers"):
        fixed: dict[str, Json] = {
            p.name: _wire(p.constant)
            for p in operation.parameters
            if p.location == KEYWORDS[keyword] and p.constant is not None
        }
        if fixed:
            found[keyword] = Code(literal(fixed))
    return found


def _wire(constant: Constant) -> str:
    """A constant as it is written in a URL or a header."""
    return str(constant).lower() if isinstance(constant, bool) else str(constant)


def _tuple(items: list[str]) -> str:
    return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"


def _idempotency(operation: Operation) -> Code:
    said = operation.idempotency
    assert said is not None
    first = f", first_sent={literal(said.first_sent)}" if said.first_sent else ""
    text = f"Idempotency(key={literal(said.key)}{first})"
    return Code(text, runtime("operation", "Idempotency"))


def _styles(operation: Operation) -> Code | None:
    """How the parameters are written that are not written as usual in their location."""
    entries = [
        Code(f"({literal(p.location)}, {literal(p.name)}): ") + style(p.style)
        for p in operation.parameters
        if p.style is not None
    ]
    return Code("{") + Code.join(", ", entries) + "}" if entries else None
