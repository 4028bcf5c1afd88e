"""How the faults that leave a document's meaning clear are taken out of it."""

from __future__ import annotations

import json
from functools import partial
from typing import assert_never

from calque.document.edit import GONE, Edit, apply
from calque.document.faults import Fault, What
from calque.document.node import Json, Node, join, split
from calque.document.verdicts import (
    TRUTHS,
    AsBoolean,
    Assume,
    AsText,
    Called,
    Drop,
    Inside,
    Keep,
    Refuse,
    Remedy,
)


def repair(root: Node, remedies: list[tuple[Fault, Remedy]]) -> Node:
    """The document with everything done that was decided about its faults."""
    edits: dict[str, list[Edit]] = {}
    for fault, remedy in remedies:
        edit = _edit(remedy)
        if isinstance(remedy, Called):
            owner, key = split(fault.pointer)
            edits.setdefault(owner, []).append(partial(_called, key, remedy.key))
        elif edit is not None:
            unknown = fault.what is What.UNKNOWN
            pointer = join(fault.pointer, fault.key) if unknown else fault.pointer
            edits.setdefault(pointer, []).append(edit)
    return apply(root, edits) if edits else root


def _edit(remedy: Remedy) -> Edit | None:
    match remedy:
        case Refuse() | Keep() | Called():
            return None
        case Drop():
            return lambda _: GONE
        case Assume(key, meant):
            return lambda value: _with(value, key, meant) if key else meant
        case AsText():
            return _as_text
        case AsBoolean():
            return _as_boolean
        case Inside(key):
            return lambda value: {key: value}
        case _:
            assert_never(remedy)


def _with(value: Json, key: str, member: Json) -> Json:
    return {**value, key: member} if isinstance(value, dict) else value


def _called(key: str, name: str, owner: Json) -> Json:
    if not isinstance(owner, dict):
        return owner
    return {name if k == key else k: member for k, member in owner.items()}


def _as_text(value: Json) -> Json:
    return value if isinstance(value, str) else json.dumps(value)


def _as_boolean(value: Json) -> Json:
    return TRUTHS.get(value.lower(), value) if isinstance(value, str) else value
