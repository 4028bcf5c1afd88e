"""The modules of resources: what `templates/client/{package}/resources/` is filled with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from calque.model.api import Api, Body, Group, Media, Operation, Parameter
from calque.model.arguments import (
    Argument,
    arguments,
    body_record,
    constant,
    declared,
)
from calque.model.types import (
    Kind,
    Literals,
    Null,
    Scalar,
    Type,
    any_of,
    nullable,
)
from calque.naming import Names, class_of
from calque.render.annotations import Scope, annotation, is_formatted
from calque.render.body_writers import given_for_bytes
from calque.render.code import Code, Import, import_block, runtime
from calque.render.docstrings import docstring
from calque.render.literals import literal
from calque.render.operation_words import INDENT, words
from calque.render.statements import KEYWORDS, statement

_ALWAYS = (
    runtime("call", "AsyncCaller", "Caller")
    | runtime("operation", "Operation")
    | runtime("options", "RequestOptions")
)
_UNSET = runtime("models", "UNSET", "UnsetType")


# The functions that write parameters in formats that their Python types do not tell.
_WRITTEN = {
    Kind.HTTP_DATE: "http_date",
    Kind.UNIX_TIME: "unix_time",
    Kind.BASE64URL: "base64url",
}


@dataclass(frozen=True, slots=True)
class SettingView:
    """A keyword of a call: `name=value`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class MethodView:
    """An operation: the constant that describes it, and the method that calls it."""

    name: str
    constant: str
    settings: tuple[SettingView, ...]
    positional: tuple[str, ...]
    keywords: tuple[str, ...]
    result: str
    returns: str
    gives: str
    docstring: str
    arguments: tuple[SettingView, ...]


@dataclass(frozen=True, slots=True)
class FlavourView:
    """One of the two classes of a resource: that which waits, or that which awaits."""

    name: str
    docstring: str
    caller: str
    define: str
    wait: str
    methods: tuple[MethodView, ...]


@dataclass(frozen=True, slots=True)
class ResourceView:
    """A module of operations."""

    file: str
    docstring: str
    imports: str
    methods: tuple[MethodView, ...]
    flavours: tuple[FlavourView, ...]


def resource_modules(api: Api, names: Names) -> tuple[ResourceView, ...]:
    """Every resource, by name."""
    scope = Scope(names=names, declarations=declared(api))
    members: dict[str, list[Operation]] = defaultdict(list)
    for operation in api.operations:
        members[operation.group].append(operation)
    views = (_resource(group, members[group.id], scope) for group in api.groups)
    return tuple(sorted(views, key=lambda view: view.file))


def _resource(group: Group, members: list[Operation], scope: Scope) -> ResourceView:
    names = scope.names
    attribute, class_ = names[group.id], names[class_of(group.id)]
    shadowed = frozenset(names[operation.id] for operation in members)
    members.sort(key=lambda operation: names[operation.id])
    there = replace(scope, shadowed=shadowed)
    waiting = [_method(o, there, "Content") for o in members]
    # Only what is sent as it is may be something else where it can be awaited.
    awaiting = [
        (
            _method(o, there, "AsyncContent")
            if o.body and o.body.media == Media.BINARY
            else found
        )
        for o, found in zip(members, waiting, strict=True)
    ]
    imports = _ALWAYS.union(*(found for _, found in waiting + awaiting))
    methods = tuple(view for view, _ in waiting)
    words = group.doc or f"{group.hint}."
    return ResourceView(
        file=attribute,
        docstring=docstring(f"The operations of `client.{attribute}`.", 0),
        imports=import_block(imports),
        methods=methods,
        flavours=(
            FlavourView(class_, docstring(words, 4), "Caller", "def", "", methods),
            FlavourView(
                f"Async{class_}",
                docstring(words, 4),
                "AsyncCaller",
                "async def",
                "await ",
                tuple(view for view, _ in awaiting),
            ),
        ),
    )


def _method(
    operation: Operation, there: Scope, content: str
) -> tuple[MethodView, frozenset[Import]]:
    """A method, and its imports; `content` is what a body may be that is sent as it is."""
    scope, told = replace(there, shadowed=frozenset()), replace(there, plain=True)
    name = scope.names[operation.id]
    asked = arguments(operation, scope.declarations)
    giving = replace(told, binary=given_for_bytes(operation.body, content))
    texts = {a.id: _asked(a, giving if a.place == "body" else told) for a in asked}
    returns = annotation(answer_type(operation), told)
    settings, sent = statement(operation, scope), _sent(operation, asked, scope)
    codes = [returns, *texts.values(), *settings.values(), *sent.values()]
    view = MethodView(
        name=name,
        constant=f"_{name.upper()}",
        settings=_views(settings),
        positional=tuple(texts[a.id].text for a in asked if a.positional),
        keywords=tuple(texts[a.id].text for a in asked if not a.positional),
        result=annotation(answer_type(operation), replace(scope, plain=True)).text,
        returns=returns.text,
        gives="" if returns.text == "None" else "return ",
        docstring=docstring(words(operation, asked, scope, returns.text), INDENT),
        arguments=_views(sent),
    )
    return view, frozenset(found for code in codes for found in code.imports)


def answer_type(operation: Operation) -> Type:
    """What a call that worked returns."""
    types = [answer.type for answer in operation.successes]
    return any_of(*types) if types else Null()


def _views(settings: dict[str, Code]) -> tuple[SettingView, ...]:
    return tuple(SettingView(name, code.text) for name, code in settings.items())


def _asked(argument: Argument, scope: Scope) -> Code:
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


def _sent(
    operation: Operation, asked: tuple[Argument, ...], scope: Scope
) -> dict[str, Code]:
    """What a call sends of its arguments, by where it travels."""
    sent: dict[str, Code] = {}
    for keyword, location in KEYWORDS.items():
        there = [a for a in asked if a.place == location]
        if there:
            entries = [Code(f"{literal(a.name)}: ") + _value(a, scope) for a in there]
            sent[keyword] = Code("{") + Code.join(", ", entries) + "}"
    if operation.body is not None:
        sent["body"] = _body(operation, asked, scope)
    return sent


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


def _body(operation: Operation, asked: tuple[Argument, ...], scope: Scope) -> Code:
    members = [a for a in asked if a.place == "body"]
    if operation.body is not None and operation.body.fields:
        return _members(operation.body, members, scope)
    record = body_record(operation, scope.declarations)
    if record is None:
        return _formatted(Code(scope.names[members[0].id]), members[0].type, scope)
    fields = {field.name: scope.names[field.id] for field in record.fields}
    given = [f"{fields[a.name]}={scope.names[a.id]}" for a in members]
    return scope.name(record.id) + f"({', '.join(given)})"


def _formatted(given: Code, type_: Type, scope: Scope) -> Code:
    """What is no model, in the formats that a model would know of its members."""
    if not is_formatted(type_):
        return given
    written = Code("written(", runtime("formatted", "written"))
    return written + given + ", " + annotation(type_, scope) + ")"


def _members(body: Body, given: list[Argument], scope: Scope) -> Code:
    """The members of a form, by their names there."""
    values = {a.name: _value(a, scope) for a in given}
    fixed = {
        field.name: Code(literal(field.type.values[0]))
        for field in body.fields
        if constant(field) and isinstance(field.type, Literals)
    }
    found = {f.name: (fixed | values).get(f.name) for f in body.fields}
    entries = [Code(f"{literal(k)}: ") + code for k, code in found.items() if code]
    return Code("{") + Code.join(", ", entries) + "}"
