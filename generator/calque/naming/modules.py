"""Which module of the package each declaration lives in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from calque.model.api import Api
from calque.model.arguments import declared
from calque.model.reach import reached, spoken

SHARED = "shared"
"""The module of what several resources speak of, or none."""


def modules(api: Api, given: Mapping[str, str]) -> dict[str, str]:
    """The module of every declaration: its resource's own, or the shared one."""
    declarations = declared(api)
    spoken_by: dict[str, set[str]] = defaultdict(set)
    for group in api.groups:
        members = [o for o in api.operations if o.group == group.id]
        types = [type_ for operation in members for type_ in spoken(operation)]
        for id_ in reached(types, declarations):
            spoken_by[id_].add(given[group.id])
    return {id_: _module(spoken_by[id_]) for id_ in declarations}


def _module(resources: set[str]) -> str:
    return next(iter(resources)) if len(resources) == 1 else SHARED
