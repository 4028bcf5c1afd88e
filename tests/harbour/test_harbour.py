"""The harbour's package on loopback: pages by Link, QUERY, events, lines, logs as files."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator
from contextlib import suppress

import anyio
import pytest
from harbour_traffic import (
    AsyncHarbourTrafficClient,
    ConfigurationError,
    ForbiddenError,
    HarbourTrafficClient,
    UnknownVariant,
)
from harbour_traffic.models import Arrived, BerthChanged, Departed, Refusal

from tests.runtime.loopback import Answer, Asked, Server, http

SHIP = {
    "callSign": "DABC",
    "name": "Emma",
    "length": 397.7,
    "cargo": "containers",
    "eta": "2026-05-01T04:00:00+02:00",
    "stay": "PT18H",
}
EVENTS: list[dict[str, object]] = [
    {"type": "Arrived", "berth": 4, "ship": SHIP},
    {"type": "BerthChanged", "callSign": "DABC", "berth": 5},
    {"type": "Blessed", "callSign": "DABC"},
    {"type": "Departed", "callSign": "DABC"},
]
TRACK = [
    {"at": 1777600000, "latitude": 53.5, "longitude": 9.9, "speed": None},
    {"at": 1777600060, "latitude": 53.6, "longitude": 9.8, "speed": 4.5},
]


def office(asked: Asked, _number: int) -> Answer:
    """The harbour master's office."""
    if asked.headers.get("x-harbour-key") != "k":
        return http(403, b'{"reason": "no key"}')
    match asked.method, asked.target.partition("?")[0]:
        case "GET", "/ships":
            return _page(asked)
        case "QUERY", "/ships":
            assert json.loads(asked.body) == {
                "minimumLength": 300,
                "cargo": ["containers", "wine"],
            }
            return http(200, json.dumps([SHIP]).encode())
        case "GET", "/ships/DABC/track":
            lines = "".join(f"{json.dumps(position)}\n" for position in TRACK)
            return http(200, lines.encode(), "application/jsonl")
        case "GET", "/watch":
            told = "".join(
                f"id: {number}\nevent: {event['type']}\ndata: {json.dumps(event)}\n\n"
                for number, event in enumerate(EVENTS)
            )
            return http(200, f": good morning\n\n{told}".encode(), "text/event-stream")
        case "POST", "/log":
            return http(202, b"%d bytes" % len(asked.body), "text/plain")
        case _:
            return http(404, b'{"reason": "no such desk"}')


def _page(asked: Asked) -> Answer:
    last = "page=2" in asked.target
    link = {} if last else {"Link": '</ships?page=2&flag=DE>; rel="next"'}
    return http(
        200, json.dumps([SHIP | {"name": "2" if last else "1"}]).encode(), headers=link
    )


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(script=office) as running:
        yield running


@pytest.fixture
def client(server: Server) -> Iterator[HarbourTrafficClient]:
    with HarbourTrafficClient(base_url=server.url, credential="k") as made:
        yield made


def test_ships_come_in_pages_that_links_lead_to(
    client: HarbourTrafficClient, server: Server
) -> None:
    assert [ship.name for ship in client.ships.list_ships(flag="DE")] == ["1", "2"]
    assert [a.target for a in server.asked] == [
        "/ships?flag=DE",
        "/ships?page=2&flag=DE",
    ]


@pytest.mark.parametrize("scheme", ["key", "keyInQuery"])
def test_a_key_is_for_the_scheme_that_it_is_given_for(
    server: Server, scheme: str
) -> None:
    with (
        HarbourTrafficClient(base_url=server.url, credential={scheme: "k"}) as client,
        suppress(ForbiddenError),
        client.ships.get_track("DABC") as track,
    ):
        list(track)
    (asked,) = server.asked
    assert (asked.headers.get("x-harbour-key") == "k") == (scheme == "key")
    assert asked.target.endswith("?key=k") == (scheme == "keyInQuery")


def test_ships_are_found_by_query(client: HarbourTrafficClient) -> None:
    (ship,) = client.ships.find_ships(minimum_length=300, cargo=["containers", "wine"])
    assert ship.length == 397.7
    assert ship.eta == dt.datetime.fromisoformat("2026-05-01T04:00:00+02:00")


def test_positions_are_read_line_by_line(client: HarbourTrafficClient) -> None:
    with client.ships.get_track("DABC") as track:
        first, second = track
    assert first.at == dt.datetime.fromtimestamp(1777600000, dt.UTC)
    assert (first.speed, second.speed) == (None, 4.5)


def test_events_are_told_by_their_type(
    client: HarbourTrafficClient, server: Server
) -> None:
    with client.watch.watch_traffic(berth=[4, 5]) as events:
        arrived, changed, blessed, departed = events
    assert isinstance(arrived, Arrived)
    assert arrived.ship.name == "Emma"
    assert isinstance(changed, BerthChanged)
    assert isinstance(departed, Departed)
    assert isinstance(blessed, UnknownVariant)
    assert server.asked[0].target == "/watch?berth=4&berth=5"


def test_a_log_is_sent_as_it_is(client: HarbourTrafficClient, server: Server) -> None:
    assert client.watch.append_log(body=io.BytesIO(b"00 01\n" * 9)) == "54 bytes"
    assert server.asked[0].headers["content-type"] == "application/octet-stream"


def test_a_refusal_is_typed(server: Server) -> None:
    with (
        HarbourTrafficClient(base_url=server.url, credential="wrong") as client,
        pytest.raises(ForbiddenError) as caught,
        client.watch.watch_traffic(),
    ):
        pass
    assert caught.value.error == Refusal(reason="no key")


def test_the_harbour_is_part_of_the_host() -> None:
    client = HarbourTrafficClient(harbour="antwerp", credential="k")
    assert "antwerp.example.org" in repr(client)
    with pytest.raises(ConfigurationError, match="credential"):
        HarbourTrafficClient()


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_events_are_told_without_blocking(server: Server, backend: str) -> None:
    async def main() -> list[str]:
        async with (
            AsyncHarbourTrafficClient(base_url=server.url, credential="k") as client,
            client.watch.watch_traffic() as events,
        ):
            return [type(event).__name__ async for event in events]

    assert anyio.run(main, backend=backend) == [
        "Arrived",
        "BerthChanged",
        "UnknownVariant",
        "Departed",
    ]
    assert server.settled(0)
