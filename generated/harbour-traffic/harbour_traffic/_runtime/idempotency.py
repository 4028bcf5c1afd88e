"""What makes a repeated request harmless, and for how long.

One key per logical call: every attempt carries the same one, so that a service that
knows the key executes the call once.
"""

from __future__ import annotations

from uuid import uuid4

import msgspec

from .headers import Headers, field_value
from .http_dates import format_http_date, parse_http_date
from .operation import Idempotency

WINDOW = 300.0
"""Seconds after First-Sent within which services know a request again.

OASIS Repeatable Requests 1.0 leaves it to the service; the guidelines of Azure demand
five minutes at least.
"""

DEFAULT_KEY = "Idempotency-Key"
"""The field for a key that a caller gives to an operation that declares none."""


class Repeatability(msgspec.Struct, frozen=True, kw_only=True):
    """The fields to send with each attempt of one call, and what they permit.

    `repeatable`: whether the service will know a second attempt again. `until`: the Unix
    time after which it will not, None for never.
    """

    fields: dict[str, str] = {}
    repeatable: bool = False
    until: float | None = None


def repeatability(
    declared: Idempotency | None, given: Headers, key: str | None, *, now: float
) -> Repeatability:
    """What one call sends to be repeatable.

    `given` are the fields that the caller sets, whose values win; `key` is the caller's
    own key, otherwise one is made. An operation that declares no key gets one only from
    the caller.
    """
    if declared is None:
        return _undeclared(given, key)
    key = given.get(declared.key) or key or str(uuid4())
    fields = {declared.key: field_value(declared.key, key)}
    if declared.first_sent is None:
        return Repeatability(fields=fields, repeatable=True)
    first_sent = given.get(declared.first_sent)
    fields[declared.first_sent] = first_sent or format_http_date(now)
    # A date that cannot be read is the service's to judge; the window is then from now.
    since = parse_http_date(first_sent) if first_sent else None
    until = (now if since is None else since) + WINDOW
    return Repeatability(fields=fields, repeatable=True, until=until)


def _undeclared(given: Headers, key: str | None) -> Repeatability:
    key = given.get(DEFAULT_KEY) or key
    if key is None:
        return Repeatability()
    return Repeatability(
        fields={DEFAULT_KEY: field_value(DEFAULT_KEY, key)}, repeatable=True
    )
