"""What the annotations of models mean: each text is evaluated once, for all that a type reaches.

They are texts until then, so that models may speak of each other across modules. msgspec
would evaluate each of them by itself, which is most of what the first value of a type that
reaches hundreds of models costs. It takes what it finds evaluated as it is.
"""

from __future__ import annotations

import builtins
from sys import modules
from typing import Any
from weakref import WeakSet

from msgspec import Struct, UnsetType


def resolve(kind: object) -> None:
    """Has all models that a type reaches state types, and not texts."""
    pending = [kind]
    known: dict[tuple[str, str], Any] = {}
    while pending:
        each = pending.pop()
        if not isinstance(each, type):
            pending += getattr(each, "__args__", ())
        elif issubclass(each, Struct) and each not in _RESOLVED:
            _RESOLVED.add(each)
            pending += [*each.__bases__, *_types(each, known)]


_RESOLVED: WeakSet[type] = WeakSet({Struct})
"""The models that have been seen; whoever comes across one is not to wait for its reach."""


def _types(model: type[Struct], known: dict[tuple[str, str], Any]) -> list[object]:
    """The types of the fields that a class itself declares, which are put in its annotations.

    `known` are the meanings of texts by the name of the module that they stand in.
    """
    annotations: dict[str, object] = vars(model).get("__annotations__", {})
    names = vars(modules[model.__module__])
    for name, stated in annotations.items():
        if isinstance(stated, str):
            key = model.__module__, stated
            if key not in known:
                known[key] = meaning(stated, names)
            annotations[name] = known[key]
    return [*annotations.values()]


_NULLABLE = " | None | UnsetType"
_NULL_OR_ABSENT = None | UnsetType


def meaning(text: str, names: dict[str, object]) -> Any:
    """What an annotation means where these are the names."""
    if "[" not in text:
        return _united([_named(part, names) for part in text.split(" | ")])
    # To unite a Literal with something takes typing longer than all the rest.
    if text.endswith(_NULLABLE):
        return meaning(text.removesuffix(_NULLABLE), names) | _NULL_OR_ABSENT
    return eval(text, names)


def _named(text: str, names: dict[str, object]) -> Any:
    """What a name, or a name within a module, means: nothing that needs a compiler."""
    outer, dot, inner = text.partition(".")
    found: Any = names[outer] if outer in names else getattr(builtins, outer)
    return getattr(found, inner) if dot else found


def _united(kinds: list[Any]) -> Any:
    first, *others = kinds
    for other in others:
        first = first | other
    return first
