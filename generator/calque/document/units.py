"""The units of a document: what can be read apart from the rest, with what it refers to.

A unit is a path, a webhook, a component or an extension of the whole. What is none of these
is the frame, whose Id is empty; security schemes belong to it.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeAlias
from urllib.parse import unquote

from calque.document.node import ROOT, Json, join

FRAME = ""

_PLAIN = 2
"""The version of marshal's format that has no references: equal values have equal bytes."""

Keys: TypeAlias = tuple[str, ...]
"""What leads to a place in a document from the outside in."""

_KEYED = ("paths", "webhooks", "x-webhooks")
COMPONENTS, _SECURITY_SCHEMES = "components", "securitySchemes"
_NAME = re.compile(r"[\w-]+")
_BINDING = {"$id", "$anchor", "$dynamicAnchor", "$self"}
# What stands in such a map names an operation that is elsewhere (OpenAPI 3.1, Link Object).
_LINKS = "links"
_REFERRING = ("$ref", "$dynamicRef")
_MARKS = ("readOnly", "writeOnly")
_TELLING = frozenset(
    {*_BINDING, *_REFERRING, *_MARKS, "discriminator", "propertyName", "operationId"}
)
"""What a unit names others by, or tells of itself; most objects in it have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What a unit names: other units, those that it extends, members that go only one way.

    `ids` are the operationIds in it, `family` says whether it has a discriminator. `alone` is
    False where it depends on more than all this can tell: on other files, on names that a
    schema gives itself.
    """

    refers: frozenset[str]
    extends: frozenset[str]
    one_way: frozenset[str]
    ids: tuple[str, ...]
    family: bool
    alone: bool


@dataclass(slots=True)
class _Found:
    refers: set[str] = field(default_factory=set[str])
    one_way: set[str] = field(default_factory=set[str])
    ids: list[str] = field(default_factory=list[str])
    family: bool = False
    alone: bool = True


def levels(keys: Sequence[str]) -> int:
    """How many more keys lead to the units in what some keys lead to.

    0 where that is a unit itself; less within one, and where no unit is in it.
    """
    return _depth(keys) - len(keys)


def unit_of(id_: str) -> str:
    """The unit in which an Id is."""
    root, *keys = id_.split("/")
    depth = _depth(keys) if root == ROOT and keys else 0
    return "/".join((ROOT, *keys[:depth])) if 0 < depth <= len(keys) else FRAME


def _depth(keys: Sequence[str]) -> int:
    """How many keys lead to a unit that begin like these; 0: to none."""
    first = keys[0]
    if first in _KEYED:
        return 2
    if first == COMPONENTS:
        return 0 if _SECURITY_SCHEMES in keys[1:2] else 3
    return 1 if first.startswith("x-") else 0


def unread(id_: str) -> bool:
    """Whether nobody reads a unit, unless another one refers to it."""
    return id_.startswith(f"{ROOT}/x-") and id_.count("/") == 1


def digest(value: Json) -> str:
    """What tells a value from all others, 1 from 1.0 and from true."""
    return sha256(marshal.dumps(value, _PLAIN)).hexdigest()


def unit(value: Json) -> Unit:
    """What a unit names; rather too much than too little."""
    found = _Found()
    # No unit is an operation itself; a component may be a link.
    todo: list[tuple[str, str, Json]] = [(_LINKS, "", value)]
    while todo:
        above, key, here = todo.pop()
        if isinstance(here, dict):
            if not _TELLING.isdisjoint(here):
                _note(above, key, here, found)
            todo += [
                (key, name, each)
                for name, each in here.items()
                if isinstance(each, (dict, list))
            ]
        elif isinstance(here, list):
            todo += [(key, str(index), item) for index, item in enumerate(here)]
    return Unit(
        refers=frozenset(found.refers),
        extends=frozenset(_extended(value)),
        one_way=frozenset(found.one_way),
        ids=tuple(found.ids),
        family=found.family,
        alone=found.alone,
    )


def _extended(value: Json) -> Iterator[str]:
    """The units that a schema extends, also by what it is made of in its own place."""
    if not isinstance(value, dict):
        return
    text, listed = value.get("$ref"), value.get("allOf")
    if isinstance(text, str):
        yield unit_of(unquote(text))
    for part in listed if isinstance(listed, list) else ():
        yield from _extended(part)


def _note(above: str, key: str, value: dict[str, Json], found: _Found) -> None:
    if above != _LINKS:
        found.ids.extend(_operation_id(value))
    if any(value.get(mark) is True for mark in _MARKS):
        found.one_way.add(key)
    found.alone &= _BINDING.isdisjoint(value)
    found.family |= "discriminator" in value
    texts = [value.get(keyword) for keyword in _REFERRING]
    if "propertyName" in value:
        mapped = [
            value.get("defaultMapping"),
            *dict(_members(value.get("mapping"))).values(),
        ]
        texts += [_reference(text) for text in mapped]
    for text in texts:
        if isinstance(text, str):
            found.alone &= text.startswith("#/")
            found.refers.add(unit_of(unquote(text)))


def _operation_id(value: Mapping[str, Json]) -> Iterator[str]:
    id_ = value.get("operationId")
    if isinstance(id_, str):
        yield id_


def _reference(text: Json) -> Json:
    """What a discriminator names, which may be just the name of a schema."""
    plain = isinstance(text, str) and _NAME.fullmatch(text)
    return join(ROOT, COMPONENTS, "schemas", str(text)) if plain else text


def _members(value: Json) -> Iterator[tuple[str, Json]]:
    return iter(value.items() if isinstance(value, dict) else ())
