"""The header fields of answers, typed: `NAME.of(response)` reads them."""

from __future__ import annotations

from ._runtime.models import field
from ._runtime.response_headers import ResponseHeaders


class GetObjectHeaders(ResponseHeaders, frozen=True, kw_only=True):
    """The header fields of answers to `client.objects.get_object`."""

    e_tag: str | None = field(default=None, name="ETag")
    """The state of the object that was sent."""


class ListObjectsHeaders(ResponseHeaders, frozen=True, kw_only=True):
    """The header fields of answers to `client.objects.list_objects`."""

    x_total_count: int | None = field(default=None, name="X-Total-Count")
    """How many objects there are on all pages."""
