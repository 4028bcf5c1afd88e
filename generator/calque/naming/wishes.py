"""What everything in an API wishes to be called, asked only where that is not settled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from posixpath import splitext
from typing import assert_never

from calque.document.node import file_of, tokens
from calque.model.api import Api, Group, Operation
from calque.model.arguments import Argument, arguments, declared
from calque.model.declarations import (
    Declaration,
    Enumeration,
    Member,
    Record,
    Union,
)
from calque.naming import headers, webhooks
from calque.naming.allot import Asking, Wish
from calque.naming.ids import class_of, headers_of, like
from calque.naming.repeated import without_resource
from calque.naming.words import case_of, pascal, snake, spelled, spellings, upper

MODELS, RESOURCES, RESOURCE_CLASSES = "classes", "resources", "resource classes"
HEADERS = "classes of headers"

TWIN = "Async"
"""What the class of a resource has before its name where its methods are awaited."""

# The steps of a pointer that say nothing of what stands there.
_COMMON = {"components", "schema", "$defs", "definitions"}
_KEYED = {"schemas", "paths", "responses", "properties"}

# What the tags of some frameworks end in: the class that answers.
_CONTROLLER = re.compile(r"(?<=\w)[-_ ]?controller$", re.IGNORECASE)

# The parameter that a path ends in.
_LAST = re.compile(r"\{([^{}]+)\}[/ ]*$")


def asking(api: Api) -> Iterator[Asking]:
    """Who asks for names, and in which scope."""
    groups = {operation.id: operation.group_hint for operation in api.operations}
    for declaration in api.declarations:
        yield from _declared(declaration, groups)
    for group in api.groups:
        yield Asking(RESOURCES, (group.id,), partial(_attribute, group))
        class_ = (class_of(group.id),)
        yield Asking(RESOURCE_CLASSES, class_, partial(_class, group), TWIN)
    declarations, short = declared(api), without_resource(api.operations)
    for operation in api.operations:
        named = partial(_method, operation, short.get(operation.id))
        yield Asking(operation.group, (operation.id,), named)
        yield from _called(operation, declarations)
        yield from _answered(operation)
    yield from webhooks.asking(api)


def _attribute(group: Group) -> Iterator[Wish]:
    attribute = snake(group.hint)
    short = snake(_CONTROLLER.sub("", group.hint))
    yield Wish(id=group.id, names=(short, attribute, f"{attribute}_resource"))


def _class(group: Group) -> Iterator[Wish]:
    class_, short = pascal(group.hint), pascal(_CONTROLLER.sub("", group.hint))
    yield Wish(
        id=class_of(group.id),
        names=(short, class_, f"{class_}Resource", f"{class_}Operations"),
        firm=int(not class_.startswith(TWIN)),
    )


def _declared(declaration: Declaration, groups: Mapping[str, str]) -> Iterator[Asking]:
    id_ = declaration.id
    yield Asking(MODELS, (class_of(id_),), partial(_model, declaration, groups))
    match declaration:
        case Record(fields=fields):
            best, ids = partial(_best, declaration), fields.together.ids
            yield Asking(id_, ids, partial(_fields, declaration), best=best)
        case Enumeration(members=members):
            yield Asking(MODELS, (like(id_),), partial(_like, declaration, groups))
            ids = tuple(member.id for member in members)
            yield Asking(id_, ids, partial(_members, declaration))
        case Union():
            return
        case _:
            assert_never(declaration)


def _model(declaration: Declaration, groups: Mapping[str, str]) -> Iterator[Wish]:
    classes = _classes(declaration, groups)
    firm = (len(declaration.hint) == 1) + (declaration.hint == classes[:1])
    yield Wish(id=class_of(declaration.id), names=classes, firm=firm)


def _like(declaration: Declaration, groups: Mapping[str, str]) -> Iterator[Wish]:
    likes = tuple(f"{class_}Like" for class_ in _classes(declaration, groups))
    yield Wish(id=like(declaration.id), names=likes)


def _classes(declaration: Declaration, groups: Mapping[str, str]) -> tuple[str, ...]:
    """What a class may be called: widened by its resource, signs, case and whole place."""
    called = " ".join(declaration.hint)
    class_, full = pascal(called), pascal(spelled(called))
    group = groups.get("/".join(declaration.id.split("/")[:4]))
    wider = f"{class_}Model" if group is None else f"{pascal(group)}{class_}"
    full = full if full != class_ else wider
    place = pascal(" ".join(_place(declaration.id)))
    return class_, wider, full, place, f"{class_}{case_of(called).title()}"


def _place(id_: str) -> Iterator[str]:
    """The words of a place, from the file inwards."""
    yield splitext(file_of(id_))[0]
    steps = iter(tokens(id_))
    for step in steps:
        if step == "content":
            next(steps, "")
        elif step in _KEYED:
            yield next(steps, "")
        elif step not in _COMMON:
            yield step


def _fields(record: Record) -> Iterator[Wish]:
    for field in record.fields:
        firm = int(snake(field.name) == field.name)
        yield Wish(id=field.id, names=spellings(field.name), firm=firm)


def _best(record: Record) -> Iterator[str]:
    return (snake(field.name) for field in record.fields)


def _members(enumeration: Enumeration) -> Iterator[Wish]:
    return map(_member, enumeration.members)


def _member(member: Member) -> Wish:
    value = str(member.value)
    plain, full = upper(member.hint), upper(spelled(value))
    names = (plain, full, f"{full}_{case_of(value).upper()}")
    return Wish(id=member.id, names=names, firm=int(plain == value))


def _called(
    operation: Operation, declarations: Mapping[str, Declaration]
) -> Iterator[Asking]:
    forms = operation.bodies or (None,)
    every = [a for form in forms for a in arguments(operation, declarations, form)]
    # What two forms of a body have in common has one name.
    asked = {argument.id: argument for argument in every}
    yield Asking(operation.id, tuple(asked), partial(_arguments, asked))


def _method(operation: Operation, short: str | None) -> Iterator[Wish]:
    hint, path = " ".join(operation.hint), operation.path.replace("/", " ")
    name, whole = snake(short or hint), snake(f"{operation.method} {path}")
    full = snake(f"{operation.method} {spelled(path)}")
    case = f"{whole}_{case_of(path)}"
    names = (name, *_wider(operation, hint), f"{name}_", whole, full, case)
    firm = int(operation.operation_id is not None or not _LAST.search(path))
    yield Wish(id=operation.id, names=names, firm=firm)


def _wider(operation: Operation, hint: str) -> Iterator[str]:
    """The name with the method and the whole operationId, or with what the path ends in."""
    if operation.operation_id is not None:
        if operation.operation_id != hint:
            yield snake(f"{operation.method} {hint}")
        yield snake(operation.operation_id)
    elif last := _LAST.search(operation.path):
        yield snake(f"{hint} by {last[1]}")


def _arguments(asked: Mapping[str, Argument]) -> Iterator[Wish]:
    for argument in asked.values():
        bare, full = snake(argument.name), snake(spelled(argument.name))
        place = argument.place
        yield Wish(
            id=argument.id,
            names=(bare, full, f"{place}_{bare}", f"{place}_{full}"),
            firm=argument.positional + (bare == argument.name),
        )


def _answered(operation: Operation) -> Iterator[Asking]:
    """The class of the header fields of the answers, and its attributes."""
    if operation.headers:
        id_ = headers_of(operation.id)
        yield Asking(HEADERS, (id_,), partial(_headers, operation))
        yield headers.asking(operation.id, operation.headers)


def _headers(operation: Operation) -> Iterator[Wish]:
    class_, owner = pascal(" ".join(operation.hint)), pascal(operation.group_hint)
    place = pascal(f"{operation.method.lower()} {operation.path}")
    names = (f"{each}Headers" for each in (class_, f"{owner}{class_}", place))
    yield Wish(id=headers_of(operation.id), names=(*names,))
