"""One request and one answer as plain values, of no particular HTTP library."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from typing import Protocol, runtime_checkable

import msgspec

from .headers import Headers
from .options import Timeout, UploadProgress
from .urls import redacted


@runtime_checkable
class Stream(Protocol):
    """Content that is read while it is sent."""

    length: int | None
    """How many bytes there are; None if nobody knows before the end."""

    @property
    def spent(self) -> bool:
        """Whether it was begun and cannot begin anew."""
        ...

    def chunks(self) -> Iterator[bytes]:
        """The bytes, from the beginning."""
        ...

    def achunks(self) -> AsyncGenerator[bytes]:
        """The bytes, from the beginning, for a task."""
        ...


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One HTTP request, ready to be sent.

    `url` is absolute and percent-encoded: its path and query go over the wire as they
    stand. `time_left` is how many seconds the whole exchange may take, None without a
    deadline. `upload_progress` is told what was sent of the content. `operation` is the id
    of the one that it is sent for, "" where a token is asked for. `repr` shows no secret:
    no body, no user name, redacted fields.
    """

    method: str
    url: str
    headers: Headers = Headers()
    content: bytes | Stream | None = None
    timeout: Timeout = Timeout()
    time_left: float | None = None
    upload_progress: UploadProgress | None = None
    secret_query: frozenset[str] = frozenset()
    """Names of query parameters that carry credentials."""
    operation: str = ""

    @property
    def shown_url(self) -> str:
        """The URL as it may be logged: without credentials."""
        return redacted(self.url, self.secret_query)

    def with_headers(self, fields: dict[str, str]) -> Request:
        """The same request with fields put in the place of its own, or added."""
        return msgspec.structs.replace(self, headers=self.headers.replaced(fields))

    def within(self, seconds: float | None) -> Request:
        """The same request, to be over in so many seconds; None is without limit."""
        return msgspec.structs.replace(
            self, timeout=self.timeout.clipped(seconds), time_left=seconds
        )

    @property
    def spent(self) -> bool:
        """Whether its content is gone, so that it cannot be sent again."""
        content = self.content
        # Asked by what it is not: to look for the members of a protocol takes far longer.
        if content is None or isinstance(content, bytes):
            return False
        return content.spent

    def __repr__(self) -> str:
        content = self.content
        size = content.length if isinstance(content, Stream) else len(content or b"")
        said = "a stream" if size is None else f"{size} bytes"
        return (
            f"Request({self.method} {self.shown_url}, headers={self.headers!r}, "
            f"content=<{said}>)"
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
