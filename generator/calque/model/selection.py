"""Which operations of an API are wanted, and where they are put: the maker's own choice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatchcase

from calque.config import FILE, Config, ConfigError, said
from calque.model.api import Api, Group, Operation
from calque.model.arguments import declared
from calque.model.both import apart
from calque.model.declarations import Declaration
from calque.model.operations import group_id
from calque.model.reach import reached, spoken


def selected(api: Api, config: Config) -> Api:
    """The API with the operations that `calque.toml` asks for, where it puts them.

    Where some are left out, so are the declarations that only they reach. Raises
    ConfigError for a pattern, or an operationId, that no operation has.
    """
    _check(api, config)
    wanted = [
        _placed(operation, config)
        for operation in api.operations
        if _matches(operation, config.include or ("id:*", "path:*"))
        and not _matches(operation, config.exclude)
    ]
    declarations = declared(api)
    told = tuple(one for each in wanted for one in apart(each, declarations))
    if not config.calls and len(wanted) == len(api.operations):
        return replace(api, operations=told)
    return replace(
        api,
        operations=told,
        groups=_groups(api, wanted),
        declarations=_declarations(api, wanted),
    )


def _check(api: Api, config: Config) -> None:
    for pattern in (*config.include, *config.exclude):
        if not any(_matches(operation, (pattern,)) for operation in api.operations):
            raise ConfigError(f"{FILE}: no operation matches `{pattern}`")
    known = {key for operation in api.operations for key in operation.keys}
    for key in config.calls:
        if key not in known:
            raise ConfigError(
                f"{FILE}: no operation has the operationId `{key}`, or is at that place"
            )


def _matches(operation: Operation, patterns: Iterable[str]) -> bool:
    """Whether one of some patterns is of the operation: `tag:`, `path:` or `id:`."""
    values = {
        "tag": operation.tags,
        "path": (operation.path,),
        "id": (operation.operation_id or "",),
    }
    return any(
        fnmatchcase(value, glob)
        for kind, _, glob in (pattern.partition(":") for pattern in patterns)
        for value in values[kind]
    )


def _placed(operation: Operation, config: Config) -> Operation:
    call = said(config.calls, operation.keys, "")
    if not call:
        return operation
    resource, _, method = call.partition(".")
    return replace(
        operation, group=group_id(resource), group_hint=resource, hint=(method,)
    )


def _groups(api: Api, wanted: list[Operation]) -> tuple[Group, ...]:
    known = {group.id: group for group in api.groups}
    found = {
        o.group: known.get(o.group) or Group(id=o.group, hint=o.group_hint)
        for o in wanted
    }
    return tuple(found[id_] for id_ in sorted(found))


def _declarations(api: Api, wanted: list[Operation]) -> tuple[Declaration, ...]:
    if len(wanted) == len(api.operations):
        return api.declarations
    types = (type_ for operation in wanted for type_ in spoken(operation))
    used = reached(types, declared(api))
    return tuple(d for d in api.declarations if d.id in used)
