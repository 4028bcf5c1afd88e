"""The models of `shared`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from .._runtime.models import Model, OpenStrEnum
from .._runtime.spelled import DateTime


class Refusal(Model, kw_only=True):
    """Why the office does not answer."""

    reason: str
    """The reason in words."""


class Ship(Model, kw_only=True, rename="camel"):
    """A ship that is, or will be, in the harbour."""

    call_sign: str
    """Its call sign."""

    name: str
    """The name on its bow."""

    flag: str | None = None
    """The country whose flag it flies (ISO 3166)."""

    length: float | None = None
    """Its length in metres."""

    cargo: CargoLike
    """What a ship carries."""

    eta: DateTime | None = None
    """When it is expected."""

    stay: str | None = None
    """How long it means to stay.

    Constraints: format `duration`.
    """


class Cargo(OpenStrEnum):
    """What a ship carries."""

    CONTAINERS = "containers"
    BULK = "bulk"
    OIL = "oil"
    PASSENGERS = "passengers"


if TYPE_CHECKING:
    CargoLike: TypeAlias = (
        Cargo | Literal["containers", "bulk", "oil", "passengers"] | str
    )
else:
    CargoLike = Cargo
