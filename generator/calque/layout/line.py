"""A line as black sees it while it breaks one: leaves, delimiters, whether it has to break."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from calque.layout.leaf import Kind, Leaf, Owner, Unknown
from calque.layout.strings import fits

COMMA, UNION, DOT = 18, 9, 1
"""How early a line is broken at a delimiter: the highest first (black's priorities)."""


class Line:
    """Some leaves at a depth of indentation.

    `inside` says that it stands between brackets; `exploded` that each of its elements
    has to go on a line of its own, `magic` that a trailing comma wants some brackets
    broken, `optional` are the brackets that are not there unless it is broken at them.
    """

    __slots__ = (
        "_levels",
        "delimiters",
        "depth",
        "exploded",
        "inside",
        "leaves",
        "magic",
        "optional",
    )

    def __init__(self, depth: int, inside: bool = False) -> None:
        self.depth = depth
        self.inside = inside
        self.leaves: list[Leaf] = []
        self.delimiters: dict[int, int] = {}
        self.exploded = False
        self.magic = False
        self.optional: list[Leaf] = []
        self._levels: list[Leaf] = []

    @classmethod
    def of(
        cls, leaves: Iterable[Leaf], depth: int, inside: bool, tracked: bool = True
    ) -> Line:
        """A line of some leaves; only of tracked ones are brackets and delimiters known."""
        line = cls(depth, inside)
        if not tracked:
            line.leaves += leaves
            return line
        mark, add = line._mark, line.leaves.append
        for leaf in leaves:
            mark(leaf)
            add(leaf)
        return line

    def append(self, leaf: Leaf, tracked: bool = True) -> None:
        """Adds a leaf."""
        if tracked:
            self._mark(leaf)
        self.leaves.append(leaf)

    def text(self) -> str:
        """The line with its indentation."""
        first, *others = self.leaves
        rest = "".join([leaf.space + leaf.text for leaf in others])
        return f"{first.space}{'    ' * self.depth}{first.text}{rest}"

    def fits(self, width_less: int = 0) -> bool:
        """Whether the line is short enough, with `width_less` columns to spare."""
        text = self.text() + " " * width_less
        found = fits(text)
        if found is None:
            raise Unknown("characters whose width black has a table for")
        return found

    @property
    def is_import(self) -> bool:
        """Whether the line imports something."""
        return bool(self.leaves) and self.leaves[0].text in ("from", "import")

    @property
    def is_def(self) -> bool:
        """Whether the line begins a function."""
        texts = [leaf.text for leaf in self.leaves[:2]]
        return texts[:1] == ["def"] or texts == ["async", "def"]

    def priority(self, last: Leaf | None = None) -> int:
        """The highest priority of a delimiter, that of `last` aside; 0 where there is none."""
        return max((p for k, p in self.delimiters.items() if k != id(last)), default=0)

    def lengths(self, backwards: bool = False) -> Iterator[tuple[int, Leaf, int]]:
        """Each leaf with its place and how many columns it takes."""
        places = range(len(self.leaves))
        for index in reversed(places) if backwards else places:
            leaf = self.leaves[index]
            yield index, leaf, len(leaf.space) + len(leaf.text)

    def _mark(self, leaf: Leaf) -> None:
        """Notes how deep a leaf is, what closes what, and which leaves are delimiters."""
        levels = self._levels
        if leaf.kind is Kind.CLOSE:
            if not levels:
                return
            leaf.opening = levels.pop()
            if self.leaves[-1].text == "," and self._stays_open(leaf):
                self.magic = True
        leaf.depth = len(levels)
        if not leaf.text:
            self.optional.append(leaf)
        if not levels:
            self._delimit(leaf)
        if leaf.kind is Kind.OPEN:
            levels.append(leaf)

    def _delimit(self, leaf: Leaf) -> None:
        if leaf.text == "|" and self.leaves:
            self.delimiters[id(self.leaves[-1])] = UNION
        elif leaf.text == "." and self.leaves and self.leaves[-1].kind is Kind.CLOSE:
            self.delimiters[id(self.leaves[-1])] = DOT
        elif leaf.text == ",":
            self.delimiters[id(leaf)] = COMMA

    def _stays_open(self, closing: Leaf) -> bool:
        """Whether a trailing comma keeps a bracket open: unless it makes a tuple of one."""
        if closing.owner not in (Owner.TUPLE, Owner.SUBSCRIPT):
            return True
        return commas_between(closing, self.leaves) > 1


def commas_between(closing: Leaf, leaves: list[Leaf]) -> int:
    """The commas directly in the brackets that `closing` closes; it is not among `leaves`."""
    depth, found = 0, 0
    for leaf in reversed(leaves):
        if leaf is closing.opening:
            break
        if leaf.kind is Kind.CLOSE:
            depth += 1
        elif leaf.kind is Kind.OPEN:
            depth -= 1
        elif leaf.text == "," and not depth:
            found += 1
    return found


def matched(leaves: list[Leaf]) -> set[int]:
    """The leaves that are between brackets that both open and close here, with these."""
    start = next((i for i, leaf in enumerate(leaves) if leaf.kind is Kind.OPEN), None)
    if start is None:
        return set()
    found: set[int] = set()
    stack: list[list[int]] = []
    for leaf in leaves[start:]:
        if leaf.kind is Kind.OPEN:
            stack.append([id(leaf)])
        elif leaf.kind is Kind.CLOSE:
            if not stack:
                break
            found.update(stack.pop(), [id(leaf)])
        elif stack:
            stack[-1].append(id(leaf))
    return found
