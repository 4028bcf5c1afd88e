"""What an annotation means to type checkers, as far as two can be compared.

An annotation is Python, so Python's own parser reads it. A type is the set of its options:
`str | None` has two, and each value of a `Literal` is one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Option:
    """A class with what stands in its brackets; a value of a `Literal` with its text."""

    name: str
    arguments: tuple[Options, ...] = ()
    value: str = ""


Options: TypeAlias = frozenset[Option]

NONE = Option("None")
UNSET = Option("UnsetType")
OBJECT = Option("object")


@lru_cache(maxsize=4096)
def options(annotation: str) -> Options:
    """The options of an annotation."""
    try:
        tree = ast.parse(annotation, mode="eval").body
    except (SyntaxError, ValueError):
        return frozenset({Option(annotation)})
    return frozenset(_options(tree))


def _options(node: ast.expr) -> Iterator[Option]:
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _options(left)
            yield from _options(right)
        case ast.Subscript(value=ast.Name("Literal"), slice=values):
            for value in values.elts if isinstance(values, ast.Tuple) else [values]:
                yield Option("Literal", value=ast.unparse(value))
        case ast.Subscript(value=head, slice=inner):
            parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            arguments = tuple(frozenset(_options(part)) for part in parts)
            yield Option(ast.unparse(head), arguments)
        case ast.Constant(value=None):
            yield NONE
        case _:
            yield Option(ast.unparse(node))


def models(type_: Options) -> Iterator[str]:
    """The names in `models` that a type speaks of."""
    for option in type_:
        if option.name.startswith("m."):
            yield option.name.removeprefix("m.")
        for argument in option.arguments:
            yield from models(argument)
