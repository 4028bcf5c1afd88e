"""The models of `shared`."""

from __future__ import annotations

from .. import models as m
from .._runtime.models import UNSET, Model, UnsetType, read_only
from .._runtime.spelled import DateTime


class Described(Model, kw_only=True, rename="camel"):
    """What is known of every object."""

    kind: m.KindLike
    """What an object is."""

    title: str
    """What the object is called."""

    inventory_number: str
    """The number that the object was given when it came to the museum."""

    maker: str | None | UnsetType = UNSET
    """Who made it; null where it is known that nobody knows."""

    made: m.Years | None = None
    """When it was made."""

    added_at: DateTime = read_only()
    """When it came into the archive.

    Set by the service only.
    """

    keywords: list[str] | None = None
    """What one would look for to find it."""


class Problem(Model, kw_only=True):
    """What went wrong (RFC 9457)."""

    type: str | None = None
    """The kind of problem."""

    title: str | None = None
    """The kind of problem in words."""

    status: int | None = None
    """The status of the response."""

    detail: str | None = None
    """What went wrong this time."""
