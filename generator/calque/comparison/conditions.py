"""The conditions that rules for several kinds of things share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from calque.comparison.world import At, Relation

T = TypeVar("T")


class _Named(Protocol):
    @property
    def name(self) -> str: ...


class _Described(Protocol):
    @property
    def doc(self) -> str: ...


class _Deprecated(Protocol):
    @property
    def deprecated(self) -> bool: ...


def renamed(old: _Named, new: _Named, _: At) -> bool:
    """Whether it has another name."""
    return old.name != new.name


def documented(old: _Described, new: _Described, _: At) -> bool:
    """Whether other words are said of it."""
    return old.doc != new.doc


def deprecated(old: _Deprecated, new: _Deprecated, _: At) -> bool:
    """Whether it is deprecated, and was not."""
    return new.deprecated and not old.deprecated


def related(
    compared: Callable[[T, T, At], Relation], *relations: Relation
) -> Callable[[T, T, At], bool]:
    """Whether what two of a kind stand for compares in one of some ways."""
    return lambda old, new, at: compared(old, new, at) in relations
