"""What a line of code is made of, for its layout: leaves, and the brackets among them."""

from __future__ import annotations

from enum import Enum, auto


class Kind(Enum):
    """The sorts of leaves that layout tells apart."""

    NAME = auto()
    STRING = auto()
    NUMBER = auto()
    OPERATOR = auto()
    OPEN = auto()
    CLOSE = auto()


class Owner(Enum):
    """What a pair of brackets is for."""

    CALL = auto()
    BASES = auto()
    PARAMETERS = auto()
    SUBSCRIPT = auto()
    DISPLAY = auto()
    TUPLE = auto()
    OPTIONAL = auto()
    IMPORT = auto()


class Unknown(Exception):
    """Code whose layout is not known here, so that black has to say it."""


class Leaf:
    """A token with the space before it.

    `text` of a bracket that is there only where a line breaks is empty until then, as
    black has it. `depth` and `opening` are filled in when a line is built of leaves.
    """

    __slots__ = ("depth", "kind", "opening", "owner", "space", "text")

    def __init__(
        self, kind: Kind, text: str, space: str = "", owner: Owner | None = None
    ) -> None:
        self.kind = kind
        self.text = text
        self.space = space
        self.owner = owner
        self.depth = 0
        self.opening: Leaf | None = None

    def copy(self) -> Leaf:
        """Another leaf that looks alike."""
        return Leaf(self.kind, self.text, self.space, self.owner)

    @property
    def parts(self) -> int:
        """How many leaves black sees here: a dotted name is one to us, and so is `...`."""
        dots = self.text.count(".")
        return 2 * dots + 1 if self.kind is Kind.NAME else max(1, dots)
