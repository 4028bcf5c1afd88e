"""Which operations of an API are wanted, and where they are put: the maker's own choice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatchcase

from calque.config import Config, said
from calque.model.api import Api, Group, Operation
from calque.model.arguments import declared
from calque.model.both import apart
from calque.model.declarations import Declaration
from calque.model.named import check_names
from calque.model.operations import group_id
from calque.model.reach import reached, spoken
from calque.model.webhook import Webhook


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
    webhooks = tuple(w for w in api.webhooks if _is_wanted(w, wanted, config))
    whole = len(wanted) == len(api.operations) and webhooks == api.webhooks
    if not config.calls and whole:
        return replace(api, operations=told)
    return replace(
        api,
        operations=told,
        groups=_groups(api, wanted),
        declarations=_declarations(api, wanted, webhooks),
        webhooks=webhooks,
    )


def _is_wanted(webhook: Webhook, wanted: list[Operation], config: Config) -> bool:
    """Whether a webhook is asked for, as operations are; a callback is with one of its own."""
    if webhook.callback_of:
        return any(operation.id in webhook.callback_of for operation in wanted)
    return _matches(webhook, config.include or ("id:*", "path:*")) and not _matches(
        webhook, config.exclude
    )


def _check(api: Api, config: Config) -> None:
    requests: tuple[Operation | Webhook, ...] = (*api.operations, *api.webhooks)
    for key, patterns in (("include", config.include), ("exclude", config.exclude)):
        for index, pattern in enumerate(patterns):
            if not any(_matches(each, (pattern,)) for each in requests):
                words = f"`{key}`: no operation matches `{pattern}`"
                raise config.wrong(words, key, index)
    check_names(api, config, "calls", config.calls)


def _matches(operation: Operation | Webhook, patterns: Iterable[str]) -> bool:
    """Whether one of some patterns is of the operation: `tag:`, `path:` or `id:`.

    A webhook has its name in the place of a path.
    """
    named = operation.name if isinstance(operation, Webhook) else operation.path
    values = {
        "tag": operation.tags,
        "path": (named,),
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
    chosen = {attribute: hint for hint, attribute in config.resources.items()}
    hint = chosen.get(resource, resource)
    return replace(operation, group=group_id(hint), group_hint=hint, hint=(method,))


def _groups(api: Api, wanted: list[Operation]) -> tuple[Group, ...]:
    known = {group.id: group for group in api.groups}
    found = {
        o.group: known.get(o.group) or Group(id=o.group, hint=o.group_hint)
        for o in wanted
    }
    return tuple(found[id_] for id_ in sorted(found))


def _declarations(
    api: Api, wanted: list[Operation], webhooks: tuple[Webhook, ...]
) -> tuple[Declaration, ...]:
    if len(wanted) == len(api.operations) and webhooks == api.webhooks:
        return api.declarations
    types = [type_ for operation in wanted for type_ in spoken(operation)]
    types += [type_ for webhook in webhooks for type_ in webhook.spoken]
    used = reached(types, declared(api))
    return tuple(d for d in api.declarations if d.id in used)
