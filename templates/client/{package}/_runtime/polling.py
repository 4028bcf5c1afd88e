"""How an operation that goes on is waited for: what to ask, when, and what it comes to.

Written once, as generators that do nothing themselves: they yield what they need of the
outside world, and receive what came of it. A thread or a task carries that out.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Generic, TypeAlias, TypeVar, cast

import msgspec

from .answers import read_value
from .effects import Sleep
from .errors import DeadlineExceededError, ResponseDecodeError
from .links import followed
from .long_running import (
    LongRunningOperation,
    OperationState,
    Path,
    Place,
    PollingError,
)
from .operation import Operation
from .operation_states import (
    asked,
    begun,
    end,
    failure,
    looked_at,
    result_url,
    taken_whole,
)
from .options import RequestOptions
from .prepare import Arguments, url_of
from .request import RawResponse
from .response import Response, placed
from .retries import told_delay
from .session import Session
from .urls import without_query

T = TypeVar("T")
S = TypeVar("S")

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
LONGEST_TOLD_PAUSE = 300.0

_RUNNING = OperationState(status="InProgress", phase="running")


class Look(msgspec.Struct, frozen=True):
    """Ask the service; the outcome is its answer."""

    operation: Operation[bytes]
    arguments: Arguments
    options: RequestOptions | None


Polling: TypeAlias = Generator[Look | Sleep, Response[bytes] | None, S]
"""The steps of something that comes to an `S`."""


class Watch(Generic[T]):
    """An operation that goes on: how far it is, and when to ask the next time."""

    def __init__(
        self,
        session: Session,
        operation: LongRunningOperation[T],
        options: RequestOptions | None,
        place: Place | None = None,
    ) -> None:
        self.operation = operation
        self.place = place
        self.state = _RUNNING
        self._session = session
        self._options = options
        self._settings = session.settings.overridden(options)
        self._pause = FIRST_PAUSE
        self._due = self._now
        self._result: Response[T] | None = None

    def begin(self, arguments: Arguments) -> Polling[None]:
        """Calls the operation."""
        answer = yield Look(taken_whole(self.operation), arguments, self._options)
        assert answer is not None
        original = url_of(self._session, self.operation, arguments, self._settings)
        self.place, self.state = begun(self.operation, original, answer)
        self._due = self._now + self._wanted_pause()

    def deadline(self, timeout: float | None) -> float | None:
        """When so many seconds are over, on the clock of the client."""
        return None if timeout is None else self._now + timeout

    def over(self, until: float | None) -> Polling[None]:
        """Asks until the operation is over, whichever way."""
        while not self.state.done:
            yield from self.next_state(until)

    def next_state(self, until: float | None) -> Polling[None]:
        """Asks once more, when it is time to."""
        late = until is not None and until <= self._due
        wake = until if until is not None and late else self._due
        if wake > self._now:
            yield Sleep(wake - self._now)
        if late:
            raise self._late()
        yield from self.look(until)

    def look(self, until: float | None) -> Polling[None]:
        """Asks now."""
        place = self.place
        if place is None or self.state.done:
            return
        answer = yield self._asking(place.url, until)
        assert answer is not None
        self.place, self.state = asked(self.operation, place, answer)
        self._due = self._now + self._wanted_pause()

    def result(self, until: float | None) -> Polling[Response[T]]:
        """What the operation comes to. Raises OperationFailedError if it is to nothing."""
        yield from self.over(until)
        last = self.state.response
        assert last is not None
        if self.state.phase != "succeeded":
            raise placed(failure(_raw(last), self.state), last)
        if self._result is None:
            if self.place is not None:
                url = result_url(self.operation, self.place, last)
                if url is not None:
                    last = (yield self._asking(url, until)) or last
            self._result = self._read(last)
        return self._result

    @property
    def _now(self) -> float:
        return self._session.clock.monotonic()

    def _asking(self, url: str, until: float | None) -> Look:
        """The request to a link. Raises PollingError for one that is not followed."""
        base = self._session.url_of(self.operation, self._settings)
        link = followed(url, base, self.operation.hosts)
        if link is None:
            raise PollingError(
                f"the operation is told of at {without_query(url)}, which is not the "
                f"service at {base}"
            )
        arguments = Arguments(url=link.url, anonymous=link.foreign)
        return Look(looked_at(self.operation), arguments, self._in_time(until))

    def _in_time(self, until: float | None) -> RequestOptions:
        """The options of a request that has to end with all of the polling."""
        options = _for_looks(self._options)
        if until is None:
            return options
        left = until - self._now
        if left <= 0:
            raise self._late()
        own = self._settings.deadline
        return {**options, "deadline": left if own is None else min(left, own)}

    def _late(self) -> DeadlineExceededError:
        return DeadlineExceededError(
            f"no time is left to wait for the operation, which is {self.state.status}",
            request_sent=True,
        )

    def _wanted_pause(self) -> float:
        """Seconds until the next request: as the service says, or twice those before."""
        response = self.state.response
        told = None
        if response is not None:
            told = told_delay(response.headers, self._session.clock.time())
        if told is not None:
            return min(told, LONGEST_TOLD_PAUSE)
        pause = self._pause
        self._pause = min(pause * 2, LONGEST_PAUSE)
        return pause

    def _read(self, last: Response[bytes]) -> Response[T]:
        """The result that an answer holds. Raises ResponseDecodeError if it holds none."""
        settings = self._settings
        raw = _raw(last)
        if self.operation.result:
            content = _part(last.content, self.operation.result)
            raw = msgspec.structs.replace(raw, content=content)
        try:
            value, issues = read_value(
                raw,
                end(self.operation, last),
                strict=settings.strict_responses,
                keep_unknown=settings.keep_unknown,
            )
        except ResponseDecodeError as error:
            placed(error, last)
            raise
        self._session.log.departs(self.operation.id, issues)
        # All of the answer stays as it is, except for what it is read as.
        whole = msgspec.structs.replace(cast("Response[object]", last), value=value)
        return cast("Response[T]", msgspec.structs.replace(whole, issues=issues))


def _raw(response: Response[bytes]) -> RawResponse:
    return RawResponse(
        status=response.status, headers=response.headers, content=response.content
    )


def _part(content: bytes, path: Path) -> bytes:
    """The JSON of a member, as it was written; all of it where there is no such member."""
    found = content
    for name in path:
        try:
            members = msgspec.json.decode(found, type=dict[str, msgspec.Raw])
        except (msgspec.DecodeError, RecursionError):
            return content
        if name not in members:
            return content
        found = bytes(members[name])
    return found


def _for_looks(options: RequestOptions | None) -> RequestOptions:
    """The options of a call without what belongs to its own request alone."""
    kept: RequestOptions = {**(options or {})}
    kept.pop("query", None)
    kept.pop("body", None)
    kept.pop("idempotency_key", None)
    return kept
