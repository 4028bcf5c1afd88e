"""The models of `watch`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from .. import models as m
from .._runtime.models import Model, const
from .._runtime.spelled import DateTime
from .._runtime.unions import OneOf


class Arrived(Model, kw_only=True):
    """A ship made fast."""

    type: Literal["Arrived"] = const("Arrived")
    ship: m.Ship
    """A ship that is, or will be, in the harbour."""

    berth: int
    """Where it lies."""


class BerthChanged(Model, kw_only=True, rename="camel"):
    """A ship was moved."""

    type: Literal["BerthChanged"] = const("BerthChanged")
    call_sign: str
    """Its call sign."""

    berth: int
    """Where it lies now."""


class Departed(Model, kw_only=True, rename="camel"):
    """A ship left."""

    type: Literal["Departed"] = const("Departed")
    call_sign: str
    """Its call sign."""


class GalePayload(Model, kw_only=True):
    """A gale that is on its way."""

    type: Literal["Gale"] = const("Gale")
    force: int
    """On the scale of Beaufort."""

    expected: DateTime | None = None
    """When it is here."""


if TYPE_CHECKING:
    Event: TypeAlias = Arrived | Departed | BerthChanged
else:

    class Event(OneOf):
        """Something that happened."""

        tag = "type"

        @staticmethod
        def table():
            return {
                "Arrived": Arrived,
                "Departed": Departed,
                "BerthChanged": BerthChanged,
            }
