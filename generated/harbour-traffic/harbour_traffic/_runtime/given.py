"""What the methods of resources give to a call, whichever way it gives its results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict


class Given(TypedDict, total=False):
    """The values of parameters, by location and wire name, and the body."""

    path: Mapping[str, object]
    query: Mapping[str, object]
    headers: Mapping[str, object]
    cookies: Mapping[str, object]
    body: object
