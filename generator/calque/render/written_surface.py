"""What the lock says of a package's surface, of which a part is taken over where it holds.

A part is that of one file: of a module of models, or of a resource.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import cast

from calque.config import Config
from calque.lock import Written, written
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


def _operations(api: Api, names: Names, parts: Parts) -> dict[str, Written]:
    key_of = keys(api)
    groups: dict[str, list[Operation]] = defaultdict(list)
    for operation in api.operations:
        groups[names[operation.group]].append(operation)
    found: dict[str, Written] = {}
    for group, members in groups.items():
        called = [key_of[each.id] for each in members]
        make = partial(_calls, members, called)
        found |= _entries(parts.text((_CALLS, group), members, make, called))
    return found


def _models(api: Api, names: Names, parts: Parts) -> dict[str, Written]:
    modules: dict[str, list[Declaration]] = defaultdict(list)
    for declaration in api.declarations:
        modules[names.module_of[declaration.id]].append(declaration)
    found: dict[str, Written] = {}
    for module, members in modules.items():
        make = partial(_of_module, members)
        found |= _entries(parts.text((_MODELS, module), members, make))
    return found


def _calls(members: Sequence[Operation], called: Sequence[str], scope: Scope) -> str:
    there = replace(scope, plain=True)
    calls = (call(each, key, there) for each, key in zip(members, called, strict=True))
    return _text({each.key: stored_call(each) for each in calls})


def _of_module(members: Sequence[Declaration], scope: Scope) -> str:
    there = replace(scope, plain=True)
    models = (model(each, there) for each in members)
    return _text({each.name: stored_model(each) for each in models})


def _text(entries: Mapping[str, object]) -> str:
    return json.dumps({key: written(entry).text for key, entry in entries.items()})


def _entries(text: str) -> dict[str, Written]:
    found = cast("dict[str, str]", json.loads(text))
    return {key: Written(entry) for key, entry in found.items()}
