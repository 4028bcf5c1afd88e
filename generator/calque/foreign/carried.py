"""What is carried over from a file, and what of it is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from calque.document.node import Json, Node, split


@dataclass(frozen=True, slots=True)
class Left:
    """A place of the file that has no counterpart, or another one; the words say why."""

    pointer: str
    words: str


@dataclass(slots=True)
class Carrying:
    """The settings that came of a file so far, by key; the places that they are from.

    `origins` has the place of each setting, by its table (empty: none) and its key.
    """

    settings: dict[str, Json] = field(default_factory=dict[str, Json])
    origins: dict[tuple[str, str], Node] = field(
        default_factory=dict[tuple[str, str], Node]
    )
    done: set[str] = field(default_factory=set[str])
    left: list[Left] = field(default_factory=list[Left])

    def take(self, *nodes: Node) -> None:
        """These places are carried over, or say what calque does anyway."""
        self.done |= {node.pointer for node in nodes}

    def leave(self, node: Node, words: str) -> None:
        """This place is not carried over as it stands."""
        self.take(node)
        self.left.append(Left(node.pointer, words))

    def set(self, node: Node, key: str, value: Json) -> None:
        """This place is a setting of calque's."""
        self.take(node)
        self.origins["", key] = node
        self.settings[key] = value

    def put(self, node: Node, table: str, key: str, value: Json) -> None:
        """This place is an entry of a table of calque's."""
        self.take(node)
        self.origins[table, key] = node
        self.table(table)[key] = value

    def drop(self, table: str, key: str, words: str) -> None:
        """This setting won't do."""
        del self.entries(table)[key]
        node = self.origins[table, key]
        self.left = [left for left in self.left if left.pointer != node.pointer]
        self.leave(node, words)

    def entries(self, table: str) -> dict[str, Json]:
        """The settings of a table so far, or those that are in none."""
        return self.table(table) if table else self.settings

    def table(self, name: str) -> dict[str, Json]:
        """The entries of a table so far."""
        entries = self.settings.setdefault(name, {})
        assert isinstance(entries, dict)
        return entries


def rest(root: Node, carrying: Carrying) -> Iterator[Left]:
    """All that is left: what was said to be, and the places that nobody has looked at."""
    above = {place for pointer in carrying.done for place in _above(pointer)}
    yield from carrying.left
    yield from _untouched(root, carrying.done, above)


def _untouched(node: Node, done: set[str], above: set[str]) -> Iterator[Left]:
    if node.pointer in done or node.value in ({}, [], None):
        return
    if node.pointer not in above:
        yield Left(node.pointer, "calque has no counterpart")
        return
    for child in members(node):
        yield from _untouched(child, done, above)
    for child in node.elements():
        yield from _untouched(child, done, above)


def members(node: Node) -> Iterator[Node]:
    """The members of an object, each in its place."""
    return (node / key for key in node.mapping())


def _above(pointer: str) -> Iterator[str]:
    while (parent := split(pointer)[0]) != pointer:
        pointer = parent
        yield pointer
