"""What sends requests: the seam between calls and an HTTP library.

No type of any HTTP library stands here: a client of httpx2 fits the protocols by its
shape.
"""

from __future__ import annotations

from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Protocol, TypeAlias, runtime_checkable

from .request import RawResponse, Request

StepTimeouts: TypeAlias = tuple[float | None, float | None, float | None, float | None]
"""Seconds to connect, read, write, and wait for a connection."""


class Transport(Protocol):
    """Sends one request and reads its answer; safe to use from several threads."""

    def send(self, request: Request) -> RawResponse:
        """The answer, of whatever status; redirects are answers too.

        Raises ApiConnectionError or ApiTimeoutError if there is none.
        """
        ...


class AsyncTransport(Protocol):
    """Sends one request and reads its answer; safe to use from several tasks."""

    async def send(self, request: Request) -> RawResponse:
        """As `Transport.send`."""
        ...


class HttpFields(Protocol):
    """The header fields of an answer, as httpx2 has them."""

    def multi_items(self) -> Sequence[tuple[str, str]]:
        """Each field line."""
        ...


class HttpAnswer(Protocol):
    """An answer whose body is still to be read, as httpx2 has it."""

    @property
    def status_code(self) -> int: ...

    @property
    def headers(self) -> HttpFields: ...

    @property
    def is_stream_consumed(self) -> bool: ...

    def iter_bytes(self) -> Iterator[bytes]:
        """The body, decompressed, as it arrives."""
        ...

    def iter_raw(self) -> Iterator[bytes]:
        """The body as it arrives."""
        ...


class AsyncHttpAnswer(Protocol):
    """An answer whose body is still to be read, as httpx2 has it."""

    @property
    def status_code(self) -> int: ...

    @property
    def headers(self) -> HttpFields: ...

    @property
    def is_stream_consumed(self) -> bool: ...

    def aiter_bytes(self) -> AsyncIterator[bytes]:
        """The body, decompressed, as it arrives."""
        ...

    def aiter_raw(self) -> AsyncIterator[bytes]:
        """The body as it arrives."""
        ...


@runtime_checkable
class Opens(Protocol):
    """A transport whose answers can be read while they arrive."""

    def opened(self, request: Request) -> AbstractContextManager[HttpAnswer]:
        """The answer to a request, to be read until it is left."""
        ...


@runtime_checkable
class AsyncOpens(Protocol):
    """A transport whose answers can be read while they arrive."""

    def opened(self, request: Request) -> AbstractAsyncContextManager[AsyncHttpAnswer]:
        """The answer to a request, to be read until it is left."""
        ...


class HttpClient(Protocol):
    """What a caller's own HTTP client must be able to do: `httpx2.Client` is."""

    def stream(
        self,
        method: str,
        url: str,
        *,
        content: bytes | Iterable[bytes] | None,
        headers: Sequence[tuple[bytes, bytes]],
        timeout: StepTimeouts,
        follow_redirects: bool,
        extensions: Mapping[str, object],
    ) -> AbstractContextManager[HttpAnswer]:
        """Send a request; the answer is closed on leaving."""
        ...


class AsyncHttpClient(Protocol):
    """What a caller's own HTTP client must be able to do: `httpx2.AsyncClient` is."""

    def stream(
        self,
        method: str,
        url: str,
        *,
        content: bytes | AsyncIterable[bytes] | None,
        headers: Sequence[tuple[bytes, bytes]],
        timeout: StepTimeouts,
        follow_redirects: bool,
        extensions: Mapping[str, object],
    ) -> AbstractAsyncContextManager[AsyncHttpAnswer]:
        """Send a request; the answer is closed on leaving."""
        ...
