"""Every status, method, key and header that retries go by, over a socket and a stopped clock."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from tests.runtime.calls import KINDS, Kind
from tests.runtime.loopback import Server
from tests.runtime.retry_table import (
    DELAYS,
    METHODS,
    WISHES,
    Calls,
    Combination,
    World,
)

STATUSES = (400, 408, 409, 425, 429, 500, 501, 502, 503, 504)
FLAGS = (False, True)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[Calls]:
    world = World()
    world.stop_time(monkeypatch)
    with Server(script=world.script) as server:
        yield Calls(server, world)


def check(calls: Calls, kind: Kind, table: list[Combination], most: int) -> None:
    """All of a table is as it is said, and calls with and without retries are in it."""
    came = calls.made(kind, table)
    assert [each for each in came if not each.as_said] == []
    assert len(came) == len(table)
    assert {each.attempts for each in came} == set(range(1, most + 1))
    assert calls.server.connections == 1


def whole() -> list[Combination]:
    return [
        Combination(status=status, method=method, key=key, delay=delay, wish=wish)
        for status, method, key, delay, wish in product(
            STATUSES, METHODS, FLAGS, DELAYS, WISHES
        )
    ]


# trio differs from asyncio in how it sleeps alone: the smaller tables have it too.
@pytest.mark.parametrize("kind", KINDS[:2])
def test_every_status_method_key_and_header(calls: Calls, kind: Kind) -> None:
    check(calls, kind, whole(), 2)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_over_the_http_client_of_packages(calls: Calls, kind: Kind) -> None:
    # 67 has no divisor in common with the lengths of the columns: each value comes up.
    some = whole()[::67]
    came = calls.made_by_http(kind, some)
    assert [each for each in came if not each.as_said] == []
    assert {each.attempts for each in came} == {1, 2}
    assert {each.call.status for each in came} == set(STATUSES)
    assert calls.server.connections == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_status_from_400_to_599(calls: Calls, kind: Kind) -> None:
    table = [
        Combination(status=status, method=method, key=key)
        for status in range(400, 600)
        for method, key in (("GET", False), ("POST", False), ("POST", True))
    ]
    check(calls, kind, table, 2)


@pytest.mark.parametrize("kind", KINDS)
def test_every_body(calls: Calls, kind: Kind) -> None:
    table = [
        Combination(status=status, method=method, key=key, wish=wish, body=body)
        for status, method, key, wish, body in product(
            STATUSES,
            ("PUT", "POST", "PATCH"),
            FLAGS,
            WISHES,
            ("bytes", "file", "iterator"),
        )
    ]
    check(calls, kind, table, 2)


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_of_retries_and_what_is_left_of_the_budget(
    calls: Calls, kind: Kind
) -> None:
    table = [
        Combination(
            status=status, method=method, delay=delay, max_retries=most, budget=budget
        )
        for status, method, delay, most, budget in product(
            (404, 429, 500),
            ("GET", "POST"),
            ("none", "seconds", "too long"),
            range(5),
            (0, 1, 2, 100),
        )
    ]
    check(calls, kind, table, 5)


@pytest.mark.parametrize("kind", KINDS)
def test_every_deadline(calls: Calls, kind: Kind) -> None:
    table = [
        Combination(
            status=status,
            method=method,
            delay=delay,
            wish=wish,
            max_retries=4,
            deadline=deadline,
        )
        for status, method, delay, wish, deadline in product(
            (404, 429, 500),
            ("GET", "POST"),
            ("none", "seconds", "at once", "milliseconds"),
            WISHES,
            (0.25, 0.7, 0.76, 1.5, 7.0, 7.1, 14.0, 21.0, 21.1, 99.0),
        )
    ]
    check(calls, kind, table, 5)
