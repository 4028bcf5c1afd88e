"""How a document is changed: new values around the changed places, the rest shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from calque.document.node import Json, Node, tokens


class _Gone:
    """What an edit returns to take a value out of its object."""


GONE: Final = _Gone()

Edit: TypeAlias = "Callable[[Json], Json | _Gone]"
"""What becomes of a value; edits of what is inside it have been made by then."""


@dataclass(slots=True)
class _Step:
    """The edits of a value, and those below it."""

    edits: list[Edit] = field(default_factory=list["Edit"])
    below: dict[str, _Step] = field(default_factory=dict[str, "_Step"])


def apply(root: Node, edits: Mapping[str, list[Edit]]) -> Node:
    """The document with the values at the given Ids edited; places that are not there
    are passed over, and an item cannot be taken out of an array."""
    top = _Step()
    for pointer, each in edits.items():
        step = top
        for token in tokens(pointer):
            found = step.below.get(token)
            if found is None:
                found = step.below[token] = _Step()
            step = found
        step.edits.extend(each)
    changed = _changed(root.value, top)
    return root if isinstance(changed, _Gone) else Node(root.pointer, changed)


def _changed(value: Json, step: _Step) -> Json | _Gone:
    result: Json | _Gone = value
    if isinstance(value, dict) and step.below:
        result = _object(value, step.below)
    elif isinstance(value, list) and step.below:
        result = _array(value, step.below)
    for edit in step.edits:
        if not isinstance(result, _Gone):
            result = edit(result)
    return result


def _object(value: dict[str, Json], below: Mapping[str, _Step]) -> dict[str, Json]:
    result: dict[str, Json] = {}
    for key, member in value.items():
        changed = _changed(member, below[key]) if key in below else member
        if not isinstance(changed, _Gone):
            result[key] = changed
    return result


def _array(value: list[Json], below: Mapping[str, _Step]) -> list[Json]:
    result = list(value)
    for index, item in enumerate(value):
        step = below.get(str(index))
        changed = _changed(item, step) if step else item
        if not isinstance(changed, _Gone):
            result[index] = changed
    return result
