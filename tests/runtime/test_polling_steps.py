"""When a service is asked how far an operation is, under a clock that only the test moves."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TypeVar

import pytest
from _runtime.clock import Clock
from _runtime.effects import Sleep
from _runtime.errors import DeadlineExceededError, SentRequest
from _runtime.headers import Headers
from _runtime.http_dates import format_http_date
from _runtime.long_running import LongRunningOperation, PollingError
from _runtime.operation import Empty, Json
from _runtime.options import RequestOptions, Settings
from _runtime.poller import Poller
from _runtime.polling import Look, Polling, Watch
from _runtime.prepare import Arguments
from _runtime.response import Response
from _runtime.session import Session
from tests.runtime.calls import API, SECURITY, Pet, PetClient
from tests.runtime.loopback import Server, http

S = TypeVar("S")

NOW = 1_700_000_000.0
URL = "https://pets.example"
FEED = LongRunningOperation[Pet](
    id="Pets_Feed",
    method="POST",
    path="/feed",
    security=SECURITY,
    answers={200: Json(lambda: Pet), 202: Empty()},
)


class World:
    """Carries out steps: answers requests from a list, and sleeps by moving its clock."""

    def __init__(
        self, *answers: Response[bytes], takes: float = 0.0, repeats: bool = False
    ) -> None:
        self.now = 0.0
        self.slept: list[float] = []
        self.looks: list[Look] = []
        self._answers = list(answers)
        self._takes = takes
        self._repeats = repeats
        self.clock = Clock(monotonic=lambda: self.now, time=lambda: NOW + self.now)

    def watch(self, options: RequestOptions | None = None) -> Watch[Pet]:
        """The watch over an operation that was called."""
        session = Session(
            API,
            Settings(),
            variables={},
            url=URL,
            credential="a-token",
            clock=self.clock,
        )
        watch = Watch(session, FEED, options)
        self.carried_out(watch.begin(Arguments()))
        self.looks.clear()
        return watch

    def carried_out(self, steps: Polling[S]) -> S:
        outcome: Response[bytes] | None = None
        while True:
            try:
                step = steps.send(outcome)
            except StopIteration as over:
                found: S = over.value
                return found
            outcome = self._outcome(step)

    def _outcome(self, step: Look | Sleep) -> Response[bytes] | None:
        if isinstance(step, Sleep):
            self.slept.append(step.seconds)
            self.now += step.seconds
            return None
        self.looks.append(step)
        self.now += self._takes
        only = self._repeats and len(self._answers) == 1
        return self._answers[0] if only else self._answers.pop(0)


def answer(
    status: int = 202, body: object = None, headers: Mapping[str, str] | None = None
) -> Response[bytes]:
    content = b"" if body is None else json.dumps(body).encode()
    return Response(
        value=content,
        request=SentRequest("GET", f"{URL}/feed"),
        status=status,
        headers=Headers(headers or {}),
        content=content,
        request_id=None,
        elapsed=0.0,
        attempts=1,
    )


BEGUN = answer(202, None, {"Location": "/r"})
FED = answer(200, {"name": "Rex"})


def test_pauses_grow_where_the_service_names_none() -> None:
    world = World(BEGUN, *[answer()] * 7, FED)
    assert world.carried_out(world.watch().result(None)).value == Pet(name="Rex")
    assert world.slept == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]


@pytest.mark.parametrize(
    ("fields", "pause"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "0"}, None),
        ({"Retry-After": format_http_date(NOW + 20)}, 20.0),
        ({"Retry-After": format_http_date(NOW - 20)}, None),
        (
            {
                "Retry-After": format_http_date(NOW + 900),
                "Date": format_http_date(NOW + 890),
            },
            10.0,
        ),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after-ms": "250", "Retry-After": "7"}, 0.25),
        ({"x-ms-retry-after-ms": "1500"}, 1.5),
        ({"Retry-After": "86400"}, 300.0),
        ({"Retry-After": format_http_date(NOW + 86400)}, 300.0),
        ({"Retry-After": "soon"}, 1.0),
        ({"Retry-After": "-3"}, 1.0),
        ({"Retry-After": "inf"}, 1.0),
    ],
)
def test_pauses_are_as_the_service_says(
    fields: dict[str, str], pause: float | None
) -> None:
    world = World(answer(202, None, {"Location": "/r", **fields}), FED)
    world.carried_out(world.watch().result(None))
    assert world.slept == ([] if pause is None else [pause])


def test_a_pause_that_is_told_does_not_count_among_those_that_grow() -> None:
    world = World(
        BEGUN, answer(), answer(202, None, {"Retry-After": "5"}), answer(), FED
    )
    world.carried_out(world.watch().result(None))
    assert world.slept == [1.0, 2.0, 5.0, 4.0]


def test_the_time_of_requests_does_not_count_as_a_pause() -> None:
    world = World(
        answer(202, None, {"Location": "/r", "Retry-After": "5"}), FED, takes=3.0
    )
    world.carried_out(world.watch().result(None))
    assert world.slept == [5.0]


@pytest.mark.parametrize("wait", [Watch[Pet].result, Watch[Pet].over])
def test_all_of_the_polling_has_one_deadline(
    wait: Callable[[Watch[Pet], float | None], Polling[object]],
) -> None:
    world = World(
        BEGUN, answer(202, None, {"Retry-After": "4"}), repeats=True, takes=0.5
    )
    watch = world.watch()
    began = world.now
    with pytest.raises(DeadlineExceededError, match="which is InProgress"):
        world.carried_out(wait(watch, watch.deadline(10.0)))
    assert world.now - began == 10.0
    # Asked after 1 second, and 4 after each answer; not after 10.
    left = [(look.options or {}).get("deadline") for look in world.looks]
    assert left == [9.0, 4.5]


def test_waiting_goes_on_where_it_ended() -> None:
    world = World(answer(202, None, {"Location": "/r", "Retry-After": "10"}), FED)
    watch = world.watch()
    for _ in range(3):
        with pytest.raises(DeadlineExceededError):
            world.carried_out(watch.result(watch.deadline(3.0)))
    assert world.looks == []
    assert world.carried_out(watch.result(watch.deadline(3.0))).value.name == "Rex"
    assert world.slept == [3.0, 3.0, 3.0, 1.0]


def test_the_result_is_read_within_the_deadline_too() -> None:
    begun = answer(
        202, None, {"Operation-Location": "/m", "Location": "/r", "Retry-After": "0"}
    )
    end = answer(200, {"status": "Succeeded"})
    world = World(begun, end, FED, takes=2.0)
    watch = world.watch()
    with pytest.raises(DeadlineExceededError, match="which is Succeeded"):
        world.carried_out(watch.result(watch.deadline(2.0)))
    assert world.carried_out(watch.result(None)).value.name == "Rex"


def test_a_deadline_of_single_requests_stays() -> None:
    world = World(BEGUN, answer(), FED)
    watch = world.watch({"deadline": 3.0})
    world.carried_out(watch.result(watch.deadline(5.0)))
    assert [look.options for look in world.looks] == [
        {"deadline": 3.0},
        {"deadline": 2.0},
    ]


def test_options_of_the_call_that_belong_to_its_request_stay_with_it() -> None:
    world = World(BEGUN, FED)
    options: RequestOptions = {
        "headers": {"X-Own": "1"},
        "query": {"a": "b"},
        "body": {"c": "d"},
        "idempotency_key": "k",
        "max_retries": 4,
    }
    world.carried_out(world.watch(options).result(None))
    assert world.looks[0].options == {"headers": {"X-Own": "1"}, "max_retries": 4}


def test_looking_does_not_wait() -> None:
    world = World(
        answer(202, None, {"Location": "/r", "Retry-After": "60"}), answer(), FED
    )
    watch = world.watch()
    for phase in ("running", "succeeded", "succeeded"):
        world.carried_out(watch.look(None))
        assert watch.state.phase == phase
    assert world.slept == []


def test_another_host_that_is_trusted_is_told_no_secret() -> None:
    with Server(http(200, b'{"name": "Rex"}')) as elsewhere:
        trusting = LongRunningOperation[Pet](
            id="Pets_Feed",
            method="POST",
            path="/feed",
            security=SECURITY,
            answers=FEED.answers,
            hosts=(elsewhere.url.removeprefix("http://"),),
        )
        fields = {"Location": f"{elsewhere.url}/r?sig=x", "Retry-After": "0"}
        with (
            Server(http(202, headers=fields)) as server,
            PetClient(
                API,
                base_url=server.url,
                credential="secret",
                headers={"X-Own": "secret"},
            ) as client,
        ):
            poller = Poller.begun(
                client.caller, trusting, options={"headers": {"X-Here": "secret"}}
            )
            assert poller.result().name == "Rex"
    assert "secret" in str(server.asked[0].headers)
    (asked,) = elsewhere.asked
    assert asked.target == "/r?sig=x"
    assert "secret" not in str(asked.headers)


def test_a_link_from_https_to_http_is_not_followed() -> None:
    world = World(answer(202, None, {"Location": "http://other.example/r"}), FED)
    with pytest.raises(PollingError):
        world.carried_out(world.watch().result(None))
    world = World(answer(202, None, {"Location": "http://pets.example/r"}), FED)
    world.carried_out(world.watch().result(None))
    assert world.looks[0].arguments.url == "https://pets.example/r"
