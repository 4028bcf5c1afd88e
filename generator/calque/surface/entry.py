"""How an object of a lock is read, which may have been edited, or merged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast


class SurfaceError(ValueError):
    """What a lock says of the surface can't be read; `keys` lead to it."""

    def __init__(self, keys: tuple[str, ...], words: str) -> None:
        super().__init__(f"`{'.'.join(keys)}` {words}")
        self.keys = keys


@dataclass(frozen=True, slots=True)
class Entry:
    """A JSON object and the way to it, for messages."""

    keys: tuple[str, ...]
    members: Mapping[str, object]

    def text(self, key: str, default: str | None = None) -> str:
        """A member that is text; raises SurfaceError where it is not, or not there."""
        value = self.members.get(key, default)
        if not isinstance(value, str):
            raise SurfaceError((*self.keys, key), "is no text")
        return value

    def number(self, key: str) -> int:
        """A member that is an integer; 0 where it is not there."""
        value = self.members.get(key, 0)
        if not isinstance(value, int):
            raise SurfaceError((*self.keys, key), "is no integer")
        return value

    def flag(self, key: str) -> bool:
        """Whether a member is `true`."""
        return self.members.get(key) is True

    def texts(self, key: str) -> dict[str, str]:
        """A member whose own are all texts."""
        below = self.below(key)
        return {name: below.text(name) for name in below.members}

    def below(self, key: str) -> Entry:
        """A member that is an object; an empty one where it is not there."""
        return entry((*self.keys, key), self.members.get(key, {}))

    def entries(self, key: str) -> Iterator[tuple[str, Entry]]:
        """The objects of a member, by name."""
        below = self.below(key)
        for name, value in below.members.items():
            yield name, entry((*below.keys, name), value)


def entry(keys: tuple[str, ...], value: object) -> Entry:
    """An object of a lock; raises SurfaceError for what is none."""
    if not isinstance(value, dict):
        raise SurfaceError(keys, "is no object")
    return Entry(keys, cast("Mapping[str, object]", value))
