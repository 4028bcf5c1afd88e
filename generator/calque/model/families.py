"""Which schemas extend which: the families that a discriminator on a base brings together."""

from __future__ import annotations

from collections import defaultdict

from calque.document.node import Node
from calque.resolve import Resolved


def families(resolved: Resolved) -> dict[str, tuple[Node, ...]]:
    """The components that extend each base with a discriminator, by the base's Id.

    A base says nothing of who extends it: they name it in their `allOf` (OpenAPI 3.1,
    Discriminator Object). A family has no base that lists its variants itself.
    """
    schemas = [n for _, n in resolved.root.below("components").below("schemas").items()]
    found: dict[str, list[Node]] = defaultdict(list)
    for schema in schemas:
        for base in _bases(resolved, schema, set()):
            if (
                "discriminator" in base
                and not {"oneOf", "anyOf"} & base.mapping().keys()
            ):
                found[base.pointer].append(schema)
    return {base: tuple(members) for base, members in found.items()}


def extended(resolved: Resolved) -> dict[str, frozenset[str]]:
    """The schemas that each component is made of, by its `allOf`."""
    schemas = resolved.root.below("components").below("schemas").items()
    return {
        s.pointer: frozenset(base.pointer for base in _bases(resolved, s, set()))
        for _, s in schemas
        if "allOf" in s
    }


def _bases(resolved: Resolved, schema: Node, seen: set[str]) -> list[Node]:
    """Every schema that another extends, however indirectly."""
    found: list[Node] = []
    for part in schema.below("allOf").elements():
        base = resolved.follow(part)
        if base.pointer not in seen:
            seen.add(base.pointer)
            found += [base, *_bases(resolved, base, seen)]
    return found
