"""Lists that come in pages, gone through over a real socket, by every kind of client."""

from __future__ import annotations

import json

import pytest

from tests.paging.kennel import Kennel, body, by_target, pets
from tests.runtime.loopback import Answer, Asked, Server, http


def ids(items: list[object]) -> list[object]:
    return [getattr(item, "id", item) for item in items]


def test_links_in_the_body(kennel: Kennel) -> None:
    with Server(script=lambda asked, _: link(asked)) as server:
        assert ids(kennel.items(server.url, "linked", limit=2)) == [1, 2, 3]
    assert [a.target for a in server.asked] == [
        "/linked?limit=2",
        "/linked?skip=2&x=%20",
    ]
    assert [a.headers["authorization"] for a in server.asked] == ["Bearer secret"] * 2


def link(asked: Asked) -> Answer:
    if "skip" in asked.target:
        return body({"pets": pets(3), "nextLink": None})
    following = f"http://{asked.headers['host']}/linked?skip=2&x=%20"
    return body({"pets": pets(1, 2), "nextLink": following})


@pytest.mark.parametrize(
    "field",
    [
        '</headed?p=2>; rel="next"',
        '<?p=2>; title="a, <b>"; rel="last next"',
        "</x>; rel=prev, </headed?p=2>;REL=next",
        "<headed?p=2> ; rel = next ; other",
    ],
)
def test_links_in_the_header(kennel: Kennel, field: str) -> None:
    pages: dict[str, object] = {
        "/headed": body(pets(1), Link=field),
        "/headed?p=2": body(pets(2)),
    }
    with Server(script=by_target(pages)) as server:
        assert ids(kennel.items(server.url, "headed")) == [1, 2]


@pytest.mark.parametrize("field", ['</x>; rel="prev"', "</x>", "", "next"])
def test_other_links_are_not_followed(kennel: Kennel, field: str) -> None:
    with Server(body(pets(1), Link=field)) as server:
        assert ids(kennel.items(server.url, "headed")) == [1]


@pytest.mark.parametrize("end", [{}, {"meta": {}}, {"meta": {"next_cursor": ""}}])
def test_cursors(kennel: Kennel, end: dict[str, object]) -> None:
    pages: dict[str, object] = {
        "/cursors?limit=1": {"pets": pets(1), "meta": {"next_cursor": "a/b"}},
        "/cursors?cursor=a%2Fb&limit=1": {"pets": [], "meta": {"next_cursor": "c"}},
        "/cursors?cursor=c&limit=1": {"pets": pets(2), **end},
    }
    with Server(script=by_target(pages)) as server:
        assert ids(kennel.items(server.url, "cursors", limit=1)) == [1, 2]


def test_a_list_may_begin_at_a_cursor_of_the_callers(kennel: Kennel) -> None:
    with Server(script=by_target({"/cursors?cursor=z": {"pets": pets(9)}})) as server:
        assert ids(kennel.items(server.url, "cursors", cursor="z")) == [9]


def test_cursors_in_the_body(kennel: Kennel) -> None:
    with Server(
        body({"pets": pets(1), "next_cursor": "n"}), body({"pets": pets(2)})
    ) as server:
        assert ids(kennel.items(server.url, "search", text="a")) == [1, 2]
    sent = [json.loads(asked.body) for asked in server.asked]
    assert sent == [{"text": "a"}, {"text": "a", "startCursor": "n"}]


def test_the_id_of_the_last_item(kennel: Kennel) -> None:
    pages: dict[str, object] = {
        "/after": {"has_more": True, "data": [{"id": "a"}, {"id": "b"}]},
        "/after?starting_after=b": {"has_more": False, "data": [{"id": "c"}]},
    }
    with Server(script=by_target(pages)) as server:
        assert ids(kennel.items(server.url, "after")) == ["a", "b", "c"]


def test_numbers_go_on_to_a_page_without_items(kennel: Kennel) -> None:
    pages: dict[str, object] = {
        "/numbered": {"pets": pets(1, 2)},
        "/numbered?page=2": {"pets": pets(3)},
        "/numbered?page=3": {"pets": []},
    }
    with Server(script=by_target(pages)) as server:
        assert ids(kennel.items(server.url, "numbered")) == [1, 2, 3]


def test_numbers_begin_where_the_caller_does(kennel: Kennel) -> None:
    pages: dict[str, object] = {
        "/numbered?page=7": {"pets": pets(7)},
        "/numbered?page=8": {},
    }
    with Server(script=by_target(pages)) as server:
        assert ids(kennel.items(server.url, "numbered", page=7)) == [7]


def test_offsets_grow_by_what_came(kennel: Kennel) -> None:
    pages: dict[str, object] = {
        "/offset?offset=4&limit=9": {"pets": pets(4, 5, 6)},
        "/offset?offset=7&limit=9": {"pets": pets(7)},
        "/offset?offset=8&limit=9": {"pets": []},
    }
    with Server(script=by_target(pages)) as server:
        found = kennel.items(server.url, "offset", offset=4, limit=9)
    assert ids(found) == [4, 5, 6, 7]


def test_pages_are_not_asked_for_before_they_are_needed(kennel: Kennel) -> None:
    with Server(script=lambda asked, _: link(asked)) as server:
        first = kennel.first(server.url, "linked")
        assert server.settled(0)
    assert ids([first]) == [1]
    assert len(server.asked) == 1


def test_a_pager_asks_for_nothing_by_itself(kennel: Kennel) -> None:
    with (
        Server(body({})) as server,
        kennel.package.KennelClient(base_url=server.url, credential="secret") as client,
    ):
        pager = client.pets.linked()
        assert server.asked == []
        assert "of linked" in repr(pager)
        assert list(pager) == list(pager) == []
        assert len(server.asked) == 2


def test_a_page_has_the_whole_answer(kennel: Kennel) -> None:
    answer = body({"pets": pets(1), "meta": None}, **{"X-Request-Id": "r"})
    with Server(answer) as server:
        (page,) = kennel.pages(server.url, "cursors")
    assert ids(page.items) == [1]
    assert page.value.meta is None
    assert (page.response.status, page.response.request_id) == (200, "r")
    assert (page.position, page.next_position) == (None, None)
    assert repr(page).startswith("Page(items=<1>, response=Response(status=200")


@pytest.mark.parametrize("method", ["cursors", "linked", "numbered"])
def test_a_list_goes_on_from_a_position(kennel: Kennel, method: str) -> None:
    def script(asked: Asked, number: int) -> Answer:
        number = int(asked.target.partition("=")[2] or "1")
        more = number < 3
        return body(
            {
                "pets": pets(number) if number < 4 else [],
                "meta": {"next_cursor": str(number + 1)} if more else None,
                "nextLink": f"/linked?p={number + 1}" if more else None,
            }
        )

    with Server(script=script) as server:
        pages = kennel.pages(server.url, method)
        saved = json.loads(json.dumps(pages[1].position))
        again = kennel.pages(server.url, method, start=saved)
        whole = kennel.pages(server.url, method, start=pages[0].position)
    assert [ids(page.items) for page in pages][:3] == [[1], [2], [3]]
    assert [page.items for page in again] == [page.items for page in pages][1:]
    assert [page.items for page in whole] == [page.items for page in pages]


def test_each_page_is_tried_again_by_itself(kennel: Kennel) -> None:
    failure = http(503, headers={"Retry-After": "0"})
    with Server(
        body({"pets": pets(1), "meta": {"next_cursor": "a"}}),
        failure,
        body({"pets": pets(2), "meta": {"next_cursor": "b"}}),
        failure,
        failure,
        body({"pets": pets(3)}),
    ) as server:
        assert ids(kennel.items(server.url, "cursors")) == [1, 2, 3]
        assert server.settled(0)


def test_a_page_that_fails_is_an_error(kennel: Kennel) -> None:
    with Server(body({"pets": pets(1), "nextLink": "/x"}), http(404)) as server:
        with pytest.raises(kennel.package.NotFoundError, match=r"GET http://.*/x: 404"):
            kennel.items(server.url, "linked")
        assert server.settled(0)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_circle_is_an_error(kennel: Kennel, number: int) -> None:
    def script(asked: Asked, _: int) -> Answer:
        at = int(asked.target.partition("=")[2] or "0")
        cursor = str(at % number + 1)
        return body({"pets": pets(at), "meta": {"next_cursor": cursor}})

    with Server(script=script) as server:
        with pytest.raises(kennel.package.PaginationError, match="in a circle"):
            kennel.items(server.url, "cursors")
        assert len(server.asked) == number + 1
        assert server.settled(0)


@pytest.mark.parametrize("method", ["numbered", "offset"])
def test_a_number_that_is_not_heeded_is_an_error(kennel: Kennel, method: str) -> None:
    with (
        Server(body({"pets": pets(1)})) as server,
        pytest.raises(kennel.package.PaginationError, match="same page") as caught,
    ):
        kennel.items(server.url, method)
    assert len(server.asked) == 2
    assert f"{server.url}/{method}" in str(caught.value)


@pytest.mark.parametrize(
    "target", ["http://127.0.0.2:9/x", "//localhost/x", "ftp://a/"]
)
def test_a_link_to_another_host_is_an_error(kennel: Kennel, target: str) -> None:
    with (
        Server(body({"pets": pets(1), "nextLink": target})) as server,
        pytest.raises(kennel.package.PaginationError, match="not the service"),
    ):
        kennel.items(server.url, "linked")
    assert len(server.asked) == 1


def test_what_is_no_list_is_no_item(kennel: Kennel) -> None:
    with Server(body({"pets": "none"})) as server:
        (page,) = kennel.pages(server.url, "linked")
    assert page.items == []
    assert page.response.issues


def test_no_request_is_left_to_with_response(kennel: Kennel) -> None:
    with (
        Server(body({})) as server,
        kennel.package.KennelClient(base_url=server.url, credential="secret") as client,
    ):
        with pytest.raises(TypeError, match="pages have their own `response`"):
            client.with_response(client.pets.linked)()
        assert server.asked == []


def test_only_one_that_is_clear_is_recognised(kennel: Kennel) -> None:
    # `next` alone may be a link, a cursor, or something else.
    with (
        Server(body({"pets": pets(1), "next": "/x"})) as server,
        kennel.package.KennelClient(base_url=server.url, credential="secret") as client,
    ):
        assert client.pets.elsewhere().next == "/x"
