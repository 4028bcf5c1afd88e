"""How far a call has come: its attempts, its time, and where it was led on the way."""

from __future__ import annotations

from .errors import DeadlineExceededError
from .options import Settings
from .request import RawResponse, Request
from .retries import Attempted
from .session import Session
from .token_source import Asking
from .tracing import RETRY_COUNT
from .urls import same_origin


class Progress:
    """How far a call of a session has come, with the settings that it has.

    `request` is what it asks for, and `schemes` are those that it authenticates with: a
    redirect changes both.
    """

    __slots__ = (
        "_began",
        "attempts",
        "history",
        "renewed",
        "request",
        "retries",
        "schemes",
        "session",
        "settings",
    )

    def __init__(
        self,
        session: Session,
        settings: Settings,
        request: Request,
        schemes: tuple[str, ...],
    ) -> None:
        self.session = session
        self.settings = settings
        self.request = request
        self.schemes = schemes
        self._began = session.clock.monotonic()
        self.attempts = 0
        self.retries = 0
        self.renewed = False
        self.history: list[RawResponse] = []

    @property
    def elapsed(self) -> float:
        """Seconds since the call began."""
        return self.session.clock.monotonic() - self._began

    @property
    def time_left(self) -> float | None:
        """Seconds until the deadline; None without one."""
        deadline = self.settings.deadline
        return None if deadline is None else deadline - self.elapsed

    def counted(self) -> Request:
        """The request with the number of retries in it, after the first attempt."""
        if self.retries == 0:
            return self.request
        return self.request.with_headers({RETRY_COUNT: str(self.retries)})

    def started(self, request: Request) -> Request:
        """The request of the next attempt, which begins, and must end with the deadline."""
        left = self.time_left
        if left is not None and left <= 0:
            raise self.exceeded(request_sent=self.attempts > 0)
        self.attempts += 1
        started = request.within(left)
        self.session.log.sending(started, self.attempts)
        return started

    def led_on(self, target: Request, answer: RawResponse) -> None:
        """Goes on where a redirect leads: without credentials, if that is another host."""
        if not same_origin(target.url, self.request.url):
            self.schemes = ()
        self.request = target
        self.history.append(answer)

    def asking(self, scopes: tuple[str, ...]) -> Asking:
        """What the call says where it needs a token."""
        deadline = self.settings.deadline
        return Asking(
            scopes=scopes,
            clock=self.session.clock,
            timeout=self.settings.timeout,
            max_retries=self.settings.max_retries,
            until=None if deadline is None else self._began + deadline,
            user_agent=self.session.user_agent,
        )

    def unauthorized(self, outcome: Attempted) -> bool:
        """Whether a new token may help: once a call, where it may be repeated at all."""
        unauthorized = isinstance(outcome, RawResponse) and outcome.status == 401
        return unauthorized and not self.renewed and self.settings.max_retries > 0

    def exceeded(self, *, request_sent: bool) -> DeadlineExceededError:
        """The error that says so."""
        return DeadlineExceededError(
            f"the deadline of {self.settings.deadline:g} s passed",
            request_sent=request_sent,
        )
