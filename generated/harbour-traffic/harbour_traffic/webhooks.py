"""What the service sends on its own: `NAME.unwrap(body, headers, secret=...)`.

`unwrap` reads any of the webhooks, whichever it is.
"""

from __future__ import annotations

from . import models as m
from ._runtime.models import field
from ._runtime.response_headers import ResponseHeaders
from ._runtime.webhooks import Webhook


class GaleHeaders(ResponseHeaders, frozen=True, kw_only=True):
    """The header fields of `gale`: `.of(delivery)`."""

    x_forecast_hour: int | None = field(default=None, name="X-Forecast-Hour")
    """The hour of the day at which it was forecast."""


gale: Webhook[m.GalePayload] = Webhook(
    name="gale",
    payload=lambda: m.GalePayload,
)
"""A gale is on its way.

Sent once for each gale, as soon as it is forecast.
"""

ship_arrived: Webhook[m.Arrived] = Webhook(
    name="shipArrived",
    payload=lambda: m.Arrived,
)
"""A ship made fast."""

ship_left: Webhook[m.Departed] = Webhook(
    name="shipLeft",
    payload=lambda: m.Departed,
)
"""A ship left."""

any_webhook: Webhook[m.WebhookPayload] = Webhook(
    name="webhooks",
    payload=lambda: m.WebhookPayload,
)
"""Any of the webhooks."""

unwrap = any_webhook.unwrap
receive = any_webhook.receive
parse_unverified = any_webhook.parse_unverified
