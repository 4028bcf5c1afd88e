"""The models of `webhooks`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from .. import models as m
from .._runtime.unions import OneOf
from .._runtime.unknown_variant import UnknownVariant

if TYPE_CHECKING:
    WebhookPayload: TypeAlias = m.Arrived | m.Departed | m.GalePayload | UnknownVariant
else:

    class WebhookPayload(OneOf):
        """What any of the webhooks carries."""

        tag = "type"
        open = True

        @staticmethod
        def table():
            return {"Arrived": m.Arrived, "Departed": m.Departed, "Gale": m.GalePayload}
