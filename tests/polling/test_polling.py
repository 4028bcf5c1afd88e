"""Operations that go on, waited for over a real socket, by every kind of client."""

from __future__ import annotations

import json
from importlib import import_module
from types import ModuleType

import pytest

from tests.polling.yard import (
    POLL,
    RESPONSE,
    RESULT,
    WAIT,
    Act,
    Yard,
    accepted,
    body,
    in_turn,
    targets,
)
from tests.runtime.calls import KINDS, Kind
from tests.runtime.loopback import CUT, Answer, Server, http

SHIP = {"name": "Argo"}
REPORT = {"pages": 3}
STATES = Act("states")


def building(state: str, **more: object) -> dict[str, object]:
    return {**SHIP, "properties": {"provisioningState": state}, **more}


def status(word: str, **more: object) -> dict[str, object]:
    return {"status": word, **more}


@pytest.mark.parametrize("kind", KINDS)
def test_a_fake_answers_with_the_result(package: ModuleType, kind: Kind) -> None:
    fake = import_module("shipyard.testing").FakeShipyard()
    transport = fake.transport if kind == "sync" else fake.async_transport
    yard = Yard(package, kind, transport=transport)
    assert yard.result("http://fake.test", "report").pages == 0
    assert fake.yard.report.default.origin == "schema"
    fake.yard.report.answers(package.models.Report(pages=3))
    assert yard.result("http://fake.test", "report").pages == 3


# Styles: where the state is told, and where the result is.


def test_the_resource_tells_of_itself(yard: Yard) -> None:
    script = in_turn(
        {
            "PUT /ships/a?dry=true": [body(building("Creating"), 201)],
            "GET /ships/a?dry=true": [
                body(building("Updating")),
                body(building("Succeeded")),
            ],
        }
    )
    with Server(script=script) as server:
        ship = yard.result(
            server.url, "build", "a", name="Argo", dry=True, if_match="tag"
        )
    assert ship.name == "Argo"
    assert len(server.asked) == 3
    assert [a.headers["authorization"] for a in server.asked] == ["Bearer secret"] * 3
    # What was said of the request is not said of others.
    assert ["if-match" in asked.headers for asked in server.asked] == [1, 0, 0]
    assert [asked.body != b"" for asked in server.asked] == [1, 0, 0]


@pytest.mark.parametrize("code", [200, 201])
@pytest.mark.parametrize("state", [None, "Succeeded", "succeeded"])
def test_what_is_done_at_once_is_not_asked_for(
    yard: Yard, code: int, state: str | None
) -> None:
    answer = SHIP if state is None else building(state)
    with Server(body(answer, code)) as server:
        ship, done = yard.acts(
            server.url, "build", [RESULT, Act("done")], "a", name="Argo"
        )
    assert (ship.name, done, len(server.asked)) == ("Argo", True, 1)


def test_a_resource_that_was_accepted_is_asked(yard: Yard) -> None:
    script = in_turn(
        {
            "PATCH /ships/a": [accepted()],
            "GET /ships/a": [accepted(), body(SHIP)],
        }
    )
    with Server(script=script) as server:
        assert yard.result(server.url, "refit", "a").name == "Argo"
    assert targets(server.asked) == ["PATCH /ships/a", *["GET /ships/a"] * 2]


@pytest.mark.parametrize("field", ["Operation-Location", "Azure-AsyncOperation"])
def test_a_monitor_tells_and_the_resource_is_read_then(yard: Yard, field: str) -> None:
    script = in_turn(
        {
            "PUT /ships/a": [body(building("Creating"), 201, {field: "/m/1?v=2"})],
            "GET /m/1?v=2": [body(status("InProgress")), body(status("Succeeded"))],
            "GET /ships/a": [body(building("Succeeded"))],
        }
    )
    with Server(script=script) as server:
        assert yard.result(server.url, "build", "a", name="Argo").name == "Argo"
    assert targets(server.asked)[1:] == [*["GET /m/1?v=2"] * 2, "GET /ships/a"]


def test_a_location_answers_202_until_the_end(yard: Yard) -> None:
    script = in_turn(
        {
            "POST /reports": [accepted(Location="/r/1")],
            "GET /r/1": [accepted(), accepted(Location="/r/2")],
            "GET /r/2": [accepted(), body(REPORT)],
        }
    )
    with Server(script=script) as server:
        assert yard.result(server.url, "report").pages == 3
    assert targets(server.asked)[1:] == [*["GET /r/1"] * 2, *["GET /r/2"] * 2]


def test_a_redirect_may_lead_to_the_result(yard: Yard) -> None:
    script = in_turn(
        {
            "POST /reports": [accepted(Location="/r")],
            "GET /r": [accepted(), http(303, headers={"Location": "/done"})],
            "GET /done": [body(REPORT)],
        }
    )
    with Server(script=script) as server:
        found = yard.result(server.url, "report", options={"follow_redirects": True})
    assert found.pages == 3


def test_a_monitor_tells_and_the_location_is_read_then(yard: Yard) -> None:
    monitor, place = {"Operation-Location": "/m"}, {"Location": "/r"}
    for method in ("report", "located"):
        script = in_turn(
            {
                "POST /reports": [body(None, 202, monitor | place)],
                "POST /located": [body(None, 202, monitor)],
                "GET /m": [
                    body(status("Running"), 200, place),
                    body(status("Succeeded")),
                ],
                "GET /r": [body(REPORT)],
            }
        )
        with Server(script=script) as server:
            assert yard.result(server.url, method).pages == 3
        assert targets(server.asked)[1:] == ["GET /m", "GET /m", "GET /r"]


@pytest.mark.parametrize(
    ("method", "path", "end"),
    [
        ("monitored", "/monitored", status("Succeeded", result=REPORT)),
        ("monitored", "/monitored", status("Succeeded", **REPORT)),
        ("azure", "/azure", status("SUCCEEDED", properties=REPORT)),
        ("azure", "/azure", status("SUCCEEDED", **REPORT)),
    ],
)
def test_the_monitor_has_the_result(
    yard: Yard, method: str, path: str, end: dict[str, object]
) -> None:
    location = {"Azure-AsyncOperation": "/m", "Location": "/r"}
    script = in_turn(
        {
            f"POST {path}": [body(None, 202, location)],
            "GET /m": [body(status("NotStarted")), body(end)],
        }
    )
    with Server(script=script) as server:
        assert yard.result(server.url, method).pages == 3
    assert len(server.asked) == 3


def test_a_monitor_may_say_where_the_result_is(yard: Yard) -> None:
    script = in_turn(
        {
            "POST /reports": [accepted(Operation_Location="/m")],
            "GET /m": [body(status("Succeeded", resourceLocation="/somewhere"))],
            "GET /somewhere": [body(REPORT)],
        }
    )
    with Server(script=script) as server:
        assert yard.result(server.url, "report").pages == 3


def test_the_original_place_has_the_result(yard: Yard) -> None:
    script = in_turn(
        {
            "PATCH /ships/a": [accepted(Location="/l")],
            "GET /l": [accepted(), body({"name": "not this one"})],
            "GET /ships/a": [body(SHIP)],
        }
    )
    with Server(script=script) as server:
        assert yard.result(server.url, "refit", "a").name == "Argo"


def test_what_comes_to_nothing_is_not_read(yard: Yard) -> None:
    monitor = {"Operation_Location": "/m", "Location": "/gone"}
    script = in_turn(
        {
            "DELETE /ships/a": [accepted(**monitor)],
            "GET /m": [body(status("Succeeded"))],
        }
    )
    with Server(script=script) as server:
        assert yard.result(server.url, "scrap", "a") is None
    with Server(http(204)) as server:
        assert yard.result(server.url, "scrap", "a") is None
    assert len(server.asked) == 1


def test_results_are_read_as_they_are_declared(yard: Yard) -> None:
    pdf = http(200, b"%PDF", "application/pdf")
    script = in_turn(
        {"POST /plan": [accepted(Location="/p")], "GET /p": [accepted(), pdf]}
    )
    with Server(script=script) as server:
        assert yard.result(server.url, "plan") == b"%PDF"


def test_issues_of_the_result_are_told(yard: Yard) -> None:
    with Server(body({"pages": "three"}, 200, {"X-Request-Id": "r-1"})) as server:
        (response,) = yard.acts(server.url, "report", [RESPONSE])
    assert response.value.pages == "three"
    assert [issue.path for issue in response.issues] == ["$.pages"]
    assert response.request_id == "r-1"
    decode = yard.package.ResponseDecodeError
    for answer in (http(200, b"<html>"), body({"pages": "three"})):
        with Server(answer) as server, pytest.raises(decode) as caught:
            yard.result(server.url, "report", options={"strict_responses": True})
        assert "/reports" in str(caught.value)


def test_settings_say_what_the_document_does_not(yard: Yard) -> None:
    running = {"state": "running", "links": {"self": "/o/1"}}
    script = in_turn(
        {
            "POST /own": [body(running, 202)],
            "GET /o/1": [body(running), body({"state": "DONE", "output": REPORT})],
        }
    )
    with Server(script=script) as server:
        assert yard.result(server.url, "own").pages == 3
    broken = {"state": "broken", "error": {"code": "C", "message": "no steel"}}
    script = in_turn({"POST /own": [body(running, 202)], "GET /o/1": [body(broken)]})
    failed = yard.package.OperationFailedError
    with Server(script=script) as server, pytest.raises(failed, match="C: no steel"):
        yard.result(server.url, "own")


# Ends that are no success.


@pytest.mark.parametrize("word", ["Failed", "failed", "Canceled", "Cancelled"])
def test_an_operation_that_failed_is_an_error(yard: Yard, word: str) -> None:
    error = {"code": "NoSteel", "message": "There is no steel."}
    script = in_turn(
        {
            "POST /reports": [accepted(Operation_Location="/m")],
            "GET /m": [body(status(word, error=error), 200, {"X-Request-Id": "r-9"})],
        }
    )
    kind = "OperationCanceledError" if word[0] == "C" else "OperationFailedError"
    failed = yard.package.OperationFailedError
    with Server(script=script) as server, pytest.raises(failed) as caught:
        yard.result(server.url, "report")
    found = caught.value
    assert type(found).__name__ == kind
    assert isinstance(found, yard.package.ApiError)
    assert (found.state, found.code, found.message) == (word, *error.values())
    assert found.request_id == "r-9"
    assert str(found).startswith(f"GET {server.url}/m: the operation ended as {word}: ")
    assert "NoSteel: There is no steel." in str(found)


def test_a_resource_that_failed_is_an_error(yard: Yard) -> None:
    failed = yard.package.OperationFailedError
    with (
        Server(body(building("Failed"), 201)) as server,
        pytest.raises(failed, match="ended as Failed"),
    ):
        yard.result(server.url, "build", "a", name="Argo")


def test_waiting_does_not_raise_what_the_operation_came_to(yard: Yard) -> None:
    script = in_turn(
        {
            "POST /reports": [accepted(Operation_Location="/m")],
            "GET /m": [body(status("Running", percent=40)), body(status("Failed"))],
        }
    )
    acts = [Act("status"), POLL, WAIT, POLL, Act("done")]
    with Server(script=script) as server:
        first, polled, waited, again, done = yard.acts(server.url, "report", acts)
    assert (first, polled.status, polled.phase) == ("InProgress", "Running", "running")
    assert polled.value == {"status": "Running", "percent": 40}
    assert (waited.status, waited.phase, waited.done) == ("Failed", "failed", True)
    assert again == waited
    assert done
    assert len(server.asked) == 3


def test_what_refuses_the_call_is_an_error_as_ever(yard: Yard) -> None:
    fault = {"error": {"code": "Full", "message": "The dock is full."}}
    conflict = yard.package.ConflictError
    with Server(body(fault, 409)) as server, pytest.raises(conflict) as caught:
        yard.result(server.url, "report")
    assert caught.value.error.error.code == "Full"


def test_a_location_may_answer_with_an_error(yard: Yard) -> None:
    fault = {"error": {"code": "NoSteel", "message": "There is no steel."}}
    bad = yard.package.BadRequestError
    with (
        Server(accepted(Location="/r"), body(fault, 400)) as server,
        pytest.raises(bad, match="NoSteel: There is no steel") as caught,
    ):
        yard.result(server.url, "report")
    assert caught.value.error.error.code == "NoSteel"
    assert targets(server.asked) == ["POST /reports", "GET /r"]


def test_an_answer_that_leads_nowhere_is_an_error(yard: Yard) -> None:
    lost = yard.package.PollingError
    with Server(accepted()) as server, pytest.raises(lost, match=r"POST .*/reports"):
        yard.result(server.url, "report")


# On the way.


def test_the_states_on_the_way(yard: Yard) -> None:
    words = ["NotStarted", "Running", "Running", "Succeeded"]
    script = in_turn(
        {
            "POST /monitored": [accepted(Operation_Location="/m")],
            "GET /m": [body(status(word, result=REPORT)) for word in words],
        }
    )
    with Server(script=script) as server:
        states, result = yard.acts(server.url, "monitored", [STATES, RESULT])
    assert [state.status for state in states] == ["InProgress", *words]
    assert result.pages == 3
    assert len(server.asked) == 5


def test_a_result_is_read_once(yard: Yard) -> None:
    with Server(accepted(Location="/r"), body(REPORT)) as server:
        results = yard.acts(server.url, "report", [RESULT, RESULT])
    assert [result.pages for result in results] == [3, 3]
    assert len(server.asked) == 2


@pytest.mark.parametrize("yard", ["asyncio", "trio"], indirect=True)
def test_a_poller_is_awaited_as_its_result_is(yard: Yard) -> None:
    with Server(accepted(Location="/r"), body(REPORT)) as server:
        (result,) = yard.acts(server.url, "report", [Act("await")])
    assert result.pages == 3


def test_requests_on_the_way_are_tried_again(yard: Yard) -> None:
    down = http(503, headers={"retry-after-ms": "0"})
    with Server(
        accepted(Location="/r"), down, CUT, accepted(), down, body(REPORT)
    ) as server:
        assert yard.result(server.url, "report").pages == 3
    asked = server.asked[1:]
    counts = [a.headers.get("x-retry-count") for a in asked]
    assert counts == [None, "1", "2", None, "1"]
    assert targets(asked) == ["GET /r"] * 5


def test_after_an_error_one_can_go_on(yard: Yard) -> None:
    down = http(500, headers={"retry-after-ms": "0"})
    answers = [accepted(Location="/r"), *[down] * 3, body(REPORT)]
    with Server(*answers) as server:
        (position,) = yard.acts(server.url, "report", [Act("position")])
        with pytest.raises(yard.package.ServerError) as caught:
            yard.resumed(server.url, "report", position, [RESULT])
        assert caught.value.attempts == 3
        (result,) = yard.resumed(server.url, "report", position, [RESULT])
    assert result.pages == 3


def test_what_no_longer_waits_ends_with_its_time(yard: Yard) -> None:
    late = http(202, headers={"Location": "/r", "Retry-After": "60"})
    exceeded = yard.package.DeadlineExceededError
    for act in (RESULT, WAIT, RESPONSE):
        with (
            Server(late) as server,
            pytest.raises(exceeded, match="which is InProgress"),
        ):
            yard.acts(server.url, "report", [act._replace(given={"timeout": 0.01})])
        assert len(server.asked) == 1


# Positions.


@pytest.mark.parametrize(
    ("method", "given", "first", "rest"),
    [
        (
            "report",
            {},
            {"Location": "/r"},
            {"GET /r": [accepted(), body(REPORT)]},
        ),
        (
            "report",
            {},
            {"Operation-Location": "/m", "Location": "/r"},
            {"GET /m": [body(status("Succeeded"))], "GET /r": [body(REPORT)]},
        ),
        (
            "build",
            {"name": "Argo"},
            {},
            {"GET /ships/a": [body(building("Creating")), body({**SHIP, "pages": 3})]},
        ),
    ],
)
def test_another_process_goes_on(
    yard: Yard,
    method: str,
    given: dict[str, object],
    first: dict[str, str],
    rest: dict[str, list[Answer]],
) -> None:
    begun = body(building("Creating"), 201 if given else 202, first)
    script = in_turn({"POST /reports": [begun], "PUT /ships/a": [begun], **rest})
    args = ["a"] if given else []
    with Server(script=script) as server:
        (position,) = yard.acts(server.url, method, [Act("position")], *args, **given)
        (result,) = yard.resumed(server.url, method, position, [RESULT])
        assert getattr(result, "pages", 3) == 3
        sent = [asked.headers["authorization"] for asked in server.asked]
    assert set(sent) == {"Bearer secret"}
    assert json.loads(position)["operation"] == method


def test_a_resumed_one_is_asked_at_once(yard: Yard) -> None:
    late = http(202, headers={"Location": "/r", "Retry-After": "3600"})
    acts = [Act("status"), Act("done"), STATES, RESULT]
    with Server(late, body(REPORT)) as server:
        (position,) = yard.acts(server.url, "report", [Act("position")])
        found = yard.resumed(server.url, "report", position, acts)
    assert found[:2] == ["InProgress", False]
    assert [state.phase for state in found[2]] == ["running", "succeeded"]
    assert found[3].pages == 3


def test_what_was_over_at_once_has_no_position(yard: Yard) -> None:
    with Server(body(REPORT)) as server:
        assert yard.acts(server.url, "report", [Act("position")]) == [None]


@pytest.mark.parametrize("position", ["", "{}", "null", '{"way": "x"}'])
def test_other_texts_are_no_positions(yard: Yard, position: str) -> None:
    with Server() as server, pytest.raises(ValueError, match="not the position"):
        yard.resumed(server.url, "report", position, [])


def test_positions_of_other_operations_are_refused(yard: Yard) -> None:
    with Server(accepted(Location="/r")) as server:
        (position,) = yard.acts(server.url, "report", [Act("position")])
        with pytest.raises(ValueError, match="a position of report"):
            yard.resumed(server.url, "plan", position, [])


def test_only_operations_that_go_on_are_resumed(yard: Yard) -> None:
    with Server() as server, pytest.raises(TypeError, match="takes an operation"):
        yard.resumed(server.url, "plain", "{}", [])


# Other hosts.


def test_links_to_other_hosts_are_not_followed(yard: Yard) -> None:
    lost = yard.package.PollingError
    with (
        Server(body(REPORT)) as elsewhere,
        Server(accepted(Location=f"{elsewhere.url}/r?sig=hidden")) as server,
    ):
        (position,) = yard.acts(server.url, "report", [Act("position")])
        with pytest.raises(lost, match="not the service") as caught:
            yard.result(server.url, "report")
        with pytest.raises(lost, match="not the service"):
            yard.resumed(server.url, "report", position, [RESULT])
    assert "hidden" not in str(caught.value)
    assert elsewhere.asked == []


def test_a_result_on_another_host_is_not_read(yard: Yard) -> None:
    lost = yard.package.PollingError
    with Server(body(REPORT)) as elsewhere:
        end = status("Succeeded", resourceLocation=f"{elsewhere.url}/r")
        with (
            Server(accepted(Operation_Location="/m"), body(end)) as server,
            pytest.raises(lost, match="not the service"),
        ):
            yard.result(server.url, "report")
    assert elsewhere.asked == []


# What else can be done with a poller, and what cannot.


def test_whole_answers_are_asked_of_the_poller(package: ModuleType) -> None:
    with Server(body(REPORT)) as server:
        settings = {"base_url": server.url, "credential": "secret"}
        with package.ShipyardClient(**settings) as client:
            with pytest.raises(TypeError, match="answers at once"):
                client.with_response(client.yard.report)()
            poller = client.yard.report()
            assert repr(poller) == "<Poller of report: Succeeded>"
            assert "pages" not in repr(poller.state)
