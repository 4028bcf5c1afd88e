"""One request and one answer as plain values, of no particular HTTP library."""

from __future__ import annotations

import msgspec

from .headers import Headers
from .options import Timeout
from .urls import redacted


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One HTTP request, ready to be sent.

    `url` is absolute and percent-encoded: its path and query go over the wire as they
    stand. `time_left` is how many seconds the whole exchange may take, None without a
    deadline. `repr` shows no secret: no body, no user name, redacted fields.
    """

    method: str
    url: str
    headers: Headers = Headers()
    content: bytes | None = None
    timeout: Timeout = Timeout()
    time_left: float | None = None
    secret_query: frozenset[str] = frozenset()
    """Names of query parameters that carry credentials."""

    @property
    def shown_url(self) -> str:
        """The URL as it may be logged: without credentials."""
        return redacted(self.url, self.secret_query)

    def with_headers(self, fields: dict[str, str]) -> Request:
        """The same request with fields put in the place of its own, or added."""
        return msgspec.structs.replace(self, headers=self.headers.replaced(fields))

    def __repr__(self) -> str:
        size = len(self.content or b"")
        return (
            f"Request({self.method} {self.shown_url}, headers={self.headers!r}, "
            f"content=<{size} bytes>)"
        )


class RawResponse(msgspec.Struct, frozen=True, kw_only=True):
    """One HTTP answer, read to its end; `content` is decompressed.

    `elapsed` is in seconds, from the start of sending to the end of reading.
    """

    status: int
    headers: Headers = Headers()
    content: bytes = b""
    elapsed: float = 0.0

    def __repr__(self) -> str:
        return (
            f"RawResponse(status={self.status}, headers={self.headers!r}, "
            f"content=<{len(self.content)} bytes>)"
        )
