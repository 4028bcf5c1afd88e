"""How far a download is, and how it goes on after it broke off.

It does if its entity tag is a strong one: only then is the rest known to be of the same
content (RFC 9110, sections 13.1.5 and 14.2).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Protocol, TypeAlias, cast

from .errors import ApiError
from .options import Settings
from .response import Response

Progress: TypeAlias = Callable[[int, int | None], object]
"""Told how many bytes have come, and of how many; None if nobody knows."""


class Writable(Protocol):
    """A file that is open for writing bytes."""

    def write(self, data: bytes, /) -> object:
        """Writes all of the bytes."""
        ...


class DownloadState:
    """What both kinds of downloads know of their call, and of how far they are."""

    def __init__(self, args: tuple[object, ...], given: Mapping[str, object]) -> None:
        self._args = args
        self._given = given
        self._settings = Settings()
        self._until: float | None = None
        self._response: Response[object] | None = None
        self._seen = 0
        self._breaks = 0

    @property
    def response(self) -> Response[object]:
        """The answer as far as it is known at its beginning: status and header fields.

        Raises RuntimeError before the download is opened.
        """
        if self._response is None:
            raise RuntimeError("the download is not open: it is used in a `with` block")
        return self._response

    @property
    def length(self) -> int | None:
        """How many bytes come; None if the service does not say."""
        headers = self.response.headers
        length = headers.get("content-length", "")
        plain = headers.get("content-encoding", "identity") == "identity"
        return int(length) if plain and length.isdecimal() else None

    def _began(self, settings: Settings) -> None:
        if self._response is None:
            self._settings = settings
            if settings.deadline is not None:
                self._until = time.monotonic() + settings.deadline

    def _came(self, chunk: bytes) -> bytes:
        self._seen += len(chunk)
        self._breaks = 0
        return chunk

    def _asking(self, fields: Mapping[str, str]) -> dict[str, object]:
        """The arguments by name, with fields besides those that the caller gave."""
        options = cast("Mapping[str, object]", self._given.get("options") or {})
        headers = cast("Mapping[str, str]", options.get("headers", {}))
        more: dict[str, object] = {
            "headers": {"Accept-Encoding": "identity", **headers, **fields}
        }
        if fields:
            # What a part is answered with is declared nowhere.
            more["strict_responses"] = False
        if self._until is not None and fields:
            more["deadline"] = self._until - time.monotonic()
        return {**self._given, "options": {**options, **more}}

    def _rest(self, error: ApiError) -> dict[str, str]:
        """The fields that ask for the rest. Raises the error if there is no asking."""
        self._breaks += 1
        response = self.response
        tag = response.headers.get("etag", "")
        late = self._until is not None and self._until <= time.monotonic()
        if (
            late
            or self._breaks > self._settings.max_retries
            or response.request.method != "GET"
            or response.status != 200
            or not tag.startswith('"')
            or response.headers.get("content-encoding", "identity") != "identity"
        ):
            raise error
        return {"Range": f"bytes={self._seen}-", "If-Range": tag}

    def _continues(self, response: Response[object], error: ApiError) -> None:
        """Raises the error if what came is not the rest: the content has changed."""
        said = response.headers.get("content-range", "")
        if response.status != 206 or not said.startswith(f"bytes {self._seen}-"):
            raise error
