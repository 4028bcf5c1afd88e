"""The models of `shipments`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias
from uuid import UUID

from _runtime.models import (
    UNSET,
    ClosedIntEnum,
    ClosedStrEnum,
    JsonValue,
    Model,
    OpenIntEnum,
    OpenStrEnum,
    UnsetType,
    const,
    field,
)

from .. import models as m


class State(OpenStrEnum):
    """How far a shipment is."""

    PLANNED = "planned"
    ON_THE_WAY = "onTheWay"


class Mode(ClosedStrEnum):
    ROAD = "road"
    SEA = "sea"


class Priority(ClosedIntEnum):
    LOW = 1
    HIGH = 2


class Step(OpenIntEnum):
    FIRST = 1


class Leg(Model, kw_only=True, rename="camel"):
    """A part of the way."""

    kind: Literal["leg"] = const("leg")
    from_place: m.Place
    to_place: m.Place | None
    """Required and nullable."""
    mode: Mode
    departs_at: dt.datetime | None = None
    step: Step | None = None
    odd: str | None = field(default=None, name="@odd")


class Shipment(Model, kw_only=True, rename="camel"):
    """What is sent."""

    id: int
    """Identifier."""
    state: StateLike
    reference: UUID | None = None
    priority: Priority | None = None
    weight: float | None = None
    price: Decimal | None = None
    label: bytes | None = None
    due: dt.date | None = None
    is_fragile: bool | None = None
    legs: list[m.Leg] | None = None
    """Each with places, which refer back to shipments."""
    part_of: m.Shipment | UnsetType | None = UNSET
    """Optional and nullable."""
    dimensions: tuple[int, int, int] | None = None
    measures: dict[str, float] | None = None
    tags: dict[str, list[str | None]] | None = None
    value: int | str | bool | UnsetType | None = UNSET
    anything: JsonValue | UnsetType = UNSET


if TYPE_CHECKING:
    StateLike: TypeAlias = State | Literal["planned", "onTheWay"] | str
else:
    StateLike = State
