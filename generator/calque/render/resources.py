"""The modules of resources: what `templates/client/{package}/resources/` is filled with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from calque.model.api import Api, Group, Media, Operation
from calque.model.arguments import Argument
from calque.model.both import at_once, streamed
from calque.naming import Names, class_of
from calque.render.aliases import Former, marking, methods, told
from calque.render.annotations import Scope
from calque.render.body_forms import (
    FormView,
    OverloadView,
    choice,
    every_argument,
    forms,
    made_of,
    overloads,
)
from calque.render.body_writers import given_for_bytes
from calque.render.calls import asked_for, sent
from calque.render.code import Code, Import, import_block, needed, runtime
from calque.render.docstrings import docstring
from calque.render.extensions import extension
from calque.render.manners import ASYNC, SYNC, Flavour, Manner, manner
from calque.render.operation_words import INDENT, group_words, words
from calque.render.statements import statement
from calque.render.switches import signatures

_ALWAYS = frozenset(
    {*runtime("call", "AsyncCaller", "Caller"), *runtime("options", "RequestOptions")}
)


@dataclass(frozen=True, slots=True)
class SettingView:
    """A keyword of a call: `name=value`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """The constant that describes an operation, or one of the two sides of it."""

    constant: str
    how: Manner
    settings: tuple[SettingView, ...]


@dataclass(frozen=True, slots=True)
class MethodView:
    """An operation: what describes it, and the method that calls it."""

    name: str
    constant: str
    how: Manner
    statements: tuple[StatementView, ...]
    given: bool
    forms: tuple[FormView, ...]
    overloads: tuple[OverloadView, ...]
    positional: tuple[str, ...]
    keywords: tuple[str, ...]
    deprecated: str
    leading: tuple[str, ...]
    docstring: str
    arguments: tuple[SettingView, ...]


@dataclass(frozen=True, slots=True)
class FlavourView:
    """One of the two classes of a resource: that which waits, or that which awaits."""

    name: str
    bases: str
    docstring: str
    caller: str
    methods: tuple[MethodView, ...]


@dataclass(frozen=True, slots=True)
class ResourceView:
    """A module of operations."""

    docstring: str
    imports: str
    methods: tuple[MethodView, ...]
    flavours: tuple[FlavourView, ...]


_Written: TypeAlias = tuple[MethodView, frozenset[Import]]


@dataclass(frozen=True, slots=True)
class Resource:
    """What a module of operations is made of: those of a group, and former names of some."""

    group: Group
    members: tuple[Operation, ...]
    former: tuple[Former, ...]


def resources(api: Api, names: Names) -> dict[str, Resource]:
    """Every resource, by the name of its module; in each, the operations by theirs."""
    members: dict[str, list[Operation]] = defaultdict(list)
    for operation in sorted(api.operations, key=lambda o: names[o.id]):
        members[operation.group].append(operation)
    found = {
        names[group.id]: Resource(
            group, tuple(members[group.id]), tuple(methods(api, names, group.id))
        )
        for group in api.groups
    }
    return dict(sorted(found.items()))


def resource_module(resource: Resource, scope: Scope) -> ResourceView:
    """The module of a resource."""
    group, members, former = resource.group, resource.members, resource.former
    names = scope.names
    attribute, class_ = names[group.id], names[class_of(group.id)]
    shadowed = frozenset(names[operation.id] for operation in members)
    there = replace(scope, shadowed=shadowed)
    shown = [(o, there, "") for o in members]
    shown += [(f.operation, f.scope(there), f.now) for f in former]
    waiting, awaiting = _both(shown)
    added = [extension(names, name) for name in (class_, f"Async{class_}")]
    imports = needed(added).union(_ALWAYS, *(found for _, found in waiting + awaiting))
    views = tuple(view for view, _ in waiting)
    words = group_words(group)
    return ResourceView(
        docstring=docstring(f"The operations of `client.{attribute}`.", 0),
        imports=import_block(imports),
        methods=views,
        flavours=(
            FlavourView(class_, _based(added[0]), docstring(words, 4), "Caller", views),
            FlavourView(
                f"Async{class_}",
                _based(added[1]),
                docstring(words, 4),
                "AsyncCaller",
                tuple(view for view, _ in awaiting),
            ),
        ),
    )


def _based(added: Code) -> str:
    return f"({added.text.removesuffix(', ')})" if added.text else ""


def _both(
    shown: list[tuple[Operation, Scope, str]],
) -> tuple[list[_Written], list[_Written]]:
    """The methods that wait, and those that are awaited, with their imports."""
    waiting = [_method(o, there, SYNC, now) for o, there, now in shown]
    awaiting = [
        _awaited(o, there, now, view)
        for (o, there, now), (view, _) in zip(shown, waiting, strict=True)
    ]
    return waiting, awaiting


def _method(operation: Operation, there: Scope, flavour: Flavour, now: str) -> _Written:
    """A method of a flavour, and its imports.

    `now` is how a caller should call it, where this is only a name of old.
    """
    scope, plain = there.unshadowed, there.to_callers
    every = every_argument(operation, scope)
    made, making = forms(operation, scope)
    shapes, more = overloads(operation, plain, flavour.content)
    asked = tuple(a for a in every if not made or a.place != "body")
    giving = plain.taking(given_for_bytes(operation.body, flavour.content))
    texts = {a.id: asked_for(a, giving if a.place == "body" else plain) for a in asked}
    how = manner(operation, there, flavour)
    switched, switching = signatures(operation, asked, giving, how)
    stated, stating = _statements(operation, scope, how)
    given = sent(operation, asked, scope)
    positional, keywords = _split(asked, texts)
    if len(shapes) == 1:
        keywords, shapes = shapes[0].keywords, ()
        given["body"] = made_of(operation, scope)
    elif made:
        keywords = (*keywords, choice(operation))
    doc = f"Use `{now}`." if now else words(operation, every, scope, how.returned)
    view = MethodView(
        name=scope.names[operation.id],
        constant=stated[0].constant,
        how=how,
        statements=stated,
        given=bool(shapes),
        forms=made,
        overloads=switched or _returning(shapes, how),
        positional=positional,
        keywords=keywords,
        leading=_leading(how, stated[0].constant) if made else how.leading,
        deprecated=told(scope.names[operation.id], now) if now else "",
        docstring=docstring(doc, INDENT),
        arguments=_views(given),
    )
    found = needed([how.returns, how.mark, *texts.values(), *given.values()])
    found |= making | more | stating | switching
    return view, frozenset({*found, *(marking() if now else ())})


def _statements(
    operation: Operation, scope: Scope, how: Manner
) -> tuple[tuple[StatementView, ...], frozenset[Import]]:
    """What describes an operation, and the imports of that."""
    constant = f"_{scope.names[operation.id].upper()}"
    sides = [(constant, operation, how)]
    if how.sides:
        whole, stream = how.sides
        sides = [
            (constant, at_once(operation), whole),
            (f"{constant}_STREAMED", streamed(operation), stream),
        ]
    views: list[StatementView] = []
    codes: list[Code] = []
    for name, side, manner_ in sides:
        settings = {**statement(side, scope), **manner_.settings}
        views.append(StatementView(name, manner_, _views(settings)))
        codes += [manner_.stated, *settings.values()]
    return tuple(views), needed(codes)


def _leading(how: Manner, constant: str) -> tuple[str, ...]:
    """The first arguments of a call whose operation is of the form that was chosen."""
    chosen = {constant: "chosen.operation"}
    return tuple(chosen.get(argument, argument) for argument in how.leading)


def _returning(
    overloads: tuple[OverloadView, ...], how: Manner
) -> tuple[OverloadView, ...]:
    """Signatures of a method that returns the same whichever is meant."""
    define, returns = how.define, how.returns.text
    return tuple(replace(one, define=define, returns=returns) for one in overloads)


def _split(
    asked: Iterable[Argument], texts: Mapping[str, Code]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The arguments that may be given without their names, and the others."""
    positional = tuple(texts[a.id].text for a in asked if a.positional)
    return positional, tuple(texts[a.id].text for a in asked if not a.positional)


def _awaited(
    operation: Operation, there: Scope, now: str, waiting: MethodView
) -> _Written:
    """The method of the asynchronous class, and its imports.

    Only what is sent as it is may be something else where it can be awaited.
    """
    binary = any(body.media == Media.BINARY for body in operation.bodies)
    if binary or operation.switch:
        return _method(operation, there, ASYNC, now)
    how = manner(operation, there, ASYNC)
    overloads = _returning(waiting.overloads, how)
    return replace(waiting, how=how, overloads=overloads), how.returns.imports


def _views(settings: dict[str, Code]) -> tuple[SettingView, ...]:
    return tuple(SettingView(name, code.text) for name, code in settings.items())
