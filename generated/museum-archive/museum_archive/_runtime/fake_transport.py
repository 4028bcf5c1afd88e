"""The transport that sends nothing: requests go to a function, and its answers come back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeAlias

from .clock import Clock
from .request import RawResponse, Request
from .uploads import awaiting_sent, sent

Answering: TypeAlias = Callable[[Request, bytes], RawResponse]
"""What answers a request with such a body."""


class Moments:
    """Time in which nobody waits: what would be slept has passed at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._slept = 0.0

    def clock(self) -> Clock:
        """The clock that shows it."""
        return Clock(
            monotonic=lambda: time.monotonic() + self._slept,
            time=lambda: time.time() + self._slept,
            sleep=self._sleep,
            asleep=self._asleep,
        )

    def _sleep(self, seconds: float) -> None:
        with self._lock:
            self._slept += seconds

    async def _asleep(self, seconds: float) -> None:
        self._sleep(seconds)


class FakeTransport:
    """In the place of a `Transport`."""

    def __init__(self, answering: Answering, clock: Clock) -> None:
        self._answering = answering
        self.__calque_clock__: Clock = clock

    def send(self, request: Request) -> RawResponse:
        """See `Transport`."""
        content = sent(request) or b""
        whole = content if isinstance(content, bytes) else b"".join(content)
        return self._answering(request, whole)


class AsyncFakeTransport:
    """In the place of an `AsyncTransport`."""

    def __init__(self, answering: Answering, clock: Clock) -> None:
        self._answering = answering
        self.__calque_clock__: Clock = clock

    async def send(self, request: Request) -> RawResponse:
        """See `AsyncTransport`."""
        async with awaiting_sent(request) as content:
            if content is None or isinstance(content, bytes):
                return self._answering(request, content or b"")
            whole = b"".join([piece async for piece in content])
        return self._answering(request, whole)
