"""Links to the next page that lead elsewhere: to whom what is told."""

from __future__ import annotations

import json

import pytest
from _runtime.models import Model
from _runtime.next_link import NextLink
from _runtime.operation import Json
from _runtime.pager import Pager
from _runtime.paging import PagedOperation, PaginationError
from _runtime.prepare import Arguments
from tests.runtime.calls import API, SECURITY, Pet, PetClient
from tests.runtime.loopback import Server, http


class Pets(Model, kw_only=True):
    pets: list[Pet]
    next: str | None = None


def listing(*hosts: str) -> PagedOperation[Pet, Pets]:
    return PagedOperation[Pet, Pets](
        id="Pets_List",
        method="GET",
        path="/pets",
        security=SECURITY,
        answers={200: Json(lambda: Pets)},
        items=("pets",),
        following=NextLink(path=("next",), hosts=hosts),
    )


def test_another_host_is_told_no_secret() -> None:
    page = {"pets": [{"name": "a"}], "next": None}
    with Server(http(200, json.dumps(page).encode())) as elsewhere:
        first = {**page, "next": f"{elsewhere.url}/more?at=1"}
        with (
            Server(http(200, json.dumps(first).encode())) as server,
            PetClient(
                API,
                base_url=server.url,
                credential="secret",
                headers={"X-Own": "secret", "Authorization": "Bearer secret"},
            ) as client,
        ):
            host = elsewhere.url.removeprefix("http://")
            pager = Pager(
                client.caller,
                listing(host),
                headers={"X-Also": "secret"},
                options={"headers": {"X-Here": "secret"}},
            )
            assert [pet.name for pet in pager] == ["a", "a"]
    assert "secret" in str(server.asked[0].headers)
    (asked,) = elsewhere.asked
    assert asked.target == "/more?at=1"
    assert "secret" not in str(asked.headers)
    assert asked.headers.keys() <= {
        *("host", "user-agent", "accept", "accept-encoding", "connection")
    }


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://a.example/p?x=1", "https://a.example/p?x=1"),
        ("http://a.example/p", "https://a.example/p"),
        ("https://a.example:443/p", "https://a.example:443/p"),
        ("https://A.example/p", "https://A.example/p"),
        ("/p", "https://a.example/p"),
        ("https://b.example/p", "https://b.example/p"),
    ],
)
def test_where_links_lead(link: str, url: str) -> None:
    asked = listing("b.example")
    _, sent = asked.following.at(asked, Arguments(), link, "https://a.example")
    assert sent.url == url
    assert sent.anonymous == ("b.example" in url)


@pytest.mark.parametrize(
    "link",
    [
        "https://c.example/p",
        "http://b.example/p",
        "https://a.example:8443/p",
        "https://a.example@c.example/p",
        "//c.example/p",
        "file:///etc/passwd",
    ],
)
def test_other_links_are_not_followed(link: str) -> None:
    asked = listing("b.example")
    with pytest.raises(PaginationError, match="not the service") as caught:
        asked.following.at(
            asked, Arguments(), link + "?sig=secret", "https://a.example"
        )
    assert "secret" not in str(caught.value)
