"""The header fields of answers, typed: `NAME.of(response)` reads them."""

from __future__ import annotations

from ._runtime.models import field
from ._runtime.response_headers import ResponseHeaders


class ListShipsHeaders(ResponseHeaders, frozen=True, kw_only=True):
    """The header fields of answers to `client.ships.list_ships`."""

    link: str | None = field(default=None, name="Link")
    """Where the next page is (RFC 8288)."""
