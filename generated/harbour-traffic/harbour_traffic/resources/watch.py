"""The operations of `client.watch`."""

from __future__ import annotations

from .. import models as m
from .._runtime.call import AsyncCaller, Caller
from .._runtime.files import AsyncContent, Content
from .._runtime.operation import Empty, Json, Operation, Text
from .._runtime.options import RequestOptions
from .._runtime.raw import Raw
from .._runtime.server_sent_events import EventFraming
from .._runtime.stream_state import StreamOperation
from .._runtime.streaming import AsyncStream, Stream

_APPEND_LOG: Operation[str] = Operation(
    id="appendLog",
    method="POST",
    path="/log",
    security=(("key",), ("keyInQuery",)),
    content_type="application/octet-stream",
    body=Raw(),
    accept="text/plain, application/json",
    answers={202: Text(), "default": Json(lambda: m.Refusal)},
)

_WATCH_TRAFFIC: StreamOperation[m.Event] = StreamOperation(
    id="watchTraffic",
    method="GET",
    path="/watch",
    security=(("key",), ("keyInQuery",)),
    accept="text/event-stream, application/json",
    answers={200: Empty(), "default": Json(lambda: m.Refusal)},
    framing=EventFraming(lambda: m.Event),
)


class Watch:
    """What happens in the harbour, as it happens."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def append_log(
        self,
        *,
        body: Content,
        options: RequestOptions | None = None,
    ) -> str:
        """Add the log of a pilot boat.

        Its recorder writes a file of lines, which is taken as it is.

        Args:
            body: The body, `application/octet-stream`.
            options: Settings for this call alone.

        Returns:
            The log will be read.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Refusal`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return self._caller.call(
            _APPEND_LOG,
            body=body,
            options=options,
        )

    def watch_traffic(
        self,
        *,
        berth: list[int] | None = None,
        options: RequestOptions | None = None,
    ) -> Stream[m.Event]:
        """Watch the harbour.

        Events come as they happen, until the connection is closed.

        Args:
            berth: Only what happens at these berths.
            options: Settings for this call alone.

        Returns:
            What to open, and iterate over for the items as they come. The events.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Refusal`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return Stream(
            self._caller,
            _WATCH_TRAFFIC,
            query={"berth": berth},
            options=options,
        )


class AsyncWatch:
    """What happens in the harbour, as it happens."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def append_log(
        self,
        *,
        body: AsyncContent,
        options: RequestOptions | None = None,
    ) -> str:
        """Add the log of a pilot boat.

        Its recorder writes a file of lines, which is taken as it is.

        Args:
            body: The body, `application/octet-stream`.
            options: Settings for this call alone.

        Returns:
            The log will be read.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Refusal`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return await self._caller.call(
            _APPEND_LOG,
            body=body,
            options=options,
        )

    def watch_traffic(
        self,
        *,
        berth: list[int] | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncStream[m.Event]:
        """Watch the harbour.

        Events come as they happen, until the connection is closed.

        Args:
            berth: Only what happens at these berths.
            options: Settings for this call alone.

        Returns:
            What to open, and iterate over for the items as they come. The events.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Refusal`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return AsyncStream(
            self._caller,
            _WATCH_TRAFFIC,
            query={"berth": berth},
            options=options,
        )
