"""What the service sends on its own: `NAME.unwrap(body, headers, secret=...)`.

`unwrap` reads any of the webhooks, whichever it is.
"""

from __future__ import annotations

from . import models as m
from ._runtime.webhooks import Webhook

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
