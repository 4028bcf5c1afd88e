"""The models of `ships`."""

from __future__ import annotations

from .. import models as m
from .._runtime.formats import UnixTime
from .._runtime.formatted import FormattedModel
from .._runtime.models import UNSET, Model, UnsetType


class Position(FormattedModel, kw_only=True):
    """Where a ship was at a moment."""

    at: UnixTime
    """The moment."""

    latitude: float
    """In degrees, north is positive."""

    longitude: float
    """In degrees, east is positive."""

    speed: float | None | UnsetType = UNSET
    """In knots."""


class Search(Model, kw_only=True, rename="camel"):
    """What is asked of ships."""

    minimum_length: float | None = None
    """In metres."""

    cargo: list[m.CargoLike] | None = None
    """Any of these."""
