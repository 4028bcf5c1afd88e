"""What a rule of the comparison is: a code, what it does to a caller, what it asks of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Generic, TypeVar

from calque.comparison.world import At

T = TypeVar("T")


class Effect(StrEnum):
    """What a change does to a program that was written for the old package."""

    TYPE_CHECK = "type-check"
    RUN_TIME = "run-time"
    BEHAVIOUR = "behaviour"
    ADDITION = "addition"
    DOCUMENTATION = "documentation"


class Bump(IntEnum):
    """Which part of a version goes up (Semantic Versioning 2.0.0)."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


_BUMPS = {
    Effect.TYPE_CHECK: Bump.MAJOR,
    Effect.RUN_TIME: Bump.MAJOR,
    Effect.BEHAVIOUR: Bump.MINOR,
    Effect.ADDITION: Bump.MINOR,
    Effect.DOCUMENTATION: Bump.PATCH,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way in which a change reaches callers.

    `effects` are all that it has, the one that is noticed first in front. `means` says in a
    sentence what is so now, `adapt` what a caller does about it. `silent` changes of
    behaviour are as bad as a break: nothing tells a caller of them.
    """

    code: str
    effects: tuple[Effect, ...]
    means: str
    adapt: str
    silent: bool = False

    @property
    def effect(self) -> Effect:
        """The class of the rule: what a caller notices first."""
        return self.effects[0]

    @property
    def bump(self) -> Bump:
        """What a version has to say of it."""
        return Bump.MAJOR if self.silent else _BUMPS[self.effect]


BREAKS = (Effect.TYPE_CHECK, Effect.RUN_TIME)
"""Type checkers find it; a program that is run all the same fails."""

TYPES = (Effect.TYPE_CHECK,)
"""Only type checkers find it: a program runs as before, as long as values are as before."""

RUNS = (Effect.RUN_TIME,)
"""Type checkers find nothing, and the program fails."""

BEHAVES = (Effect.BEHAVIOUR,)
ADDS = (Effect.ADDITION,)
TELLS = (Effect.DOCUMENTATION,)


@dataclass(frozen=True, slots=True)
class Lost(Generic[T]):
    """A rule for things that are gone, where `when` holds."""

    rule: Rule
    when: Callable[[T, At], bool]


@dataclass(frozen=True, slots=True)
class Come(Generic[T]):
    """A rule for things that are new, where `when` holds."""

    rule: Rule
    when: Callable[[T, At], bool]


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """A rule for things that are in both packages, where `when` holds."""

    rule: Rule
    when: Callable[[T, T, At], bool]


@dataclass(frozen=True, slots=True)
class Rules(Generic[T]):
    """All rules for one kind of things."""

    lost: tuple[Lost[T], ...]
    come: tuple[Come[T], ...]
    kept: tuple[Kept[T], ...]

    @property
    def all(self) -> tuple[Rule, ...]:
        """The rules themselves."""
        return (
            *(lost.rule for lost in self.lost),
            *(come.rule for come in self.come),
            *(kept.rule for kept in self.kept),
        )


def always(_: object, __: At) -> bool:
    """The condition of a rule that has none."""
    return True
