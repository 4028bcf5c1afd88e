"""Time and chance, as one value that tests can put their own in the place of."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable

import msgspec


def _sleep(seconds: float) -> None:
    # Not `time.sleep` itself: what stands in its place by then is meant.
    time.sleep(seconds)


async def _asleep(seconds: float) -> None:
    # Not at the top: synchronous clients do without it.
    import anyio

    await anyio.sleep(seconds)


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """`monotonic`: seconds that never jump. `time`: Unix time. `chance`: from 0 to below 1.

    `sleep` lets seconds pass for a thread, `asleep` for a task.
    """

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = _sleep
    asleep: Callable[[float], Awaitable[object]] = _asleep
    time: Callable[[], float] = time.time
    chance: Callable[[], float] = random.random


def clock_of(transport: object) -> Clock:
    """The clock that a transport goes by, if it has one of its own; else that of the machine."""
    found: object = getattr(transport, "__calque_clock__", None)
    return found if isinstance(found, Clock) else Clock()
