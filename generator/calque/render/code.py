"""Pieces of Python: a text and the imports that it needs, as one value."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class Import:
    """`from module import name`, or `import module as alias` where name is empty."""

    module: str
    name: str = ""
    alias: str = ""

    @property
    def rank(self) -> int:
        """The group it belongs to: the standard library, other packages, this one."""
        if self.module.startswith("."):
            return 2
        return 0 if self.module.partition(".")[0] in sys.stdlib_module_names else 1


@dataclass(frozen=True, slots=True)
class Code:
    """Some Python and what has to be imported for it."""

    text: str
    imports: frozenset[Import] = field(default_factory=frozenset[Import])

    def __add__(self, other: str | Code) -> Code:
        if isinstance(other, str):
            return Code(self.text + other, self.imports)
        return Code(self.text + other.text, self.imports | other.imports)

    @classmethod
    def join(cls, separator: str, pieces: Iterable[Code]) -> Self:
        """The pieces in one text, with all of their imports."""
        listed = list(pieces)
        return cls(separator.join(p.text for p in listed), needed(listed))


@cache
def runtime(module: str, *names: str, up: str = "..") -> frozenset[Import]:
    """Imports from a module of the package's runtime, `up` so many packages."""
    return frozenset(Import(f"{up}_runtime.{module}", name) for name in names)


def needed(pieces: Iterable[Code]) -> frozenset[Import]:
    """The imports of some pieces together."""
    return frozenset[Import]().union(*[piece.imports for piece in pieces])


def import_block(imports: Iterable[Import]) -> str:
    """The import statements, sorted and grouped as isort does."""
    ordered = sorted(set(imports), key=lambda i: (i.rank, bool(i.name), _depth(i), i))
    groups = groupby(ordered, key=lambda i: i.rank)
    return "\n\n".join("\n".join(_statements(list(group))) for _, group in groups)


def _depth(import_: Import) -> tuple[int, str]:
    """Relative imports from farther away first; then by module."""
    dots = len(import_.module) - len(import_.module.lstrip("."))
    return (-dots, import_.module)


def _statements(imports: list[Import]) -> list[str]:
    plain = [_whole(i) for i in imports if not i.name]
    named = [i for i in imports if i.name]
    return plain + [
        f"from {module} import {', '.join(map(_named, sorted(group, key=_place)))}"
        for module, group in groupby(named, key=lambda i: i.module)
    ]


def _place(import_: Import) -> tuple[int, str]:
    return in_order(import_.name)


def in_order(name: str) -> tuple[int, str]:
    """The key that sorts names as isort does: constants, classes, functions."""
    return (0 if name.isupper() else 1 if name[:1].isupper() else 2, name)


def _named(import_: Import) -> str:
    return f"{import_.name} as {import_.alias}" if import_.alias else import_.name


def _whole(import_: Import) -> str:
    named = f" as {import_.alias}" if import_.alias else ""
    return f"import {import_.module}{named}"
