"""The models of the depot, each loaded when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .places import (
        Area,
        Box,
        Circle,
        Contact,
        EmailContact,
        Labels,
        Notes,
        PhoneContact,
        Place,
    )
    from .shipments import (
        Leg,
        Mode,
        Priority,
        Shipment,
        State,
        StateLike,
        Step,
    )
else:
    from _runtime.lazy import lazy

    __getattr__, __dir__ = lazy(
        __name__,
        {
            "Area": "places",
            "Box": "places",
            "Circle": "places",
            "Contact": "places",
            "EmailContact": "places",
            "Labels": "places",
            "Leg": "shipments",
            "Mode": "shipments",
            "Notes": "places",
            "PhoneContact": "places",
            "Place": "places",
            "Priority": "shipments",
            "Shipment": "shipments",
            "State": "shipments",
            "StateLike": "shipments",
            "Step": "shipments",
        },
    )

__all__ = [
    "Area",
    "Box",
    "Circle",
    "Contact",
    "EmailContact",
    "Labels",
    "Leg",
    "Mode",
    "Notes",
    "PhoneContact",
    "Place",
    "Priority",
    "Shipment",
    "State",
    "StateLike",
    "Step",
]
