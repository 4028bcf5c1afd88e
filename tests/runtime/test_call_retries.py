"""Retries over a real socket, and step by step under a clock that only the test moves."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
from itertools import count

import pytest
from _runtime.clock import Clock
from _runtime.effects import Ask, Done, Effect, Enter, Outcome, Send, Sleep
from _runtime.errors import (
    ApiConnectionError,
    ApiError,
    ApiTimeoutError,
    DeadlineExceededError,
    ServerError,
    StatusError,
    TooManyRequestsError,
)
from _runtime.headers import Headers
from _runtime.hmac_sha256 import AccessKey
from _runtime.http_dates import format_http_date
from _runtime.operation import Operation
from _runtime.options import RequestOptions, Settings
from _runtime.prepare import Arguments
from _runtime.request import RawResponse, Request
from _runtime.response import Response
from _runtime.session import Session
from _runtime.steps import steps
from tests.runtime.calls import API, CREATE, FEED, GET, KEY, KINDS, Call, Pet
from tests.runtime.loopback import CUT, Server, http

REX = b'{"name": "Rex"}'
OK = http(200, REX)
CREATED = http(201, REX)
NEW_PET = Arguments(body=Pet(name="Rex"))


@pytest.fixture(params=KINDS)
def call(request: pytest.FixtureRequest) -> Call:
    return Call(request.param)


def signature(headers: dict[str, str], target: str, body: bytes) -> str:
    """The signature as the service computes it, by code that has nothing to do with ours."""
    content = base64.b64encode(hashlib.sha256(body).digest()).decode()
    text = f"POST\n{target}\n{headers['x-ms-date']};{headers['host']};{content}"
    mac = hmac.new(base64.b64decode(KEY), text.encode(), hashlib.sha256).digest()
    return base64.b64encode(mac).decode()


def test_attempts_share_the_key_and_are_signed_anew(call: Call) -> None:
    seconds = count(1_700_000_000.0, 1.0)
    clock = Clock(time=lambda: next(seconds), chance=lambda: 0.0)
    with Server(http(500), CUT, CREATED) as server:
        response = call(
            server.url,
            CREATE,
            NEW_PET,
            credential=AccessKey(KEY),
            max_retries=2,
            clock=clock,
        )
    assert response.attempts == 3
    assert len(server.asked) == 3
    for name in (
        "repeatability-request-id",
        "repeatability-first-sent",
        "content-length",
    ):
        assert len({asked.headers[name] for asked in server.asked}) == 1
    assert len({asked.body for asked in server.asked}) == 1
    for name in ("x-ms-date", "authorization"):
        assert len({asked.headers[name] for asked in server.asked}) == 3
    for asked in server.asked:
        expected = signature(asked.headers, asked.target, asked.body)
        assert asked.headers["authorization"].endswith(f"&Signature={expected}")


def test_two_retries_unless_told_otherwise(call: Call) -> None:
    with Server(http(503, b"{}")) as server:
        with pytest.raises(ServerError) as caught:
            call(server.url, GET, None, {"max_retries": 2})
        assert len(server.asked) == caught.value.attempts == 3
        assert "(3 attempts)" in str(caught.value)
        with pytest.raises(ServerError):
            call(server.url, GET, None, {"max_retries": 0}, max_retries=5)
        assert len(server.asked) == 4


def test_what_is_not_safe_is_not_repeated(call: Call) -> None:
    with Server(http(500), OK) as server:
        with pytest.raises(ServerError):
            call(server.url, FEED, max_retries=2)
        assert len(server.asked) == 1
    with Server(CUT, OK) as server:
        with pytest.raises(ApiConnectionError):
            call(server.url, FEED, max_retries=2)
        assert len(server.asked) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_what_the_service_refused_is_repeated(call: Call, status: int) -> None:
    with Server(http(status, headers={"retry-after-ms": "10"}), OK) as server:
        assert call(server.url, FEED, max_retries=1).attempts == 2


def test_a_key_of_the_caller_makes_repeating_safe(call: Call) -> None:
    options: RequestOptions = {"idempotency_key": "k-1"}
    with Server(http(500), CUT, OK) as server:
        assert call(server.url, FEED, None, options, max_retries=2).attempts == 3
    assert [asked.headers["idempotency-key"] for asked in server.asked] == ["k-1"] * 3


@pytest.mark.parametrize("status", [400, 409, 412, 501])
def test_other_errors_are_final(call: Call, status: int) -> None:
    with Server(http(status), CREATED) as server, pytest.raises(StatusError) as caught:
        call(server.url, CREATE, NEW_PET, max_retries=2)
    assert caught.value.attempts == 1
    assert len(server.asked) == 1


def test_a_delay_beyond_the_cap_is_not_waited_for(call: Call) -> None:
    with (
        Server(http(429, headers={"Retry-After": "3600"}), OK) as server,
        pytest.raises(TooManyRequestsError),
    ):
        call(server.url, GET, max_retries=2)
    assert len(server.asked) == 1


def test_a_refused_connection_is_tried_again_for_any_method(call: Call) -> None:
    with Server(OK) as server:
        url = server.url
    with pytest.raises(ApiConnectionError) as caught:
        call(url, FEED, max_retries=2)
    assert caught.value.attempts == 3
    assert caught.value.request_sent is False


def test_a_retry_is_logged_with_its_reason(
    call: Call, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "pet_shop"), Server(http(503), OK) as server:
        call(server.url, GET, max_retries=1)
    (record,) = [record for record in caplog.records if record.name == "pet_shop"]
    assert record.levelno == logging.INFO
    assert record.message == (
        f"GET {server.url}/pets/1: 503 Service Unavailable; attempt 2 follows in 0.000 s"
    )


class World:
    """A clock and a network of the test's own: time passes only as it carries out effects.

    The last outcome is repeated; each takes so many seconds to come.
    """

    def __init__(self, *outcomes: RawResponse | ApiError, takes: float = 0.0) -> None:
        self.now = 1_700_000_000.0
        self.chance = 0.5
        self.sent: list[Request] = []
        self.slept: list[float] = []
        self.clock = Clock(
            monotonic=lambda: self.now,
            time=lambda: self.now,
            chance=lambda: self.chance,
        )
        self._outcomes = outcomes
        self._takes = takes

    def session(self, settings: Settings) -> Session:
        return Session(
            API,
            settings,
            variables={},
            url="https://h",
            credential="t",
            clock=self.clock,
        )

    def run(
        self,
        operation: Operation[Pet],
        settings: Settings,
        arguments: Arguments = NEW_PET,
        options: RequestOptions | None = None,
        session: Session | None = None,
    ) -> Response[Pet]:
        call = steps(session or self.session(settings), operation, arguments, options)
        step = next(call)
        while not isinstance(step, Done):
            try:
                outcome = self._carry_out(step)
            except ApiError as error:
                step = call.throw(error)
            else:
                step = call.send(outcome)
        return step.response

    def _carry_out(self, effect: Effect) -> Outcome:
        match effect:
            case Send():
                self.sent.append(effect.request)
                self.now += self._takes
                outcome = self._outcomes[min(len(self.sent), len(self._outcomes)) - 1]
                if isinstance(outcome, ApiError):
                    raise outcome
                return outcome
            case Sleep():
                self.slept.append(effect.seconds)
                self.now += effect.seconds
                return None
            case Ask() | Enter():
                raise AssertionError("nothing to ask for here")


def answer(status: int, **headers: str) -> RawResponse:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return RawResponse(status=status, headers=Headers(fields), content=REX)


def test_delays_grow_and_follow_what_the_service_says() -> None:
    world = World(
        answer(503),
        answer(502),
        answer(429, retry_after="7"),
        answer(503, retry_after=format_http_date(1_700_000_000.0 + 30)),
        answer(500),
        answer(201),
    )
    response = world.run(CREATE, Settings(max_retries=9))
    assert world.slept == [0.25, 0.5, 7.0, 22.25, 4.0]
    assert response.attempts == 6
    assert response.elapsed == sum(world.slept)


def test_a_deadline_clips_every_attempt_and_ends_the_call() -> None:
    world = World(answer(503), takes=2.0)
    with pytest.raises(ServerError) as caught:
        world.run(GET, Settings(max_retries=9, deadline=5.0), Arguments(path={"id": 1}))
    assert [request.time_left for request in world.sent] == [5.0, 2.75, 0.25]
    assert [request.timeout.connect for request in world.sent] == [5.0, 2.75, 0.25]
    assert [request.timeout.read for request in world.sent] == [5.0, 2.75, 0.25]
    assert caught.value.attempts == 3


def test_a_delay_that_passes_the_deadline_is_not_slept() -> None:
    world = World(answer(503, retry_after="5"))
    with pytest.raises(ServerError):
        world.run(CREATE, Settings(), options={"deadline": 5.0})
    assert world.slept == []


def test_a_timeout_at_the_deadline_is_told_as_such() -> None:
    world = World(ApiTimeoutError("no answer in time", request_sent=True), takes=3.0)
    with pytest.raises(
        DeadlineExceededError, match=r"the deadline of 3 s passed"
    ) as caught:
        world.run(CREATE, Settings(deadline=3.0))
    assert caught.value.attempts == 1
    assert caught.value.request_sent is True
    assert str(caught.value) == "POST https://h/pets: the deadline of 3 s passed"


def test_no_repetition_after_the_window() -> None:
    """A service forgets a request five minutes after First-Sent."""
    world = World(answer(500), takes=149.0)
    with pytest.raises(ServerError) as caught:
        world.run(CREATE, Settings(max_retries=9))
    assert caught.value.attempts == 3
    assert world.slept == [0.25, 0.5]


def test_the_window_counts_from_the_first_sent_of_the_caller() -> None:
    first_sent = format_http_date(1_700_000_000.0 - 299.9)
    arguments = Arguments(
        headers={"Repeatability-First-Sent": first_sent}, body=Pet(name="Rex")
    )
    world = World(answer(500))
    with pytest.raises(ServerError) as caught:
        world.run(CREATE, Settings(), arguments)
    assert caught.value.attempts == 1
    assert world.sent[0].headers["Repeatability-First-Sent"] == first_sent


def test_the_budget_of_a_client_ends_retries_of_all_its_calls() -> None:
    world = World(answer(503))
    session = world.session(Settings(max_retries=1))
    attempts: list[int] = []
    for _ in range(102):
        with pytest.raises(ServerError) as caught:
            world.run(GET, Settings(), Arguments(path={"id": 1}), session=session)
        attempts.append(caught.value.attempts)
    assert attempts == [2] * 100 + [1, 1]
    world = World(answer(404))
    for _ in range(5):
        with pytest.raises(StatusError):
            world.run(GET, Settings(), Arguments(path={"id": 1}), session=session)
    world = World(answer(503))
    with pytest.raises(ServerError) as caught:
        world.run(GET, Settings(), Arguments(path={"id": 1}), session=session)
    assert caught.value.attempts == 2


def test_an_error_of_another_call_keeps_its_own_story() -> None:
    inner = ApiConnectionError("broke", request_sent=False)
    world = World(inner)
    with pytest.raises(ApiConnectionError) as caught:
        world.run(GET, Settings(max_retries=0), Arguments(path={"id": 1}))
    assert str(caught.value) == "GET https://h/pets/1: broke"
    with pytest.raises(ApiConnectionError) as caught:
        world.run(CREATE, Settings(max_retries=0))
    assert str(caught.value) == "GET https://h/pets/1: broke"


def test_a_transport_that_returns_something_else_is_a_bug() -> None:
    world = World(answer(200))
    call = steps(world.session(Settings()), CREATE, NEW_PET, None)
    assert isinstance(next(call), Send)
    with pytest.raises(TypeError, match="the transport returned a str"):
        call.send("no answer")
