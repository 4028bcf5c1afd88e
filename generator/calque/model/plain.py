"""Types that need no name: arrays, listed values, and what a schema without `type` is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from calque.document.node import Node
from calque.model.types import (
    Anything,
    Constant,
    Kind,
    ListOf,
    Literals,
    Scalar,
    TupleOf,
    Type,
    any_of,
)

Hint: TypeAlias = tuple[str, ...]
"""The words that name a schema from where it stands, from the outside in."""

Reader: TypeAlias = Callable[[Node, Hint], Type]
"""Reads a schema that stands inside another."""


def array(node: Node, hint: Hint, type_of: Reader) -> Type:
    """The type of an array: a tuple only where nothing may follow its first items."""
    items = node.get("items")
    first = [*node.below("prefixItems").elements()]
    closed = items is not None and items.value is False
    if first and closed:
        places = enumerate(first, 1)
        return TupleOf(tuple(type_of(n, (*hint, f"item {i}")) for i, n in places))
    if items is None or closed:
        return ListOf(Anything())
    return ListOf(any_of(*(type_of(n, (*hint, "item")) for n in (*first, items))))


def listed(values: tuple[Constant, ...]) -> tuple[Type, ...]:
    """Listed values as types: fractions and truth values have no literals in Python."""
    plain = tuple(v for v in values if not isinstance(v, (bool, float)))
    found: list[Type] = []
    if any(isinstance(value, bool) for value in values):
        found.append(Scalar(Kind.BOOLEAN))
    if any(isinstance(value, float) for value in values):
        found.append(Scalar(Kind.NUMBER))
        plain = tuple(v for v in plain if isinstance(v, str))
    return (*((Literals(plain),) if plain else ()), *found)


def type_names(node: Node) -> list[str]:
    """The `type` of a schema; without one, what its other keywords can only mean."""
    one = node.text("type")
    if names := [one] if one else node.texts("type"):
        return names
    if "items" in node or "prefixItems" in node:
        return ["array"]
    if "additionalProperties" in node or "patternProperties" in node:
        return ["object"]
    return ["anything"]
