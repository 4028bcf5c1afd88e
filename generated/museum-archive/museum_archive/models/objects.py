"""The models of `objects`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from .._runtime.formats import DecimalString
from .._runtime.formatted import FormattedModel
from .._runtime.models import UNSET, ClosedStrEnum, Model, UnsetType, const, read_only
from .._runtime.spelled import DateTime
from .._runtime.unions import OneOf


class Coin(FormattedModel, kw_only=True, rename="camel"):
    """Struck metal."""

    kind: Literal["coin"] = const("coin")
    title: str
    """What the object is called."""

    inventory_number: str
    """The number that the object was given when it came to the museum."""

    maker: str | None | UnsetType = UNSET
    """Who made it; null where it is known that nobody knows."""

    made: Years | None = None
    """When it was made."""

    added_at: DateTime = read_only()
    """When it came into the archive.

    Set by the service only.
    """

    keywords: list[str] | None = None
    """What one would look for to find it."""

    weight: DecimalString
    """Its weight in grams."""

    mint: str | None = None
    """Where it was struck."""


class Correction(Model, kw_only=True):
    """What changes of an object."""

    title: str | None | UnsetType = UNSET
    """What the object is called."""

    maker: str | None | UnsetType = UNSET
    """Who made it."""

    keywords: list[str] | None | UnsetType = UNSET
    """What one would look for to find it."""


class NotInArchive(Model, kw_only=True, rename="camel"):
    """An object that the archive does not know, or no longer."""

    type: str | None = None
    """The kind of problem."""

    title: str | None = None
    """The kind of problem in words."""

    status: int | None = None
    """The status of the response."""

    detail: str | None = None
    """What went wrong this time."""

    removed_at: DateTime | None = None
    """When the object was removed, if it ever was there."""


class ObjectPage(Model, kw_only=True, rename="camel"):
    """A page of a list of objects."""

    items: list[MuseumObject]
    """The objects of the page."""

    next_cursor: str | None = None
    """Where the next page begins; absent on the last one."""


class Painting(Model, kw_only=True, rename="camel"):
    """Colour on a plane."""

    kind: Literal["painting"] = const("painting")
    title: str
    """What the object is called."""

    inventory_number: str
    """The number that the object was given when it came to the museum."""

    maker: str | None | UnsetType = UNSET
    """Who made it; null where it is known that nobody knows."""

    made: Years | None = None
    """When it was made."""

    added_at: DateTime = read_only()
    """When it came into the archive.

    Set by the service only.
    """

    keywords: list[str] | None = None
    """What one would look for to find it."""

    size: tuple[float, float]
    """Width and height in metres.

    Constraints: at least 2 items.
    """

    technique: str | None = None
    """What it was painted with and on."""


class Sculpture(Model, kw_only=True, rename="camel"):
    """A body that was given a form."""

    kind: Literal["sculpture"] = const("sculpture")
    title: str
    """What the object is called."""

    inventory_number: str
    """The number that the object was given when it came to the museum."""

    maker: str | None | UnsetType = UNSET
    """Who made it; null where it is known that nobody knows."""

    made: Years | None = None
    """When it was made."""

    added_at: DateTime = read_only()
    """When it came into the archive.

    Set by the service only.
    """

    keywords: list[str] | None = None
    """What one would look for to find it."""

    material: str
    """What it is made of."""

    height: float | None = None
    """Its height in metres."""


class Years(Model, kw_only=True, rename="camel"):
    """From one year to another, both included. Years before the common era are
    negative.
    """

    from_: int | None = None
    """The first year."""

    to: int | None = None
    """The last year."""


class Kind(ClosedStrEnum):
    """What an object is."""

    PAINTING = "painting"
    SCULPTURE = "sculpture"
    COIN = "coin"


if TYPE_CHECKING:
    KindLike: TypeAlias = Kind | Literal["painting", "sculpture", "coin"]
    MuseumObject: TypeAlias = Painting | Sculpture | Coin
else:
    KindLike = Kind

    class MuseumObject(OneOf):
        """Something that the museum keeps."""

        tag = "kind"

        @staticmethod
        def table():
            return {"painting": Painting, "sculpture": Sculpture, "coin": Coin}
