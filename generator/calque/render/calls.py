"""What a call asks of its caller, and what it sends of that."""

from __future__ import annotations

from calque.model.api import Body, Operation, Parameter
from calque.model.arguments import Argument, body_record, constant
from calque.model.types import Kind, Literals, Scalar, Type, nullable
from calque.render.annotations import Scope, annotation, is_formatted
from calque.render.code import Code, runtime
from calque.render.literals import literal
from calque.render.statements import KEYWORDS

_UNSET = runtime("models", "UNSET", "UnsetType")

# The functions that write parameters in formats that their Python types do not tell.
_WRITTEN = {
    Kind.HTTP_DATE: "http_date",
    Kind.UNIX_TIME: "unix_time",
    Kind.BASE64URL: "base64url",
}


def asked_for(argument: Argument, scope: Scope) -> Code:
    """An argument of a signature: `name: type = default`."""
    type_, default = taken(argument, scope)
    asked = Code(f"{scope.names[argument.id]}: ") + type_
    return asked + f" = {default}" if default else asked


def taken(argument: Argument, scope: Scope) -> tuple[Code, str]:
    """What may be given for an argument, and what it is if nothing is: "": it has to be."""
    type_ = annotation(argument.type, scope)
    if argument.required:
        return type_, ""
    if not nullable(argument.type):
        return type_ + " | None", "None"
    if isinstance(argument.source, Parameter):
        return type_, "None"
    return type_ + Code(" | UnsetType", _UNSET), "UNSET"


def sent(
    operation: Operation, asked: tuple[Argument, ...], scope: Scope
) -> dict[str, Code]:
    """What a call sends of its arguments, by where it travels."""
    found: dict[str, Code] = {}
    for keyword, location in KEYWORDS.items():
        there = [a for a in asked if a.place == location]
        if there:
            entries = [Code(f"{literal(a.name)}: ") + _value(a, scope) for a in there]
            found[keyword] = Code("{") + Code.join(", ", entries) + "}"
    if operation.other_bodies:
        found["body"] = Code("chosen.body(**given)")
    elif operation.body is not None:
        members = tuple(a for a in asked if a.place == "body")
        found["body"] = body(operation.body, members, scope)
    return found


def _value(argument: Argument, scope: Scope) -> Code:
    """An argument as it is sent, in the format of its type where Python does not know it."""
    name = scope.names[argument.id]
    match argument.type:
        case Scalar(kind) if kind in _WRITTEN:
            function = _WRITTEN[kind]
            return Code(f"{function}({name})", runtime("parameters", function))
        case Scalar():
            return Code(name)
        case _:
            return _formatted(Code(name), argument.type, scope)


def body(form: Body, members: tuple[Argument, ...], scope: Scope) -> Code:
    """A body of its members, or of itself."""
    if form.fields:
        return _members(form, members, scope)
    record = body_record(form, scope.declarations)
    if record is None:
        return _formatted(Code(scope.names[members[0].id]), members[0].type, scope)
    fields = {field.name: scope.names[field.id] for field in record.fields}
    given = [f"{fields[a.name]}={scope.names[a.id]}" for a in members]
    return scope.name(record.id) + f"({', '.join(given)})"


def _formatted(given: Code, type_: Type, scope: Scope) -> Code:
    """What is no model, in the formats that a model would know of its members."""
    if not is_formatted(type_, scope.unions):
        return given
    written = Code("written(", runtime("formatted", "written"))
    return written + given + ", " + annotation(type_, scope) + ")"


def _members(form: Body, given: tuple[Argument, ...], scope: Scope) -> Code:
    """The members of a form, by their names there."""
    values = {a.name: _value(a, scope) for a in given}
    fixed = {
        field.name: Code(literal(field.type.values[0]))
        for field in form.fields
        if constant(field) and isinstance(field.type, Literals)
    }
    found = {f.name: (fixed | values).get(f.name) for f in form.fields}
    entries = [Code(f"{literal(k)}: ") + code for k, code in found.items() if code]
    return Code("{") + Code.join(", ", entries) + "}"
