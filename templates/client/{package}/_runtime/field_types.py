"""What the annotations of models mean: each text is evaluated once, for all that a type reaches.

They are texts until then, so that models may speak of each other across modules. msgspec
would evaluate each of them by itself, which is most of what the first value of a type that
reaches hundreds of models costs. It takes what it finds evaluated as it is.
"""

from __future__ import annotations

import builtins
import re
from sys import modules
from types import GenericAlias
from typing import Any, Literal, NamedTuple
from weakref import WeakSet

from msgspec import Struct

from .expandable import expandable


def resolve(kind: object) -> None:
    """Has all models that a type reaches state types, and not texts.

    A model that a string may stand for is within reach, with all that it is made of. Those
    that strings may stand for in it are looked for when they come.
    """
    near = _walked([kind])
    far = _walked([union.state(str | union.model()) for union in near])
    for union in far:
        union.state(union.expandable())


class _Union(NamedTuple):
    """A field that is a union of a string and a model."""

    annotations: dict[str, object]
    name: str
    text: str
    nullable: bool
    names: dict[str, object]

    def model(self) -> Any:
        return _named(self.text, self.names)

    def state(self, kind: Any) -> object:
        """Has its class state a type for it."""
        self.annotations[self.name] = kind | None if self.nullable else kind
        return kind

    def expandable(self) -> Any:
        """The type of it, for which no other model is looked for."""
        outer, dot, inner = self.text.partition(".")
        known: object = vars(self.names[outer]).get(inner) if dot else self.model()
        if isinstance(known, type) and known in _RESOLVED:
            return str | known
        return expandable(self._resolved)

    def _resolved(self) -> object:
        model = self.model()
        resolve(model)
        return model


def _walked(pending: list[object]) -> list[_Union]:
    """The unions of a string and a model in all models that some types reach without these."""
    found: list[_Union] = []
    known: dict[str, dict[str, Any]] = {}
    while pending:
        each = pending.pop()
        if not isinstance(each, type):
            pending += getattr(each, "__args__", ())
        elif issubclass(each, Struct) and each not in _RESOLVED:
            _RESOLVED.add(each)
            pending += each.__bases__
            pending += _stated(each, known.setdefault(each.__module__, {}), found)
    return found


_RESOLVED: WeakSet[type] = WeakSet({Struct})
"""The models that have been seen; whoever comes across one is not to wait for its reach."""


def _stated(
    model: type[Struct], known: dict[str, Any], unions: list[_Union]
) -> list[object]:
    """The types of the fields that a class itself declares, which are put in its annotations.

    Not of unions of a string and a model, which are added to `unions`. `known` are the
    meanings of texts in its module, of which all has been looked for that they reach.
    """
    annotations: dict[str, object] = vars(model).get("__annotations__", {})
    names = vars(modules[model.__module__])
    new: list[object] = []
    for name, stated in annotations.items():
        if not isinstance(stated, str):
            new.append(stated)
        elif stated in known:
            annotations[name] = known[stated]
        elif union := _EXPANDABLE.fullmatch(stated):
            text, nullable = union["after"] or union["before"], bool(union["null"])
            unions.append(_Union(annotations, name, text, nullable, names))
        else:
            annotations[name] = known[stated] = meaning(stated, names)
            new.append(known[stated])
    return new


_MODEL = r"(?:\w+\.)?(?!None\b|UnsetType\b)[A-Z]\w*"
_EXPANDABLE = re.compile(
    rf"(?:str \| (?P<after>{_MODEL})|(?P<before>{_MODEL}) \| str)"
    r"(?P<null> \| None)?(?: \| UnsetType)?"
)


def meaning(text: str, names: dict[str, object]) -> Any:
    """What an annotation means to a reader where these are the names: UNSET is never read."""
    plain = text.removesuffix(" | UnsetType").removesuffix(" | None")
    null = (None,) if " | None" in text[len(plain) :] else ()
    if literal := _LITERAL.fullmatch(plain):
        # To unite it with None would take typing as long again.
        return _literal[(*literal[1].split("', '"), *null)]
    kind = _meaning(plain, names)
    return kind | None if null else kind


def _meaning(text: str, names: dict[str, object]) -> Any:
    if "[" not in text:
        return _united([_named(part, names) for part in text.split(" | ")])
    if container := _CONTAINER.fullmatch(text):
        inside = meaning(container["inside"], names)
        if container["kind"] == "list":
            return GenericAlias(list, (inside,))
        return GenericAlias(dict, (str, inside))
    return eval(text, names)


_literal: Any = Literal

# What takes no compiler, as most do: strings without quotation marks and backslashes,
# lists and dicts of what has no brackets.
_LITERAL = re.compile(r"""Literal\['([^'"\\]+(?:', '[^'"\\]+)*)'\]""")
_CONTAINER = re.compile(r"(?:(?P<kind>list)\[|dict\[str, )(?P<inside>[^][]+)\]")


def _named(text: str, names: dict[str, object]) -> Any:
    """What a name, or a name within a module, means: nothing that needs a compiler."""
    outer, dot, inner = text.partition(".")
    if dot:
        return getattr(names[outer], inner)
    return names[text] if text in names else getattr(builtins, text)


def _united(kinds: list[Any]) -> Any:
    first, *others = kinds
    for other in others:
        first = first | other
    return first
