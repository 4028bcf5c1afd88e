"""How to get at a value inside another: by attributes, keys and numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, cast

import msgspec

Step: TypeAlias = str | int
"""The name of an attribute, the key of a mapping, or the number of an item (-1: the last)."""


def reach(value: object, steps: Iterable[Step]) -> object:
    """What the steps lead to; None where there is nothing on the way."""
    for step in steps:
        value = _below(value, step)
    return None if value is msgspec.UNSET else value


def _below(value: object, step: Step) -> object:
    if isinstance(step, str):
        if isinstance(value, dict):
            return cast("dict[object, object]", value).get(step)
        found: object = getattr(value, step, None)
        return found
    if not isinstance(value, list):
        return None
    items = cast("list[object]", value)
    return items[step] if -len(items) <= step < len(items) else None
