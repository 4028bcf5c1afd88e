"""What the lock says of a package's surface, of which a part is taken over where it holds.

A part is that of one file: of a module of models, or of a resource.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from calque.config import Config
from calque.lock import Written, entries, written
from calque.model.api import Api, Operation
from calque.model.declarations import Declaration
from calque.naming import Names
from calque.render.annotations import Scope, anywhere
from calque.render.client_surface import client
from calque.render.model_surface import model
from calque.render.parts import Parts
from calque.render.surface import call, keys
from calque.render.webhook_surface import webhooks
from calque.surface import Surface, stored, stored_call, stored_model

_CALLS, _MODELS = "calls", "models"


def written_surface(
    api: Api, names: Names, config: Config, parts: Parts
) -> dict[str, object]:
    """What the lock says of callers' view of a package, as `stored` says it of a surface."""
    scope = replace(anywhere(api, names), plain=True)
    sent = {each.name: each for each in webhooks(api, scope)}
    rest = Surface(
        client=client(api, names, config), calls={}, models={}, webhooks=sent
    )
    return stored(rest) | {
        "operations": _operations(api, names, parts),
        "models": _models(api, names, parts),
    }


def _operations(api: Api, names: Names, parts: Parts) -> Written:
    key_of = keys(api)
    groups: dict[str, list[Operation]] = defaultdict(list)
    for operation in api.operations:
        groups[names[operation.group]].append(operation)
    found: dict[str, str] = {}
    for group, members in groups.items():
        called = [key_of[each.id] for each in members]
        make = partial(_calls, members, called)
        found |= entries(parts.text((_CALLS, group), members, make, called))
    return Written(found)


def _models(api: Api, names: Names, parts: Parts) -> Written:
    modules: dict[str, list[Declaration]] = defaultdict(list)
    for declaration in api.declarations:
        modules[names.module_of[declaration.id]].append(declaration)
    found: dict[str, str] = {}
    for module, members in modules.items():
        make = partial(_of_module, members)
        found |= entries(parts.text((_MODELS, module), members, make))
    return Written(found)


def _calls(members: Sequence[Operation], called: Sequence[str], scope: Scope) -> str:
    there = scope.to_callers
    calls = (call(each, key, there) for each, key in zip(members, called, strict=True))
    return written({each.key: stored_call(each) for each in calls})


def _of_module(members: Sequence[Declaration], scope: Scope) -> str:
    there = scope.to_callers
    models = (model(each, there) for each in members)
    return written({each.name: stored_model(each) for each in models})
