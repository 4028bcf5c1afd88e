"""The Python name of everything in an API: `Names`, by Id."""

from __future__ import annotations

import keyword
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from calque.config import Config
from calque.document.node import file_of, tokens
from calque.model.api import Api, Operation
from calque.model.arguments import arguments, declared
from calque.model.declarations import (
    Declaration,
    Enumeration,
    Member,
    Record,
    Union,
)
from calque.naming import webhooks
from calque.naming.allot import Wish, allot
from calque.naming.modules import modules
from calque.naming.reserved import (
    ADDITIONAL,
    CHOICE,
    CLASSES,
    FIELDS,
    HEADER_CLASSES,
    HEADERS,
    METHODS,
    PACKAGES,
    PARAMETERS,
    RESOURCE_CLASSES,
    RESOURCES,
    SWITCHES,
    WEBHOOKS,
)
from calque.naming.words import case_of, pascal, snake, spelled, spellings, upper

_CLASSES, _RESOURCES, _RESOURCE_CLASSES = "classes", "resources", "resource classes"
_HEADERS = "classes of headers"

_TWIN = "Async"
"""What the class of a resource has before its name where its methods are awaited."""

# The steps of a pointer that say nothing of what stands there.
_COMMON = {"components", "schema"}
_KEYED = {"schemas", "paths", "responses", "properties"}

# Where the lock keeps the names of the package and of its client.
_PACKAGE_ID, _CLIENT_ID = "#/info/package", "#/info/client"


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names of one package: `given` by Id, and the module of each declaration.

    `aliases` has names of old, such as `pets.get`, `models.Pet` or `pets`, with the Id of
    what each still means; `extended` the bases of classes in `custom/`, by their names.
    """

    package: str
    distribution: str
    client: str
    environment: str
    given: Mapping[str, str]
    module_of: Mapping[str, str]
    aliases: Mapping[str, str] = field(default_factory=dict[str, str])
    extended: Mapping[str, str] = field(default_factory=dict[str, str])

    def __getitem__(self, id_: str) -> str:
        return self.given[id_]


def like(enumeration: str) -> str:
    """The Id of what may stand for an enumeration: a member, or its plain value."""
    return f"{enumeration}/like"


def class_of(id_: str) -> str:
    """The Id of a class: of a declaration, as its place may be a field's too; of a
    resource, as its own is that of the client's attribute.
    """
    return f"{id_}/class"


def headers_of(operation: str) -> str:
    """The Id of the class of the header fields of an operation's answers."""
    return f"{operation}/headers"


def name(
    api: Api,
    config: Config,
    locked: Mapping[str, str],
    chosen: Mapping[str, str] | None = None,
    aliases: Mapping[str, str] | None = None,
    placed: Mapping[str, str] | None = None,
) -> Names:
    """All names of the package, the locked ones kept as they were.

    `chosen` ones are given first. `aliases` are names of old that still mean something,
    with the Id of that; nothing else gets one of them. `placed` are the modules that
    declarations were in.
    """
    former = _former(aliases or {}, locked)
    reserved = _reserved(api)
    for scope, names in former.items():
        reserved[scope] = reserved.get(scope, frozenset()) | names
    given = allot(_wishes(api), reserved, locked, chosen)
    client = config.client or locked.get(_CLIENT_ID) or _client_name(api.title)
    package = config.package or locked.get(_PACKAGE_ID) or _package_name(api.title)
    return Names(
        package=package,
        distribution=config.distribution or package.strip("_").replace("_", "-"),
        client=client,
        environment=config.environment or package.strip("_").upper(),
        given={**given, _CLIENT_ID: client, _PACKAGE_ID: package},
        module_of=modules(api, given, class_of, placed or {}),
        aliases=aliases or {},
        extended=config.extend,
    )


def _former(
    aliases: Mapping[str, str], locked: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """The names of old that each scope must leave to what they mean."""
    resources = {locked[i]: i for i in locked if i.startswith("#/tags/")}
    found: dict[str, frozenset[str]] = {}
    for alias in aliases:
        place, _, last = alias.rpartition(".")
        scope = _RESOURCES if not place else resources.get(place, _CLASSES)
        found[scope] = found.get(scope, frozenset()) | {last}
    return found


def _client_name(title: str) -> str:
    return f"{pascal(title or 'Api').removesuffix('Client').strip('_')}Client"


def _package_name(title: str) -> str:
    """An import name in ASCII, as projects are named, and that no other module has."""
    ascii_ = title.encode("ascii", "ignore").decode()
    bare = snake(ascii_).strip("_") if any(map(str.isalnum, ascii_)) else "api"
    taken = PACKAGES | sys.stdlib_module_names | set(keyword.kwlist)
    return f"{bare}_client" if bare in taken else bare


def _reserved(api: Api) -> dict[str, frozenset[str]]:
    """The names that each scope must leave alone."""
    return (
        {_CLASSES: CLASSES, _RESOURCES: RESOURCES, _RESOURCE_CLASSES: RESOURCE_CLASSES}
        | {declaration.id: _in_body(declaration) for declaration in api.declarations}
        | {operation.id: _in_method(operation) for operation in api.operations}
        | {headers_of(operation.id): HEADERS for operation in api.operations}
        | {_HEADERS: HEADER_CLASSES, webhooks.SCOPE: WEBHOOKS}
        | {group.id: METHODS for group in api.groups}
    )


def _in_body(declaration: Declaration) -> frozenset[str]:
    open_ = isinstance(declaration, Record) and declaration.extra is not None
    return FIELDS | {ADDITIONAL} if open_ else FIELDS


def _in_method(operation: Operation) -> frozenset[str]:
    if operation.other_bodies:
        return PARAMETERS | CHOICE
    return PARAMETERS | SWITCHES if operation.switch else PARAMETERS


def _wishes(api: Api) -> Iterator[Wish]:
    groups = {operation.id: operation.group_hint for operation in api.operations}
    for declaration in api.declarations:
        yield from _declared(declaration, groups)
    for group in api.groups:
        attribute, class_ = snake(group.hint), pascal(group.hint)
        names = attribute, f"{attribute}_resource"
        yield Wish(id=group.id, scope=_RESOURCES, names=names)
        yield Wish(
            id=class_of(group.id),
            scope=_RESOURCE_CLASSES,
            names=(class_, f"{class_}Resource", f"{class_}Operations"),
            firm=int(not class_.startswith(_TWIN)),
            twin=_TWIN,
        )
    declarations = declared(api)
    for operation in api.operations:
        yield from _called(operation, declarations)
        yield from _answered(operation)
    yield from webhooks.wishes(api)


def _declared(declaration: Declaration, groups: Mapping[str, str]) -> Iterator[Wish]:
    classes = _classes(declaration, groups)
    yield Wish(
        id=class_of(declaration.id),
        scope=_CLASSES,
        names=classes,
        firm=(len(declaration.hint) == 1) + (declaration.hint == classes[:1]),
    )
    match declaration:
        case Record(fields=fields):
            for field in fields:
                bare = snake(field.name)
                yield Wish(
                    id=field.id,
                    scope=declaration.id,
                    names=spellings(field.name),
                    firm=int(bare == field.name),
                )
        case Enumeration(members=members):
            likes = tuple(f"{class_}Like" for class_ in classes)
            yield Wish(id=like(declaration.id), scope=_CLASSES, names=likes)
            for member in members:
                yield _member(declaration, member)
        case Union():
            return
        case _:
            assert_never(declaration)


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
    yield file_of(id_)
    steps = iter(tokens(id_))
    for step in steps:
        if step == "content":
            next(steps, "")
        elif step in _KEYED:
            yield next(steps, "")
        elif step not in _COMMON:
            yield step


def _member(owner: Enumeration, member: Member) -> Wish:
    value = str(member.value)
    plain, full = upper(member.hint), upper(spelled(value))
    names = (plain, full, f"{full}_{case_of(value).upper()}")
    return Wish(id=member.id, scope=owner.id, names=names, firm=int(plain == value))


def _called(
    operation: Operation, declarations: Mapping[str, Declaration]
) -> Iterator[Wish]:
    names = (
        snake(" ".join(operation.hint)),
        f"{snake(' '.join(operation.hint))}_",
        snake(f"{operation.method} {operation.path}"),
    )
    yield Wish(id=operation.id, scope=operation.group, names=names)
    forms = operation.bodies or (None,)
    every = [a for form in forms for a in arguments(operation, declarations, form)]
    # What two forms of a body have in common has one name.
    for argument in {argument.id: argument for argument in every}.values():
        bare = snake(argument.name)
        full = snake(spelled(argument.name))
        yield Wish(
            id=argument.id,
            scope=operation.id,
            names=(bare, full, f"{argument.place}_{bare}", f"{argument.place}_{full}"),
            firm=argument.positional + (bare == argument.name),
        )


def _answered(operation: Operation) -> Iterator[Wish]:
    """The class of the header fields of the answers, and its attributes."""
    if not operation.headers:
        return
    class_, owner = pascal(" ".join(operation.hint)), pascal(operation.group_hint)
    yield Wish(
        id=headers_of(operation.id),
        scope=_HEADERS,
        names=(f"{class_}Headers", f"{owner}{class_}Headers"),
    )
    for header in operation.headers:
        yield Wish(
            id=header.id,
            scope=headers_of(operation.id),
            names=spellings(header.name),
        )
