"""What is known while a line of code is read: its place, open brackets, the last leaf."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from calque.layout.leaf import Kind, Leaf, Owner, Unknown

VALUES = frozenset({"None", "True", "False"})
"""The keywords that are values."""


class Place(Enum):
    """Where code stands: a statement, or a line of its own between brackets."""

    STATEMENT = auto()
    PARAMETER = auto()
    ELEMENT = auto()
    TAIL = auto()

    # That of enumerations is written in Python.
    __hash__ = object.__hash__


@dataclass(slots=True)
class Parsed:
    """A line of code, read.

    `first` is its first word, `opens` what the bracket is for that it ends with open.
    `breakable` tells whether it has only what is known to break; `magic` whether it has a
    trailing comma that keeps its brackets open; `solid` whether it has nothing to break at,
    unless black puts brackets around something.
    """

    leaves: list[Leaf]
    first: str = ""
    opens: Owner | None = None
    breakable: bool = True
    magic: bool = False
    solid: bool = False


@dataclass(slots=True)
class Bracket:
    """A bracket that is open, and what stood in it so far."""

    leaf: Leaf | None
    owner: Owner
    commas: int = 0
    colon: bool = False
    lambdas: int = 0


@dataclass(slots=True)
class Reader:
    """How far a line is read, and what may come next."""

    place: Place
    parsed: Parsed
    stack: list[Bracket] = field(default_factory=list[Bracket])
    operand: bool = False
    """Whether what was read last can stand before a binary operator."""
    after: str = ""
    """The space that black puts after what was read last."""

    def add(
        self, kind: Kind, text: str, space: str, owner: Owner | None = None
    ) -> Leaf:
        """Adds a leaf."""
        leaf = Leaf(kind, text, space, owner)
        self.parsed.leaves.append(leaf)
        return leaf

    def expect(self, space: str, wanted: str) -> None:
        """Raises Unknown where black would space differently."""
        if space != wanted:
            raise Unknown(f"space before {self.parsed.leaves[-1:]}")

    def value(self, kind: Kind, text: str, space: str) -> None:
        """Adds what can stand before a binary operator, and after one."""
        if self.operand:
            raise Unknown(f"two values: {text}")
        self.expect(space, self.after)
        self.add(kind, text, space)
        self.operand, self.after = True, ""
