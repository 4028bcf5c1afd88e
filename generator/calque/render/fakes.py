"""The fakes of a package, for its callers' tests: what `testing.py` is filled with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from calque.model.api import Api, Group, Operation
from calque.naming import Names, class_of
from calque.render import aliases
from calque.render.client import variable_view
from calque.render.code import Code, Import, import_block, needed, runtime
from calque.render.docstrings import docstring, plain
from calque.render.fake_defaults import defaults
from calque.render.fake_parts import Faked, FakeOperationView, faked
from calque.render.literals import literal
from calque.render.parts import Parts
from calque.render.servers import is_variable
from calque.render.streaming import streams

MODULE = "testing"
"""The name of the module, and of the file of what it answers."""

_OWN = frozenset(
    {"async_client", "async_transport", "calls", "client", "reset", "transport"}
)
"""What a fake has besides its resources."""

_ALWAYS = (
    runtime("fakes", "AsyncClients", "Clients", "Fake", "URL", up=".")
    | runtime("fake_requests", "Asked", up=".")
    | runtime("fake_desk", "UnexpectedCallError", up=".")
)


@dataclass(frozen=True, slots=True)
class FormerNameView:
    """A name of old, and what it is called now."""

    name: str
    now: str


@dataclass(frozen=True, slots=True)
class FakeResourceView:
    """The class of a resource of a fake, and how the fake states it."""

    name: str
    class_: str
    module: str
    docstring: str
    operations: tuple[FakeOperationView, ...]
    former: tuple[FormerNameView, ...]


@dataclass(frozen=True, slots=True)
class FakesView:
    """The module, and `data`: the file of what is answered by default."""

    name: str
    client: str
    docstring: str
    words: str
    imports: str
    settings: str
    resources: tuple[FakeResourceView, ...]
    former: tuple[FormerNameView, ...]
    data: str


@dataclass(frozen=True, slots=True)
class FakeCallView:
    """An operation of a fake, as the package's README shows it."""

    fake: str
    call: str
    faked: str


def fake_call(api: Api, names: Names) -> FakeCallView | None:
    """The operation that is shown: the first that answers at once, if there is one."""
    attributes = _attributes([names[group.id] for group in api.groups])
    for operation in api.operations:
        if not streams(operation) and operation.paging is None:
            group, method = names[operation.group], names[operation.id]
            faked = f"{attributes[group]}.{method}"
            return FakeCallView(fake_of(names), f"{group}.{method}", faked)
    return None


def fake_of(names: Names) -> str:
    """The name of the fake of a package's service."""
    return f"Fake{names.client.removesuffix('Client')}"


def fakes_view(api: Api, names: Names, parts: Parts) -> FakesView:
    """The fakes of an API."""
    members: dict[str, list[Operation]] = defaultdict(list)
    for operation in api.operations:
        members[operation.group].append(operation)
    attributes = _attributes([names[group.id] for group in api.groups])
    kept = {g.id: faked(parts, names, g, members[g.id]) for g in api.groups}
    found = [
        _resource(g, kept[g.id], attributes, _former(api, g, names), names)
        for g in api.groups
    ]
    answers = {
        id_: text for each in kept.values() for id_, text in each.answers.items()
    }
    settings = _settings(api)
    clients = {Import("._client", f"{kind}{names.client}") for kind in ("", "Async")}
    more = runtime("fakes", "Resource", up=".") if api.groups else frozenset[Import]()
    imports = needed([settings, *(each.code for each in kept.values())])
    title = plain(api.title) or names.package
    return FakesView(
        name=fake_of(names),
        client=names.client,
        docstring=docstring(_MODULE_WORDS.format(title=title), 0),
        words=docstring(_WORDS.format(title=title), 4),
        imports=import_block({*_ALWAYS, *clients, *more, *map(_nearer, imports)}),
        settings=settings.text,
        resources=tuple(sorted(found, key=lambda view: view.name)),
        former=tuple(
            FormerNameView(former.name, attributes[former.now])
            for former in aliases.resources(api, names)
            if former.name not in {*attributes.values(), *_OWN}
        ),
        data=defaults(answers),
    )


_MODULE_WORDS = "What stands in for {title} where programs are tested."

_WORDS = (
    "Stands in for {title}: answers calls as it is told to, and keeps what it was asked.\n\n"
    "Nothing is sent anywhere. `client(...)` takes what the client itself takes; what is "
    "not given is settled. An operation that nobody prepared answers by an example of the "
    "document; with `defaults=False` it raises UnexpectedCallError."
)


def _attributes(resources: list[str]) -> dict[str, str]:
    """What a fake calls each resource: as the client does, if that is not its own word."""
    taken = {*resources, *_OWN}
    found: dict[str, str] = {}
    for name in sorted(resources):
        attribute = name
        while attribute in _OWN or (attribute != name and attribute in taken):
            attribute = f"{attribute}_resource"
        taken.add(attribute)
        found[name] = attribute
    return found


def _former(api: Api, group: Group, names: Names) -> tuple[FormerNameView, ...]:
    """The names of old of the operations of a resource, where they have not left it."""
    return tuple(
        FormerNameView(former.name, names[former.operation.id])
        for former in aliases.methods(api, names, group.id)
        if former.operation.group == group.id
    )


def _resource(
    group: Group,
    kept: Faked,
    attributes: dict[str, str],
    former: tuple[FormerNameView, ...],
    names: Names,
) -> FakeResourceView:
    module = names[group.id]
    return FakeResourceView(
        name=attributes[module],
        class_=f"_{names[class_of(group.id)]}",
        module=literal(module) if attributes[module] != module else "",
        docstring=docstring(f"The operations of `client.{module}`.", 4),
        operations=kept.operations,
        former=former,
    )


def _settings(api: Api) -> Code:
    """What a client of the fake is made with, if nothing else is given."""
    where = "base_url"
    if is_variable(api.servers[0]):
        where = variable_view(api.servers[0].variables[0], whole=True).name
    given = Code(f"{where}=URL")
    if api.schemes:
        schemes = ", ".join(literal(scheme.name) for scheme in api.schemes)
        signed = runtime("fakes", "unsigned")
        given += Code(f", credential=unsigned({schemes})", signed)
    return given


def _nearer(import_: Import) -> Import:
    """An import as it is written in a module that stands beside the folder of models."""
    return replace(import_, module=import_.module.removeprefix("."))
