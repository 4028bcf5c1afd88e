"""The models, each loaded when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .shared import Cargo, CargoLike, Refusal, Ship
    from .ships import Position, Search
    from .watch import Arrived, BerthChanged, Departed, Event, GalePayload
    from .webhooks import WebhookPayload
else:
    from .._runtime.lazy import lazy

    __getattr__, __dir__ = lazy(
        __name__,
        {
            "Arrived": "watch",
            "BerthChanged": "watch",
            "Cargo": "shared",
            "CargoLike": "shared",
            "Departed": "watch",
            "Event": "watch",
            "GalePayload": "watch",
            "Position": "ships",
            "Refusal": "shared",
            "Search": "ships",
            "Ship": "shared",
            "WebhookPayload": "webhooks",
        },
    )

__all__ = [
    "Arrived",
    "BerthChanged",
    "Cargo",
    "CargoLike",
    "Departed",
    "Event",
    "GalePayload",
    "Position",
    "Refusal",
    "Search",
    "Ship",
    "WebhookPayload",
]
