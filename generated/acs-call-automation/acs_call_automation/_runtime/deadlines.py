"""When a thread stops waiting for a server, however little at a time that sends.

httpcore2 limits each reading by itself, so that what trickles in would never end. Tasks are
cancelled at their deadline; of a thread, the connections ask here how long they may wait.
"""

from __future__ import annotations

import time
from contextvars import ContextVar, Token
from typing import Literal

_UNTIL: ContextVar[float | None] = ContextVar("_UNTIL", default=None)

Step = Literal["Connect", "Read", "Write"]


class until:
    """Has this thread wait no longer than until then, by the monotonic clock."""

    __slots__ = ("_moment", "_token")

    def __init__(self, moment: float | None) -> None:
        self._moment = moment

    def __enter__(self) -> None:
        self._token: Token[float | None] = _UNTIL.set(self._moment)

    def __exit__(self, *error: object) -> None:
        _UNTIL.reset(self._token)


def left_for(step: Step, timeout: float | None) -> float | None:
    """How long a step may take. Raises the timeout of httpcore2 if it may not begin."""
    moment = _UNTIL.get()
    if moment is None:
        return timeout
    left = moment - time.monotonic()
    if left <= 0:
        raise _timeout(step)
    return left if timeout is None else min(timeout, left)


def _timeout(step: Step) -> Exception:
    import httpcore2

    match step:
        case "Connect":
            return httpcore2.ConnectTimeout("the deadline passed")
        case "Read":
            return httpcore2.ReadTimeout("the deadline passed")
        case "Write":
            return httpcore2.WriteTimeout("the deadline passed")
