"""How far a call has come: its attempts, its time, and where it was led on the way."""

from __future__ import annotations

import msgspec

from .clock import Clock
from .errors import DeadlineExceededError
from .options import Settings
from .request import RawResponse, Request
from .retries import Failure
from .session import Session
from .token_source import Asking
from .tracing import RETRY_COUNT


class Progress:
    """How far a call has come."""

    __slots__ = (
        "_began",
        "_clock",
        "_deadline",
        "attempts",
        "history",
        "renewed",
        "retries",
    )

    def __init__(self, clock: Clock, deadline: float | None) -> None:
        self._clock = clock
        self._deadline = deadline
        self._began = clock.monotonic()
        self.attempts = 0
        self.retries = 0
        self.renewed = False
        self.history: list[RawResponse] = []

    @property
    def elapsed(self) -> float:
        """Seconds since the call began."""
        return self._clock.monotonic() - self._began

    @property
    def time_left(self) -> float | None:
        """Seconds until the deadline; None without one."""
        return None if self._deadline is None else self._deadline - self.elapsed

    def counted(self, request: Request) -> Request:
        """The request with the number of retries in it, after the first attempt."""
        if self.retries == 0:
            return request
        return request.with_headers({RETRY_COUNT: str(self.retries)})

    def started(self, request: Request) -> Request:
        """The request of the next attempt, which must end with the deadline."""
        left = self.time_left
        if left is not None and left <= 0:
            raise self.exceeded(request_sent=self.attempts > 0)
        self.attempts += 1
        return msgspec.structs.replace(
            request, timeout=request.timeout.clipped(left), time_left=left
        )

    def asking(
        self, session: Session, scopes: tuple[str, ...], settings: Settings
    ) -> Asking:
        """What the call says where it needs a token."""
        deadline = self._deadline
        return Asking(
            scopes=scopes,
            clock=self._clock,
            timeout=settings.timeout,
            max_retries=settings.max_retries,
            until=None if deadline is None else self._began + deadline,
            user_agent=session.user_agent,
        )

    def unauthorized(self, outcome: Failure, settings: Settings) -> bool:
        """Whether a new token may help: once a call, where it may be repeated at all."""
        unauthorized = isinstance(outcome, RawResponse) and outcome.status == 401
        return unauthorized and not self.renewed and settings.max_retries > 0

    def exceeded(self, *, request_sent: bool) -> DeadlineExceededError:
        """The error that says so."""
        return DeadlineExceededError(
            f"the deadline of {self._deadline:g} s passed", request_sent=request_sent
        )
