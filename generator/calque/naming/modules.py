"""Which module of the package each declaration lives in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from calque.model.api import Api
from calque.model.arguments import declared
from calque.model.reach import reached, spoken
from calque.model.types import Type

SHARED = "shared"
"""The module of what several resources speak of, or none."""


def modules(api: Api, given: Mapping[str, str]) -> dict[str, str]:
    """The module of every declaration: its resource's own, or the shared one."""
    declarations = declared(api)
    spoken_by: dict[str, set[str]] = defaultdict(set)
    types: dict[str, list[Type]] = defaultdict(list)
    for operation in api.operations:
        types[operation.group] += spoken(operation)
    for group, said in types.items():
        for id_ in reached(said, declarations):
            spoken_by[id_].add(given[group])
    return {id_: _module(spoken_by[id_]) for id_ in declarations}


def _module(resources: set[str]) -> str:
    return next(iter(resources)) if len(resources) == 1 else SHARED
