"""The retry policy: every status, method, key and header, without a clock or a network."""

from __future__ import annotations

from itertools import product

import pytest
from _runtime.errors import ApiConnectionError, ApiTimeoutError
from _runtime.headers import Headers
from _runtime.http_dates import format_http_date
from _runtime.request import RawResponse
from _runtime.retries import (
    Attempted,
    RetryBudget,
    Situation,
    retry_delay,
    told_delay,
)
from msgspec.structs import replace

NOW = 1_700_000_000.0
SITUATION = Situation(
    method="GET",
    repeatable=False,
    retries=0,
    max_retries=2,
    time_left=None,
    window_left=None,
    now=NOW,
    chance=0.5,
)
STATUSES = (
    *(200, 201, 301, 304, 400, 401, 403, 404, 408, 409, 410, 412, 418, 422, 425, 429),
    *(500, 501, 502, 503, 504, 505, 507, 511, 599),
)
METHODS = ("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY", "POST", "PATCH")
# What RFC 9110, section 9.2.2, calls idempotent, and QUERY, which is safe by its draft.
UNSAFE = {"POST", "PATCH"}
# The header of the answer, and the delay that follows: None for one that is not waited.
DELAYS: dict[str, tuple[dict[str, str], float | None]] = {
    "none": ({}, 0.25),
    "milliseconds": ({"retry-after-ms": "1500"}, 1.5),
    "milliseconds before seconds": ({"Retry-After-Ms": "20", "Retry-After": "9"}, 0.02),
    "seconds": ({"Retry-After": "7"}, 7.0),
    "fraction": ({"Retry-After": "0.5"}, 0.5),
    "nothing": ({"Retry-After": "0"}, 0.0),
    "cap": ({"Retry-After": "60"}, 60.0),
    "above the cap": ({"Retry-After": "61"}, None),
    "milliseconds above the cap": ({"retry-after-ms": "60001"}, None),
    "date": ({"Retry-After": format_http_date(NOW + 12)}, 12.0),
    "date gone by": ({"Retry-After": format_http_date(NOW - 12)}, 0.0),
    "date above the cap": ({"Retry-After": format_http_date(NOW + 90)}, None),
    "date by the clock of the server": (
        {
            "Retry-After": format_http_date(NOW + 5000),
            "Date": format_http_date(NOW + 4990),
        },
        10.0,
    ),
    "negative": ({"Retry-After": "-3"}, 0.25),
    "not a number": ({"Retry-After": "nan"}, 0.25),
    "infinite": ({"Retry-After": "inf"}, 0.25),
    "nonsense": ({"Retry-After": "soon"}, 0.25),
    "empty": ({"Retry-After": ""}, 0.25),
}


def expected(
    status: int, method: str, repeatable: bool, told: float | None
) -> float | None:
    """The rules once more, as a person would state them."""
    if status not in (408, 429, 500, 502, 503, 504):
        return None
    if status not in (429, 503) and method in UNSAFE and not repeatable:
        return None
    return told


@pytest.mark.parametrize("name", DELAYS)
def test_every_status_method_and_key(name: str) -> None:
    headers, told = DELAYS[name]
    for status, method, repeatable in product(STATUSES, METHODS, (False, True)):
        delay = retry_delay(
            RawResponse(status=status, headers=Headers(headers)),
            replace(SITUATION, method=method, repeatable=repeatable),
        )
        wanted = expected(status, method, repeatable, told)
        assert delay == wanted, (status, method, repeatable)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("repeatable", [False, True])
@pytest.mark.parametrize(
    ("failure", "sent"),
    [
        (ApiConnectionError("no", request_sent=False), False),
        (ApiConnectionError("no", request_sent=True), True),
        (ApiTimeoutError("no", request_sent=False), False),
        (ApiTimeoutError("no", request_sent=True), True),
    ],
)
def test_every_failure_without_an_answer(
    method: str, repeatable: bool, failure: Attempted, sent: bool
) -> None:
    situation = replace(SITUATION, method=method, repeatable=repeatable)
    safe = repeatable or method not in UNSAFE or not sent
    assert (retry_delay(failure, situation) is not None) is safe


def test_a_permanent_failure_is_not_retried() -> None:
    failure = ApiConnectionError("no trust", request_sent=False, permanent=True)
    assert retry_delay(failure, SITUATION) is None


def test_method_names_are_known_in_any_case() -> None:
    failure = RawResponse(status=500)
    assert retry_delay(failure, replace(SITUATION, method="get")) is not None


@pytest.mark.parametrize(
    ("retries", "ceiling"),
    [(0, 0.5), (1, 1.0), (2, 2.0), (3, 4.0), (4, 8.0), (5, 8.0), (5000, 8.0)],
)
@pytest.mark.parametrize("chance", [0.0, 0.25, 0.999])
def test_backoff_is_exponential_with_full_jitter(
    retries: int, ceiling: float, chance: float
) -> None:
    situation = replace(SITUATION, retries=retries, max_retries=9999, chance=chance)
    assert retry_delay(RawResponse(status=503), situation) == ceiling * chance


@pytest.mark.parametrize(
    ("retries", "max_retries", "goes_on"),
    [(0, 0, False), (0, 1, True), (1, 1, False), (1, 2, True), (2, 2, False)],
)
def test_attempts_are_counted(retries: int, max_retries: int, goes_on: bool) -> None:
    situation = replace(SITUATION, retries=retries, max_retries=max_retries)
    delay = retry_delay(RawResponse(status=503), situation)
    assert (delay is not None) is goes_on


@pytest.mark.parametrize("limit", ["time_left", "window_left"])
@pytest.mark.parametrize(
    ("left", "goes_on"),
    [(None, True), (7.1, True), (7.0, False), (0.0, False), (-1.0, False)],
)
def test_no_delay_reaches_the_deadline_or_the_end_of_the_window(
    limit: str, left: float | None, goes_on: bool
) -> None:
    failure = RawResponse(status=503, headers=Headers({"Retry-After": "7"}))
    situation = (
        replace(SITUATION, time_left=left)
        if limit == "time_left"
        else replace(SITUATION, window_left=left)
    )
    assert (retry_delay(failure, situation) is not None) is goes_on


@pytest.mark.parametrize(
    "date",
    [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    ],
)
def test_all_three_forms_of_a_date_are_read(date: str) -> None:
    assert told_delay(Headers({"Retry-After": date}), 784111770.0) == 7.0


def test_a_budget_allows_a_hundred_retries_at_once() -> None:
    budget = RetryBudget()
    assert [budget.take() for _ in range(101)] == [True] * 100 + [False]


def test_five_successes_earn_a_retry() -> None:
    budget = RetryBudget()
    while budget.take():
        pass
    for _ in range(4):
        budget.refund(retried=False)
    assert not budget.take()
    budget.refund(retried=False)
    assert budget.take()


def test_a_retry_that_helped_is_given_back_and_no_more_than_the_capacity() -> None:
    budget = RetryBudget()
    assert budget.take()
    for _ in range(50):
        budget.refund(retried=True)
    assert [budget.take() for _ in range(101)] == [True] * 100 + [False]
