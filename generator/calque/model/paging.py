"""What it means that an operation answers with a page of a list: the types of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from calque.model.types import Type

Path: TypeAlias = tuple[str | int, ...]
"""The way into a JSON value: names of members, numbers of items (-1 is the last)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What the next request says where to begin with: a parameter, or a body's member.

    `location` is `query`, `header` or `body`.
    """

    name: str
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextLink:
    """A member of the body is the URL of the next page.

    Links may lead to the service itself and to `hosts`.
    """

    path: Path
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkHeader:
    """The field `Link` has the URL of the next page (RFC 8288)."""

    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A member of the body is sent to get the next page.

    `more` leads to a boolean that is false on the last one.
    """

    path: Path
    sent: Sent
    more: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """The number of items before a page is sent; `total` leads to that of all."""

    sent: Sent
    more: Path | None = None
    total: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNumber:
    """The number of a page is sent, `first` for the first; `total` leads to that of all."""

    sent: Sent
    first: int
    more: Path | None = None
    total: Path | None = None


Following: TypeAlias = NextLink | LinkHeader | Cursor | Offset | PageNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """An answer that is a page: where its items are, and how the next one is had."""

    items: Path
    item: Type
    following: Following
