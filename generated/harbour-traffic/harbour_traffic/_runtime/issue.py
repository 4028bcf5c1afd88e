"""Deviations: where a received value departs from its declared type, and how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct

Location: TypeAlias = "tuple[Location, str | int] | None"
"""A place inside a JSON value: the place around it and the key or index there.

None is the whole value. Cheap to extend on the way down; read only when something is
wrong.
"""


class Issue(Struct, frozen=True):
    """One deviation of a received value from what the API's description declares."""

    path: str
    """Where, as a JSONPath of wire names (RFC 9535), e.g. `$.targets[0].kind`."""
    message: str
    """What is wrong, e.g. `expected a string, got an integer`."""

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class DecodeError(ValueError):
    """The data is not JSON, or not of the type asked for.

    `path` and `message` are those of the first deviation, `issues` holds all of them.
    """

    def __init__(self, issues: Sequence[Issue]) -> None:
        first = issues[0]
        self.path = first.path
        self.message = first.message
        self.issues = tuple(issues)
        more = f" (and {len(issues) - 1} more)" if len(issues) > 1 else ""
        super().__init__(f"{first}{more}")

    def __reduce__(self) -> tuple[type[DecodeError], tuple[tuple[Issue, ...]]]:
        return type(self), (self.issues,)


class Report:
    """What one lenient pass has found, and what it has been asked to keep."""

    __slots__ = ("_choices", "_notes", "exact", "keep_unknown")

    def __init__(self, *, keep_unknown: bool = False, exact: bool = False) -> None:
        self.keep_unknown = keep_unknown
        """Whether undeclared properties are kept."""
        self.exact = exact
        """Whether a value that the C decoder would refuse is a deviation, however well it
        fits JSON Schema: in choosing among types, `1.0` is no integer."""
        self._notes: list[tuple[Location, str]] = []
        self._choices: dict[tuple[int, object], object] = {}

    def __len__(self) -> int:
        return len(self._notes)

    @property
    def issues(self) -> list[Issue]:
        """The deviations, in the order in which they were found."""
        return [Issue(path(at), message) for at, message in self._notes]

    def note(self, at: Location, message: str) -> None:
        """Record a deviation at a place."""
        self._notes.append((at, message))

    def trial(self) -> Report:
        """A report of what would be found if a value were of some type."""
        report = Report(keep_unknown=self.keep_unknown, exact=True)
        report._choices = self._choices
        return report

    def choice(self, value: object, union: object) -> object:
        """The variant of a union that a value was found to be of, None if not seen yet.

        Unions nest: were each to try its variants anew for every variant tried around
        it, the work would grow exponentially with the depth.
        """
        return self._choices.get((id(value), union))

    def choose(self, value: object, union: object, variant: object) -> None:
        """Remember a choice; the value must live as long as the report."""
        self._choices[id(value), union] = variant


def path(at: Location) -> str:
    """A place as a JSONPath: names where they can stand bare, otherwise in brackets."""
    steps: list[str] = []
    while at is not None:
        at, key = at
        steps.append(_step(key))
    return "$" + "".join(reversed(steps))


def _step(key: str | int) -> str:
    if isinstance(key, int):
        return f"[{key}]"
    if key.isidentifier():
        return f".{key}"
    escaped = key.replace("\\", "\\\\").replace("'", "\\'")
    return f"['{escaped}']"
