"""Whether a failed attempt is made again, and after how long.

A pure policy over values: it reads no clock and sends nothing. What it knows:

- these failures may pass: no connection, no answer in time, 408, 429, 500, 502, 503, 504;
- repeating is safe for an idempotent method (RFC 9110, section 9.2.2), for a call that
  the service will know again by its key, and wherever the service did not execute the
  request: it was never sent, or refused by 429 or 503;
- the service's own wish for a delay counts, up to 60 seconds: if it wants longer, a
  caller is better served by the error;
- a service that says `x-should-retry` knows best, in both directions;
- otherwise delays grow exponentially, with full jitter so that clients spread out.
"""

from __future__ import annotations

import math
from typing import TypeAlias, assert_never

import msgspec

from .errors import ApiConnectionError, ApiTimeoutError
from .headers import Headers
from .http_dates import parse_http_date
from .locks import ProcessLock
from .request import RawResponse

LONGEST_TOLD_DELAY = 60.0
FIRST_DELAY = 0.5
LONGEST_DELAY = 8.0

_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_NOT_EXECUTED = frozenset({429, 503})
_IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY"})

Attempted: TypeAlias = RawResponse | ApiConnectionError | ApiTimeoutError
"""What came of one attempt: an answer of any status, or why there is none."""


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """Where a call stands after an attempt.

    `repeatable`: the service will know a second attempt again. `retries`: how many were
    made. `time_left` and `window_left`: seconds until the deadline and until the service
    forgets the call, None without limit. `spent`: the body cannot be sent again. `now`:
    Unix time. `chance`: from 0 to below 1.
    """

    method: str
    repeatable: bool
    retries: int
    max_retries: int
    time_left: float | None
    window_left: float | None
    now: float
    chance: float
    spent: bool = False


def retry_delay(failure: Attempted, situation: Situation) -> float | None:
    """Seconds between an attempt that did not succeed and the next; None if there is none."""
    wish = _wish(failure)
    if wish is False or not may_pass(failure):
        return None
    # What was read while it was sent cannot be sent again.
    if situation.spent or situation.retries >= situation.max_retries:
        return None
    if not wish and not is_safe(failure, situation):
        return None
    told = _told_delay(failure, situation.now)
    if told is not None and told > LONGEST_TOLD_DELAY:
        return None
    delay = backoff(situation) if told is None else told
    limits = (situation.time_left, situation.window_left)
    return None if any(_reaches(delay, limit) for limit in limits) else delay


def may_pass(failure: Attempted) -> bool:
    """Whether the failure is of a kind that may be gone at the next attempt."""
    match failure:
        case RawResponse():
            return failure.status in _PASSING or _wish(failure) is True
        case ApiConnectionError():
            return not failure.permanent
        case ApiTimeoutError():
            return True
        case _:
            assert_never(failure)


def is_safe(failure: Attempted, situation: Situation) -> bool:
    """Whether another attempt cannot execute the call a second time."""
    if situation.repeatable or situation.method.upper() in _IDEMPOTENT:
        return True
    if isinstance(failure, RawResponse):
        return failure.status in _NOT_EXECUTED
    return not failure.request_sent


def backoff(situation: Situation) -> float:
    """Seconds before the next attempt where the service names none."""
    # The exponent is bounded: a float overflows where max_retries is very large.
    ceiling = min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** min(situation.retries, 16))
    return ceiling * situation.chance


def told_delay(headers: Headers, now: float) -> float | None:
    """The delay in seconds that the service asks for, None if it asks for none.

    `retry-after-ms` (of Azure `x-ms-retry-after-ms`), then `Retry-After` as seconds or as a
    date (RFC 9110, section 10.2.3). A date counts from the answer's own Date, so that
    clocks need not agree. What cannot be read is as if it were not there.
    """
    for name in ("retry-after-ms", "x-ms-retry-after-ms"):
        milliseconds = _number(headers.get(name))
        if milliseconds is not None:
            return milliseconds / 1000
    text = headers.get("retry-after")
    seconds = _number(text)
    if text is None or seconds is not None:
        return seconds
    at = parse_http_date(text)
    if at is None:
        return None
    sent = parse_http_date(headers.get("date", ""))
    return max(0.0, at - (now if sent is None else sent))


def _wish(failure: Attempted) -> bool | None:
    """Whether the service wants another attempt; None if it does not say.

    Never with a success, nor where the answer is a redirect.
    """
    if not isinstance(failure, RawResponse) or failure.status < 400:
        return None
    said = failure.headers.get("x-should-retry", "").lower()
    return {"true": True, "false": False}.get(said)


def _told_delay(failure: Attempted, now: float) -> float | None:
    return (
        told_delay(failure.headers, now) if isinstance(failure, RawResponse) else None
    )


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None


def _reaches(delay: float, limit: float | None) -> bool:
    return limit is not None and delay >= limit


class RetryBudget:
    """How many retries a client may still make, shared by all its calls.

    When a service is down, retries multiply the load that keeps it down. A retry takes 5
    tokens of 500, a call that succeeds puts one back, and gets its retry's back too. So
    100 retries may come at once; after that, one for every five calls that succeed.
    """

    CAPACITY = 500
    COST = 5

    __slots__ = ("_lock", "_tokens")

    def __init__(self) -> None:
        self._lock = ProcessLock()
        self._tokens = self.CAPACITY

    def take(self) -> bool:
        """Takes what one retry costs; False if not enough is left."""
        with self._lock:
            if self._tokens < self.COST:
                return False
            self._tokens -= self.COST
            return True

    def refund(self, *, retried: bool) -> None:
        """Puts back what a call that succeeded earns, after a retry or without."""
        with self._lock:
            earned = self.COST if retried else 1
            self._tokens = min(self.CAPACITY, self._tokens + earned)
