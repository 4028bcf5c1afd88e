"""Which properties an object schema has, `allOf` flattened into one list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from calque.diagnostics import Diagnostic
from calque.document.node import Node, escape
from calque.model.dropped import left_out
from calque.model.plain import undeclared
from calque.resolve import Resolved

_MARKS = frozenset({"readOnly", "writeOnly"})
_UNMARKED = frozenset[str]()
_HOLDING = frozenset({"properties", "allOf"})
"""What an object has its properties in."""
_WORDS = {"description", "title", "example", "deprecated", "default", *_MARKS}
_MEMORY = 1 << 12
"""How many names are remembered: large documents call many properties the same."""
_ESCAPED = re.compile(r'["\\\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Property:
    """A property: its name, the schema that describes it, whether it has to be there.

    `marks` are the keywords, `readOnly` or `writeOnly`, that any of several says of it.
    """

    name: str
    node: Node
    required: bool
    marks: frozenset[str] = _UNMARKED

    def id_in(self, owner: Node) -> str:
        """The Id of the property as one of a schema's, wherever that has it from."""
        return f"{owner.pointer}/properties/{escape(self.name)}"


@dataclass(frozen=True, slots=True)
class Merged:
    """An object schema without its `allOf`.

    `additional` are the schemas of which undeclared members have one.
    """

    properties: tuple[Property, ...]
    additional: tuple[Node, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    def covers(self, base: Merged) -> bool:
        """Whether another object says nothing that this one does not say."""
        own = {(p.name, p.node.pointer) for p in self.properties if p.required}
        all_ = {(p.name, p.node.pointer) for p in self.properties}
        return bool(self.additional or not base.additional) and all(
            (p.name, p.node.pointer) in (own if p.required else all_)
            for p in base.properties
        )

    def over(self, base: Merged) -> Merged:
        """This object with all that another says besides."""
        own = {p.name: p for p in self.properties}
        required = {p.name for p in (*base.properties, *self.properties) if p.required}
        both = {p.name: p for p in base.properties} | own
        return Merged(
            tuple(replace(p, required=name in required) for name, p in both.items()),
            self.additional or base.additional,
        )


def merge(
    resolved: Resolved, node: Node, within: frozenset[str] = frozenset()
) -> Merged:
    """The properties of a schema and of all that its `allOf` names, the last one wins.

    A property that only `required` names is a property all the same. `within` are the
    schemas that this is an option of.
    """
    if _HOLDING.isdisjoint(resolved.follow(node).mapping()):
        return Merged((), undeclared(resolved.follow(node)))
    parts = _parts(resolved, node)
    required = {name for part in parts for name in part.texts("required")}
    found: dict[str, Node] = {}
    marks: dict[str, frozenset[str]] = {}
    for part in parts:
        for name, schema in part.below("properties").items():
            found[name] = _narrower(found.get(name), schema)
            if said := _marks(schema):
                marks[name] = marks.get(name, _UNMARKED) | said
    choices = _choices(resolved, parts, within) if found else []
    for name, schema in _of_choices(resolved, choices, within):
        found.setdefault(name, schema)
    additional = next((a for part in parts if (a := undeclared(part))), ())
    unfit = {name: n for name, n in found.items() if not _fits(name)}
    if unfit and not additional:
        additional = (Node(f"{node.pointer}/additionalProperties", {}),)
    return Merged(
        tuple(
            Property(name, schema, name in required, marks.get(name, _UNMARKED))
            for name, schema in found.items()
            if name not in unfit
        ),
        additional,
        (
            *map(_among_additional, unfit.values()),
            *map(_together, choices),
            *_undeclared(node, found),
        ),
    )


def _marks(schema: Node) -> frozenset[str]:
    """The keywords of a schema by which its values go only one way."""
    if _MARKS.isdisjoint(schema.mapping()):
        return _UNMARKED
    return frozenset(mark for mark in _MARKS if schema.flag(mark))


def _choices(
    resolved: Resolved, parts: list[Node], within: frozenset[str]
) -> list[Node]:
    """The lists of options in what an `allOf` names, unless they lead back to it.

    A base may list what extends it: that says nothing of any of those.
    """
    own = {part.pointer for part in parts} | within
    found = (part.get(k) for part in parts[:-1] for k in ("oneOf", "anyOf"))
    return [
        options
        for options in found
        if options is not None
        and not any(resolved.follow(o).pointer in own for o in options.elements())
    ]


def _of_choices(
    resolved: Resolved, choices: list[Node], within: frozenset[str]
) -> Iterator[tuple[str, Node]]:
    """The properties that an object may have by one or the other option."""
    for options in choices:
        inside = within | {options.pointer}
        for option in options.elements():
            reached = inside | {resolved.follow(option).pointer}
            merged = merge(resolved, option, reached)
            yield from ((p.name, p.node) for p in merged.properties)


def _together(options: Node) -> Diagnostic:
    words = f"`{options.key}` only says which members go together"
    return left_out(options, words)


@lru_cache(_MEMORY)
def _fits(name: str) -> bool:
    """Whether a member's name can be written in JSON as it is, without any escape."""
    return not _ESCAPED.search(name)


def _among_additional(schema: Node) -> Diagnostic:
    words = f"`{schema.key}` is had among the additional properties"
    return left_out(schema, words)


def alternatives(
    resolved: Resolved, options: Node, base: Merged
) -> list[tuple[Node, Merged | None]]:
    """The options of a `oneOf` beside properties, each with those properties as well.

    None in the place of an option that has them all itself, as what extends the schema
    does. Nothing where no option has properties of its own: those only say which of the
    properties go together.
    """
    parts = [(option, merge(resolved, option)) for option in options.elements()]
    if not any(part.properties for _, part in parts):
        return []
    return [
        (option, None if part.covers(base) else part.over(base))
        for option, part in parts
    ]


def _parts(resolved: Resolved, node: Node, seen: tuple[str, ...] = ()) -> list[Node]:
    """The schema and those it is made of, the base first; each is listed once."""
    target = resolved.follow(node)
    if target.pointer in seen:
        return []
    seen = (*seen, target.pointer)
    parts: list[Node] = []
    for part in target.nodes("allOf"):
        parts += [p for p in _parts(resolved, part, seen) if p not in parts]
    return [*parts, target]


def _narrower(base: Node | None, schema: Node) -> Node:
    """Of a property that two parts describe, the later, unless it only adds words."""
    if base is not None and not schema.mapping().keys() - _WORDS:
        return base
    return schema


def _undeclared(node: Node, found: dict[str, Node]) -> list[Diagnostic]:
    if not found:
        return []
    return [
        left_out(node, f"`{name}` is required but not among the properties")
        for name in node.texts("required")
        if name not in found
    ]
