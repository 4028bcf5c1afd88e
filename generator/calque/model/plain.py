"""Types that need no name: arrays, listed values, and what a schema without `type` is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from calque.document.node import Node
from calque.model.enumerations import constants, has_literal
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


WORDS = {
    *("title", "description", "summary", "$comment", "externalDocs", "xml"),
    *("default", "deprecated", "example", "examples", "readOnly", "writeOnly"),
}
"""The keywords that say nothing about which values a schema admits."""


_TYPING = frozenset(
    {
        *("type", "$ref", "$dynamicRef", "enum", "const", "allOf", "anyOf", "oneOf"),
        *("properties", "additionalProperties", "unevaluatedProperties"),
        *("patternProperties", "items", "prefixItems"),
    }
)
"""What a schema says its type by."""

_WHOLE = ("description", "deprecated")
"""What is said of a schema and of the only one that it is made of alike."""

_UNNAMED = ("additionalProperties", "unevaluatedProperties", "patternProperties")
"""What speaks of members without naming them."""
_OTHERS = frozenset(_UNNAMED)


def array(node: Node, hint: Hint, type_of: Reader) -> Type:
    """The type of an array: a tuple only where nothing may follow its first items."""
    first, rest = node.nodes("prefixItems"), _rest(node)
    if first and is_closed(node):
        places = enumerate(first, 1)
        return TupleOf(tuple(type_of(n, (*hint, f"item {i}")) for i, n in places))
    if rest is None:
        return ListOf(Anything())
    return ListOf(any_of(*(type_of(n, (*hint, "item")) for n in (*first, rest))))


def is_open(node: Node) -> bool:
    """Whether anything may follow the first items of an array."""
    return "prefixItems" in node and _rest(node) is None and not is_closed(node)


def is_closed(node: Node) -> bool:
    """Whether nothing may follow the first items of an array."""
    rest, most = _rest(node), node.mapping().get("maxItems")
    full = isinstance(most, int) and most <= len(node.nodes("prefixItems"))
    return full or (rest is not None and rest.value is False)


def _rest(node: Node) -> Node | None:
    """The schema of the items that have no own; without `prefixItems`, of all."""
    return node.get("items") or node.get("unevaluatedItems")


def listed(values: tuple[Constant, ...]) -> tuple[Type, ...]:
    """Listed values as types: fractions, truth values, huge integers have no literals."""
    plain = tuple(v for v in values if has_literal(v))
    found: list[Type] = []
    if any(isinstance(value, bool) for value in values):
        found.append(Scalar(Kind.BOOLEAN))
    if any(isinstance(value, float) for value in values):
        found.append(Scalar(Kind.NUMBER))
        plain = tuple(v for v in plain if isinstance(v, str))
    elif any(type(v) is int and not has_literal(v) for v in values):
        found.append(Scalar(Kind.INTEGER))
        plain = tuple(v for v in plain if isinstance(v, str))
    return (*((Literals(plain),) if plain else ()), *found)


def only_worded(node: Node) -> Node | None:
    """The one reference in an `allOf` that the schema adds nothing but words to."""
    if "allOf" not in node:
        return None
    parts = [p for p in node.nodes("allOf") if _says_more(p, set())]
    alone = len(parts) == 1 and "$ref" in parts[0]
    if not alone or _says_more(node, {"allOf", "type"}):
        return None
    names = [name for name in type_names(node) if name != "null"]
    return parts[0] if names in (["anything"], ["object"]) else None


def sole_option(node: Node) -> Node | None:
    """The one schema in a `oneOf` or `anyOf` besides null that a schema is made of.

    What is said of the whole is said of it, unless it says so itself.
    """
    keyword = "oneOf" if "oneOf" in node else "anyOf"
    if keyword not in node or _says_more(node, {keyword}):
        return None
    some = [o for o in node.nodes(keyword) if not is_null(o)]
    if len(some) != 1 or "$ref" in some[0] or not some[0].mapping():
        return None
    said = {key: node.mapping()[key] for key in _WHOLE if key in node}
    return Node(some[0].pointer, {**said, **some[0].mapping()}) if said else some[0]


def is_null(node: Node) -> bool:
    """Whether a schema says nothing but that a value is null."""
    return constants(node) == (None,) or type_names(node) == ["null"]


def _says_more(node: Node, known: set[str]) -> bool:
    """Whether a schema has keywords that are neither known nor words for a reader."""
    keys = {key for key in node.mapping() if not key.startswith("x-")}
    return bool(keys - known - WORDS)


def undeclared(node: Node) -> tuple[Node, ...]:
    """The schemas that members of no declared name have; none where that is not said.

    Those that nothing else has spoken of (`unevaluatedProperties`) are the same here, where
    `allOf` is flattened.
    """
    if _OTHERS.isdisjoint(node.mapping()):
        return ()
    patterns = (value for _, value in node.below("patternProperties").items())
    other = node.get("additionalProperties") or node.get("unevaluatedProperties")
    said = () if other is None or other.value is False else (other,)
    return (*patterns, *said)


def with_type(node: Node, parts: list[Node]) -> list[Node]:
    """What a schema is made of; what says nothing of its own type has that around it."""
    said = node.mapping().get("type")
    if said is None:
        return parts
    return [
        Node(part.pointer, {"type": said, **part.mapping()}) if _untyped(part) else part
        for part in parts
    ]


def _untyped(node: Node) -> bool:
    """Whether a schema only limits values, of whatever type these are."""
    return bool(node.mapping()) and _TYPING.isdisjoint(node.mapping())


def says_null(node: Node) -> bool:
    """Whether null is among the types of a schema."""
    return "null" in node.texts("type")


def admits_null(node: Node) -> bool:
    """Whether one of the alternatives of a schema is null."""
    return any(map(is_null, (*node.nodes("anyOf"), *node.nodes("oneOf"))))


def type_names(node: Node) -> list[str]:
    """The `type` of a schema; without one, what its other keywords can only mean."""
    one = node.text("type")
    if names := [one] if one else node.texts("type"):
        return names
    if "items" in node or "prefixItems" in node:
        return ["array"]
    if any(key in node for key in _UNNAMED):
        return ["object"]
    return ["anything"]


def besides_object(node: Node) -> list[str]:
    """What a schema with properties may be that is no object."""
    return [name for name in node.texts("type") if name not in ("object", "null")]


def may_be_object(node: Node) -> bool:
    """Whether a schema with properties describes objects; of arrays they say nothing."""
    named = node.text("type")
    return "object" in ([named] if named else node.texts("type") or ["object"])
