"""The models of `places`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal, TypeAlias

from _runtime.formats import Base64Url, DecimalString, HttpDate, Int64String, UnixTime
from _runtime.formatted import FormattedModel
from _runtime.models import UNSET, Model, UnsetType, const, field
from _runtime.open_model import OpenModel
from _runtime.unions import OneOf

from .. import models as m


class EmailContact(Model, kw_only=True):
    kind: Literal["email"] = const("email")
    address: str


class PhoneContact(Model, kw_only=True):
    kind: Literal["phone", "mobile"]
    number: str
    backup: m.Contact | None = None


class Place(Model, kw_only=True, rename="camel"):
    place_id: str
    contact: m.Contact | UnsetType | None = UNSET
    area: m.Area | None = None
    latest: m.Shipment | None = None
    """A cycle through two modules."""
    labels: m.Labels | None = None
    notes: m.Notes | None = None


class Circle(Model, kw_only=True):
    radius: float
    unit: str | None = None


class Box(Model, kw_only=True):
    width: float
    height: float
    parts: list[m.Area] | None = None


class Labels(OpenModel, rename="camel"):
    team_name: str | None = None
    created: dt.datetime | UnsetType | None = UNSET
    additional_properties: dict[str, int] = field(default_factory=dict[str, int])
    """The properties that are not declared, by name."""


class Notes(FormattedModel, kw_only=True, rename="camel"):
    size: Int64String
    seen_at: UnixTime | None = None
    visits: list[HttpDate] | None = None
    fee: DecimalString | UnsetType | None = UNSET
    scan: Base64Url | None = None


if TYPE_CHECKING:
    Contact: TypeAlias = EmailContact | PhoneContact
    Area: TypeAlias = Circle | Box | str | list[str] | list[int]
else:

    class Contact(OneOf):
        tag = "kind"

        @staticmethod
        def table():
            return {
                "email": m.EmailContact,
                "phone": m.PhoneContact,
                "mobile": m.PhoneContact,
            }

    class Area(OneOf):
        @staticmethod
        def variants():
            return Circle, Box, str, list[str], list[int]
