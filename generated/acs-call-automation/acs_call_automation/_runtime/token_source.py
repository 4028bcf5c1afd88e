"""Where tokens come from that a client buys for itself, as far as calls know of it."""

from __future__ import annotations

from collections.abc import Generator
from typing import Protocol

import msgspec

from .clock import Clock
from .effects import Effect, Outcome
from .errors import DeadlineExceededError
from .options import Timeout
from .request import Request


def no_token_in_time() -> DeadlineExceededError:
    """The error of a call whose deadline passes while it waits for a token."""
    return DeadlineExceededError(
        "the deadline passed before a token came", request_sent=False
    )


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """A call that needs a token: for what, and how long it can wait.

    `until` is the time of `clock.monotonic` when the call has to be over, None for never.
    """

    scopes: tuple[str, ...]
    clock: Clock
    timeout: Timeout
    max_retries: int
    until: float | None
    user_agent: str

    @property
    def time_left(self) -> float | None:
        """Seconds until then. Raises DeadlineExceededError if none are left."""
        if self.until is None:
            return None
        left = self.until - self.clock.monotonic()
        if left <= 0:
            raise no_token_in_time()
        return left


class TokenSource(Protocol):
    """The tokens of one client, for one scheme."""

    @property
    def url(self) -> str:
        """Where it asks for them."""
        ...

    def token(self, asking: Asking) -> Generator[Effect, Outcome, str]:
        """A token that is still valid, bought if need be.

        Raises ApiError if none can be had.
        """
        ...

    def forget(self, request: Request) -> None:
        """Drops the token of a request that was refused, if it is still at hand."""
        ...
