"""The models of `images`."""

from __future__ import annotations

import datetime as dt

from .._runtime.models import Model
from .._runtime.spelled import Uuid


class Image(Model, kw_only=True, rename="camel"):
    """A picture of an object."""

    id: Uuid
    """The picture's id."""

    photographer: str
    """Who took the picture."""

    taken_on: dt.date | None = None
    """The day it was taken."""

    width: int
    """Its width in pixels."""

    height: int
    """Its height in pixels."""


class ImageNotes(Model, kw_only=True, rename="camel"):
    """Who took a picture, and when."""

    photographer: str
    """Who took the picture."""

    taken_on: dt.date | None = None
    """The day it was taken."""
