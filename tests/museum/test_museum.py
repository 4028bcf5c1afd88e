"""The museum's package, from the listing of its document to the last picture, on loopback."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

import anyio
import pytest
from museum_archive import (
    AsyncMuseumArchiveClient,
    ClientCredentials,
    GetObjectHeaders,
    ListObjectsHeaders,
    MuseumArchiveClient,
    NotFoundError,
    RequestOptions,
    TokenError,
)
from museum_archive.models import (
    Coin,
    ImageNotes,
    NotInArchive,
    Painting,
    Sculpture,
    Years,
)

from tests.museum.archive import CLIENT, PICTURE, SECRET, Archive
from tests.runtime.loopback import Server

COIN = Coin(title="Sestertius", inventory_number="C-1", weight=Decimal("25.310"))
VIEW = Painting(title="A View", inventory_number="P-1", size=(0.4, 1.2), maker=None)
BULL = Sculpture(title="Bull", inventory_number="S-1", material="bronze", height=0.3)


@pytest.fixture
def archive() -> Archive:
    return Archive()


@pytest.fixture
def server(archive: Archive) -> Iterator[Server]:
    with Server(script=archive) as running:
        yield running


@pytest.fixture
def credential(server: Server) -> ClientCredentials:
    return ClientCredentials(CLIENT, SECRET, token_url=f"{server.url}/oauth/token")


@pytest.fixture
def client(
    server: Server, credential: ClientCredentials
) -> Iterator[MuseumArchiveClient]:
    url = f"{server.url}/api/v2"
    with MuseumArchiveClient(base_url=url, credential=credential) as made:
        yield made


def test_an_object_of_each_kind_is_added_and_found(
    client: MuseumArchiveClient, archive: Archive
) -> None:
    for given in (COIN, VIEW, BULL):
        added = client.objects.add_object(body=given)
        assert type(added) is type(given)
        assert added.added_at == dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)
        assert client.objects.get_object(given.inventory_number) == added
    assert archive.objects["C-1"]["weight"] == "25.310"
    assert archive.objects["P-1"]["size"] == [0.4, 1.2]
    assert archive.objects["P-1"]["maker"] is None
    assert "maker" not in archive.objects["S-1"]


def test_what_was_read_can_be_sent_back(client: MuseumArchiveClient) -> None:
    added = client.objects.add_object(body=COIN)
    again = client.objects.add_object(body=added)  # The archive checks `addedAt`.
    assert again == added


def test_a_token_is_bought_once(client: MuseumArchiveClient, archive: Archive) -> None:
    for number in range(3):
        client.objects.add_object(body=COIN)
        assert len(archive.keys) == number + 1
    assert archive.tokens == 1


def test_a_refused_client_is_told_so(server: Server) -> None:
    wrong = ClientCredentials(CLIENT, "guess", token_url=f"{server.url}/oauth/token")
    url = f"{server.url}/api/v2"
    with (
        MuseumArchiveClient(base_url=url, credential=wrong) as client,
        pytest.raises(TokenError) as caught,
    ):
        client.objects.remove_object("C-1")
    assert caught.value.code == "invalid_client"


def test_objects_come_in_pages(client: MuseumArchiveClient, server: Server) -> None:
    for number in range(5):
        client.objects.add_object(
            body=Coin(
                title="Ås", inventory_number=f"C-{number}", weight=Decimal(number)
            )
        )
    asked = len(server.asked)
    found = client.objects.list_objects(
        kind=["coin", "painting"], made=Years(from_=-30, to=14), limit=2
    )
    assert len(server.asked) == asked
    assert [o.inventory_number for o in found] == [f"C-{n}" for n in range(5)]
    targets = [a.target for a in server.asked[asked:]]
    assert len(targets) == 3
    assert "kind=coin,painting" in targets[0]
    assert "made%5Bfrom%5D=-30&made%5Bto%5D=14" in targets[0]
    assert "cursor=2" in targets[1]


def test_pages_tell_of_themselves_and_go_on(client: MuseumArchiveClient) -> None:
    for number in range(3):
        client.objects.add_object(
            body=Coin(title="Ås", inventory_number=f"C-{number}", weight=Decimal(1))
        )
    first = next(iter(client.objects.list_objects().pages()))
    assert ListObjectsHeaders.of(first.response).x_total_count == 3
    assert first.value.next_cursor == first.next_position == "2"
    rest = client.objects.list_objects().pages(start=first.next_position)
    assert [o.inventory_number for page in rest for o in page.items] == ["C-2"]


def test_null_takes_away_and_absence_leaves(
    client: MuseumArchiveClient, archive: Archive
) -> None:
    client.objects.add_object(
        body=Coin(
            title="As", inventory_number="C-1", weight=Decimal(11), keywords=["bronze"]
        )
    )
    changed = client.objects.correct_object("C-1", maker="Rome", keywords=None)
    assert isinstance(changed, Coin)
    assert (changed.maker, changed.keywords, changed.title) == ("Rome", None, "As")
    assert "keywords" not in archive.objects["C-1"]


def test_headers_are_typed(client: MuseumArchiveClient) -> None:
    client.objects.add_object(body=COIN)
    response = client.with_response(client.objects.get_object)("C-1")
    assert GetObjectHeaders.of(response).e_tag == '"5"'


def test_what_is_not_there_says_since_when(client: MuseumArchiveClient) -> None:
    with pytest.raises(NotFoundError) as caught:
        client.objects.get_object("X/1")
    assert isinstance(caught.value.error, NotInArchive)
    assert caught.value.error.removed_at is not None


def test_pictures_go_up_and_come_down(client: MuseumArchiveClient) -> None:
    client.objects.add_object(body=COIN)
    (picture,) = client.images.upload_images(
        "C-1",
        notes=ImageNotes(photographer="A. N. Other", taken_on=dt.date(2026, 2, 28)),
        pictures=[("front.jpg", io.BytesIO(b"\xff\xd8 a picture"))],
    )
    assert (picture.id, picture.taken_on) == (PICTURE, dt.date(2026, 2, 28))
    assert client.images.download_image(picture.id) == b"\xff\xd8 a picture"


def test_what_is_removed_is_gone(client: MuseumArchiveClient) -> None:
    client.objects.add_object(body=COIN)
    client.objects.remove_object("C-1", options=RequestOptions(timeout=9))
    with pytest.raises(NotFoundError):
        client.objects.get_object("C-1")


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_the_same_is_had_without_blocking(
    server: Server, credential: ClientCredentials, archive: Archive, backend: str
) -> None:
    url = f"{server.url}/api/v2"

    async def main() -> list[str]:
        async with AsyncMuseumArchiveClient(
            base_url=url, credential=credential
        ) as client:
            async with anyio.create_task_group() as tasks:
                for given in (COIN, VIEW, BULL):
                    tasks.start_soon(partial(client.objects.add_object, body=given))
            pictures = await client.images.upload_images(
                "C-1", notes=ImageNotes(photographer="A"), pictures=[b"\xff\xd8"]
            )
            assert await client.images.download_image(pictures[0].id) == b"\xff\xd8"
            return [o.title async for o in client.objects.list_objects()]

    assert sorted(anyio.run(main, backend=backend)) == ["A View", "Bull", "Sestertius"]
    assert archive.tokens == 1
