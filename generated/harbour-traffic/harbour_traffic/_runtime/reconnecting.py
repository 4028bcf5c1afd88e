"""How a stream of events goes on after it ended (WHATWG HTML, section 9.2.3)."""

from __future__ import annotations

import time

import msgspec

from .errors import ApiError, DeadlineExceededError
from .framing import Frames, Mark
from .options import RequestOptions, Settings
from .prepare import Arguments

USUAL_DELAY = 3.0
"""Seconds before the rest is asked for where the service names none."""


class Resuming:
    """Whether a stream goes on, until when, and what it asks for then."""

    def __init__(self) -> None:
        self.wanted = False
        self._until: float | None = None

    def began(self, settings: Settings) -> None:
        """The stream is opened: its deadline holds for all that follows."""
        if settings.deadline is not None:
            self._until = time.monotonic() + settings.deadline

    def delay(self, frames: Frames, error: ApiError | None) -> float | None:
        """Seconds until the rest is asked for; None if the stream is at its end.

        Raises the error that broke it if it does not go on, DeadlineExceededError if the
        deadline passes before.
        """
        if frames.ended or not self.wanted:
            if error is not None:
                raise error
            return None
        mark = frames.mark or Mark()
        delay = USUAL_DELAY if mark.delay is None else mark.delay
        if self._until is not None and time.monotonic() + delay >= self._until:
            raise DeadlineExceededError(
                "the deadline passes before the stream goes on", request_sent=True
            ) from error
        return delay

    def arguments(self, arguments: Arguments, frames: Frames) -> Arguments:
        """The arguments that ask for what follows the last event that has an id."""
        mark = frames.mark
        if mark is None or not mark.id:
            return arguments
        headers = {**arguments.headers, "Last-Event-ID": mark.id}
        return msgspec.structs.replace(arguments, headers=headers)

    def options(self, options: RequestOptions | None) -> RequestOptions | None:
        """The options, with what is left of the deadline."""
        if self._until is None:
            return options
        given: RequestOptions = {} if options is None else options
        return {**given, "deadline": max(1e-3, self._until - time.monotonic())}
