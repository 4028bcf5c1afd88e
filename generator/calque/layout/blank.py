"""How many blank lines stand between statements: black's rules (`black.lines`)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Seen:
    """What the number of blank lines depends on, of a statement.

    `stub` is a function whose body is `...`, on its line.
    """

    depth: int
    first: str
    opens: bool = False
    docstring: bool = False
    stub: bool = False

    @property
    def is_def(self) -> bool:
        """Whether it begins a function."""
        return self.first in ("def", "async")

    @property
    def is_import(self) -> bool:
        """Whether it imports something."""
        return self.first in ("from", "import")

    @property
    def defines(self) -> bool:
        """Whether it begins a function or a class, or decorates one."""
        return self.is_def or self.first in ("class", "@")

    @property
    def plain(self) -> bool:
        """Whether it wants no blank lines of its own, neither before nor after it."""
        return self.first not in _TELLING and not self.docstring


_TELLING = frozenset({"def", "async", "class", "@", "from", "import"})


@dataclass(slots=True)
class BlankLines:
    """Counts the blank lines before each statement of a file, in their order."""

    previous: Seen | None = None
    _after: int = 0
    _number: int = 0
    _definitions: list[int] = field(default_factory=list[int])

    def before(self, current: Seen, found: int) -> int:
        """The blank lines before a statement that `found` stand before now."""
        previous = self.previous
        if (
            previous is not None
            and previous.depth == current.depth
            and current.plain
            and previous.plain
        ):
            self.previous = current
            self._number += 1
            return min(found, 1 if current.depth else 2)
        before, after = self._around(current, found)
        blank = self._after + max(0, before - self._after)
        of_module = self._number == 1 and previous is not None and previous.docstring
        if of_module and not (current.is_def or current.first == "class"):
            blank = 1
        self.previous, self._after = current, after
        self._number += 1
        return blank

    def _around(self, current: Seen, found: int) -> tuple[int, int]:
        depth, previous = current.depth, self.previous
        before = min(found, 1 if depth else 2)
        defined = self._defined(current)
        if previous is None:
            return 0, 0
        if current.docstring and previous.first == "class":
            return 0, 1
        if current.docstring and previous.is_def:
            return 0, 0
        if current.defines:
            return self._before_definition(current, previous, before), 0
        if defined is not None:
            follows = (
                not depth and defined and current.opens and current.first == "else"
            )
            before = 1 if depth or follows else 2
        if previous.is_import and not current.is_import and depth == previous.depth:
            before = before or 1 if depth else 1
        return before, 0

    def _defined(self, current: Seen) -> int | None:
        """The depth of the definition that ended before a statement, if one did."""
        found: int | None = None
        while self._definitions and self._definitions[-1] >= current.depth:
            found = self._definitions.pop()
        if current.is_def or current.first == "class":
            self._definitions.append(current.depth)
        return found

    def _before_definition(self, current: Seen, previous: Seen, before: int) -> int:
        if previous.first == "@":
            return 0
        begins = previous.is_def or previous.first == "class"
        if previous.depth < current.depth and begins:
            return min(before, 1)
        if previous.stub and not before:
            return 0
        return 1 if current.depth else 2
