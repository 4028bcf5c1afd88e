"""Where an application's own code can stand around calls, and around each attempt."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec

from .operation import Operation
from .request import RawResponse, Request
from .response import Response


class CallInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Which operation is called: its id, method and path, as the document has them."""

    operation: str
    method: str
    path: str


def info_of(operation: Operation[object]) -> CallInfo:
    """What is told of an operation."""
    return CallInfo(
        operation=operation.id, method=operation.method, path=operation.path
    )


class Middleware:
    """The base of what stands around the calls of a client; override what you need.

    class Timing(Middleware):
        def call(
            self, info: CallInfo, proceed: Callable[[], Response[object]]
        ) -> Response[object]:
            began = time.monotonic()
            try:
                return proceed()
            finally:
                record(info.operation, time.monotonic() - began)

    The first of several is the outermost. It is shared by all threads that share the
    client.
    """

    def call(
        self, info: CallInfo, proceed: Callable[[], Response[object]]
    ) -> Response[object]:
        """Around a whole call, with its retries. What `proceed` raises are ApiErrors."""
        return proceed()

    def attempt(
        self, request: Request, proceed: Callable[[Request], RawResponse]
    ) -> RawResponse:
        """Around each request, credentials in it, also those for tokens.

        `proceed` gives an answer of any status; it raises ApiConnectionError and
        ApiTimeoutError.
        """
        return proceed(request)


class AsyncMiddleware:
    """As `Middleware`, for an asynchronous client."""

    async def call(
        self, info: CallInfo, proceed: Callable[[], Awaitable[Response[object]]]
    ) -> Response[object]:
        """Around a whole call, with its retries. What `proceed` raises are ApiErrors."""
        return await proceed()

    async def attempt(
        self, request: Request, proceed: Callable[[Request], Awaitable[RawResponse]]
    ) -> RawResponse:
        """Around each request, credentials in it, also those for tokens.

        `proceed` gives an answer of any status; it raises ApiConnectionError and
        ApiTimeoutError.
        """
        return await proceed(request)
