"""Which properties an object schema has, `allOf` flattened into one list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, reduce

from calque.diagnostics import Diagnostic
from calque.document.fields import CONSTRAINTS
from calque.document.node import Node, escape
from calque.model.dropped import left_out, passed_over, unheld
from calque.model.plain import WORDS, undeclared
from calque.resolve import Resolved

_MARKS = frozenset({"readOnly", "writeOnly"})
_UNMARKED = frozenset[str]()
_HOLDING = frozenset({"properties", "allOf"})
"""What an object has its properties in."""
_LIMITING = {*WORDS, *CONSTRAINTS, "required"}
"""What a schema says that has the type it has elsewhere."""
_MEMBERS = _HOLDING | {"$ref"}
"""What a schema says the members of an object by."""
_MEMORY = 1 << 12
"""How many names are remembered: large documents call many properties the same."""
_ESCAPED = re.compile(r'["\\\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Property:
    """A property: its name, the schema that describes it, whether it has to be there.

    `marks` are the keywords, `readOnly` or `writeOnly`, that any of several says of it.
    Where there are several, they are `told`, in their order.
    """

    name: str
    node: Node
    required: bool
    marks: frozenset[str] = _UNMARKED
    told: tuple[Node, ...] = ()

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All that describe it."""
        return self.told or (self.node,)

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
            self.diagnostics,
        )


def merge(
    resolved: Resolved,
    node: Node,
    within: frozenset[str] = frozenset(),
    *,
    whole: bool = False,
) -> Merged:
    """The properties of a schema and of all that its `allOf` names, the last one wins.

    A property that only `required` names is a property all the same. `within` are the
    schemas that this is an option of. The `whole` has those of its own options, too.
    """
    if _HOLDING.isdisjoint(resolved.follow(node).mapping()):
        return Merged((), undeclared(resolved.follow(node)))
    parts = _parts(resolved, node)
    required = {name for part in parts for name in part.texts("required")}
    told = _told(parts)
    several = {name: schemas for name, schemas in told.items() if len(schemas) > 1}
    found = {name: schemas[0] for name, schemas in told.items()}
    found |= {name: reduce(_narrower, schemas) for name, schemas in several.items()}
    chosen = parts if whole else parts[:-1]
    choices = _choices(resolved, parts, chosen, within) if found else []
    for name, schema in _of_choices(resolved, choices, within):
        found.setdefault(name, schema)
    additional = next((a for part in parts if (a := undeclared(part))), ())
    unfit = {name: n for name, n in found.items() if not _fits(name)}
    if unfit and not additional:
        additional = (Node(f"{node.pointer}/additionalProperties", {}),)
    return Merged(
        tuple(
            _property(name, schema, several.get(name, ()), name in required)
            for name, schema in found.items()
            if name not in unfit
        ),
        additional,
        (
            *map(_among_additional, unfit.values()),
            *map(_together, choices),
            *_unused(parts, found, several),
        ),
    )


def _unused(
    parts: list[Node],
    found: Mapping[str, Node],
    several: Mapping[str, tuple[Node, ...]],
) -> Iterator[Diagnostic]:
    """A warning for whatever the parts say that no property is made of."""
    for part in parts:
        yield from passed_over("schema", part)
        yield from unheld(part, found) if found else ()
    for name, schemas in several.items():
        yield from _overridden(found[name], schemas)


def _told(parts: list[Node]) -> dict[str, tuple[Node, ...]]:
    """The schemas that describe each property, in their order."""
    told: dict[str, tuple[Node, ...]] = {}
    for part in parts:
        for name, schema in part.below("properties").items():
            told[name] = (*told[name], schema) if name in told else (schema,)
    return told


def _property(
    name: str, schema: Node, told: tuple[Node, ...], required: bool
) -> Property:
    marks = _UNMARKED.union(*map(_marks, told)) if told else _marks(schema)
    return Property(name, schema, required, marks, told)


def _marks(schema: Node) -> frozenset[str]:
    """The keywords of a schema by which its values go only one way."""
    if _MARKS.isdisjoint(schema.mapping()):
        return _UNMARKED
    return frozenset(mark for mark in _MARKS if schema.flag(mark))


def _choices(
    resolved: Resolved, parts: list[Node], chosen: list[Node], within: frozenset[str]
) -> list[Node]:
    """The lists of options in what an `allOf` names, unless they lead back to it.

    A base may list what extends it: that says nothing of any of those.
    """
    own = {part.pointer for part in parts} | within
    found = (part.get(k) for part in chosen for k in ("oneOf", "anyOf"))
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


def _narrower(base: Node, schema: Node) -> Node:
    """Of a property that two parts describe, the later, unless that has no other type."""
    said = schema.mapping().keys() - _LIMITING
    same = schema.text("type") in (base.text("type"), "object", "array")
    return base if not said or (said == {"type"} and same) else schema


def _overridden(used: Node, told: tuple[Node, ...]) -> Iterator[Diagnostic]:
    """A warning for what the other schemas of a property say of its own members."""
    after = False
    for schema in told:
        if schema is used:
            after = True
            continue
        yield from passed_over("schema", schema)
        if after and "required" in schema:
            words = f"`{schema.key}` requires what it does elsewhere"
            yield left_out(schema / "required", words)
        both = (used.mapping().keys() & _HOLDING, schema.mapping().keys() & _MEMBERS)
        if not after and all(both):
            words = f"`{schema.key}` has only the members that it has here"
            yield left_out(used, words)
