"""The Python name of everything in an API: `Names`, by Id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from keyword import iskeyword

from calque.config import Config
from calque.model.api import Api, Operation
from calque.model.declarations import Declaration, Record
from calque.naming import webhooks, wishes
from calque.naming.allot import allot
from calque.naming.ids import class_of, headers_of
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
from calque.naming.words import pascal, snake

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
    client = config.client or locked.get(_CLIENT_ID) or _client_name(api.title)
    reserved = _reserved(api, client)
    for scope, names in former.items():
        reserved[scope] = reserved.get(scope, frozenset()) | names
    given = allot(wishes.asking(api), reserved, locked, chosen)
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
        scope = wishes.RESOURCES if not place else resources.get(place, wishes.MODELS)
        found[scope] = found.get(scope, frozenset()) | {last}
    return found


def _client_name(title: str) -> str:
    """The class of the client; as `Client` is one of the runtime's, it says more than that."""
    bare = pascal(title).removesuffix("Client").strip("_") if title else ""
    return (
        f"{bare}ApiClient" if f"{bare}Client" in RESOURCE_CLASSES else f"{bare}Client"
    )


def _package_name(title: str) -> str:
    """An import name in ASCII, as projects are named, and that no other module has."""
    ascii_ = title.encode("ascii", "ignore").decode()
    bare = snake(ascii_).strip("_") if any(map(str.isalnum, ascii_)) else "api"
    return f"{bare}_client" if bare in PACKAGES or iskeyword(bare) else bare


def _reserved(api: Api, client: str) -> dict[str, frozenset[str]]:
    """The names that each scope must leave alone."""
    clients = {client, f"{wishes.TWIN}{client}"}
    return (
        {wishes.MODELS: CLASSES, wishes.RESOURCES: RESOURCES}
        | {wishes.RESOURCE_CLASSES: RESOURCE_CLASSES | clients}
        | {declaration.id: _in_body(declaration) for declaration in api.declarations}
        | {operation.id: _in_method(operation) for operation in api.operations}
        | {headers_of(operation.id): HEADERS for operation in api.operations}
        | {headers_of(webhook.id): HEADERS for webhook in api.webhooks}
        | {wishes.HEADERS: HEADER_CLASSES, webhooks.SCOPE: WEBHOOKS}
        | {group.id: METHODS for group in api.groups}
    )


def _in_body(declaration: Declaration) -> frozenset[str]:
    open_ = isinstance(declaration, Record) and declaration.extra is not None
    return FIELDS | {ADDITIONAL} if open_ else FIELDS


def _in_method(operation: Operation) -> frozenset[str]:
    if operation.other_bodies:
        return PARAMETERS | CHOICE
    return PARAMETERS | SWITCHES if operation.switch else PARAMETERS
