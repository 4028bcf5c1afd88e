"""Programs that are tested with the fakes of the packages in `generated/`, offline."""

from __future__ import annotations

import datetime as dt
import io
import socket
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import UUID

import anyio
import pytest
from acs_call_automation import AccessKey, TooManyRequestsError
from acs_call_automation.models import (
    CallConnectionProperties,
    CallSource,
    CommunicationError,
    CommunicationErrorResponse,
    CommunicationIdentifierModel,
    CreateCallRequest,
)
from acs_call_automation.testing import FakeCallAutomation
from harbour_traffic.models import (
    BerthChanged,
    Departed,
    Event,
    Position,
    Refusal,
    Ship,
)
from harbour_traffic.testing import FakeHarbourTraffic
from museum_archive import (
    ApiConnectionError,
    ApiTimeoutError,
    ClientCredentials,
    DeadlineExceededError,
    GetObjectHeaders,
    MuseumArchiveClient,
    NotFoundError,
    RawResponse,
    ResponseDecodeError,
    ServerError,
    StatusError,
    download,
)
from museum_archive.models import (
    Coin,
    Image,
    ImageNotes,
    MuseumObject,
    NotInArchive,
    Problem,
)
from museum_archive.testing import Asked, FakeMuseumArchive, UnexpectedCallError

from tests.runtime.calls import KINDS, Kind
from tests.testing.asking import Asking

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
PICTURE = UUID("5a2f1c9e-6f4b-4d6e-9f59-0b9a3a6b1c11")


def coin(number: str) -> Coin:
    made = Coin(title="As", inventory_number=number, weight=Decimal("10.5"))
    made.added_at = NOON
    return made


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever would connect, fails: nothing may leave the process."""

    def refuse(*_: object) -> None:
        raise AssertionError("a fake connects to nothing")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.fixture
def fake() -> FakeMuseumArchive:
    return FakeMuseumArchive()


@pytest.fixture
def museum(kind: Kind, fake: FakeMuseumArchive) -> Asking:
    return Asking(kind, fake)


SOURCE = CallSource(identifier=CommunicationIdentifierModel(raw_id="8:acs:a"))
CREATE: dict[str, object] = {
    "callback_uri": "https://a.example/b",
    "source": SOURCE,
    "targets": [],
}


def test_a_call_is_answered_and_told_of(kind: Kind) -> None:
    fake = FakeCallAutomation()
    given = CallConnectionProperties(call_connection_id="1")
    fake.server_calling.create_call.answers(given, headers={"X-Ms-Request-Id": "7"})
    response = Asking(kind, fake).call("server_calling.create_call", **CREATE)
    assert (response.value, response.status, response.issues) == (given, 201, ())
    assert response.request_id == "7"
    [asked] = fake.server_calling.create_call.calls
    assert (asked.method, asked.path) == ("POST", "/calling/callConnections")
    assert asked.query == {"api-version": "2022-04-07-preview"}
    assert asked.json == {
        "callbackUri": "https://a.example/b",
        "source": {"identifier": {"rawId": "8:acs:a"}},
        "targets": [],
    }
    assert asked.body_as(CreateCallRequest).source == SOURCE
    assert "Repeatability-Request-ID" in asked.headers
    assert fake.calls == [asked]
    assert repr(asked).startswith("<POST /calling/callConnections?api-version=")
    assert "for server_calling.create_call: {" in repr(asked)


def test_a_credential_of_ones_own_signs_as_ever(kind: Kind) -> None:
    fake = FakeCallAutomation()
    key = AccessKey("bm90IGEgcmVhbCBrZXk=")
    Asking(kind, fake, credential=key).call("server_calling.create_call", **CREATE)
    [asked] = fake.calls
    assert asked.headers["Authorization"].startswith("HMAC-SHA256 SignedHeaders=")


def test_a_declared_error_is_typed_and_not_waited_for(kind: Kind) -> None:
    fake = FakeCallAutomation()
    body = CommunicationErrorResponse(error=CommunicationError(code="9", message="M"))
    fake.server_calling.create_call.fails(429, body, headers={"Retry-After": "59"})
    with pytest.raises(TooManyRequestsError) as caught:
        Asking(kind, fake).call("server_calling.create_call", **CREATE)
    assert (caught.value.error, caught.value.attempts) == (body, 3)
    keys = {a.headers["Repeatability-Request-ID"] for a in fake.calls}
    assert (len(fake.calls), len(keys)) == (3, 1)


def test_an_error_and_then_an_answer(museum: Asking, fake: FakeMuseumArchive) -> None:
    get = fake.objects.get_object
    get.fails(429, headers={"Retry-After": "30"}).then.answers(coin("C-1"))
    response = museum.call("objects.get_object", "C-1")
    assert (response.value, response.attempts) == (coin("C-1"), 2)
    assert response.elapsed >= 30  # Seconds that nobody waited.
    assert (
        museum.call("objects.get_object", "C-2").attempts == 1
    )  # The last one goes on.
    assert [asked.path for asked in get.calls] == ["/objects/C-1"] * 2 + [
        "/objects/C-2"
    ]
    assert get.calls[1].headers["X-Retry-Count"] == "1"


def test_what_is_prepared_later_takes_the_place(
    museum: Asking, fake: FakeMuseumArchive
) -> None:
    fake.objects.get_object.answers(coin("C-1"))
    fake.objects.get_object.answers(coin("C-2"))
    assert museum.call("objects.get_object", "C-1").value == coin("C-2")
    fake.objects.get_object.reset()
    assert fake.objects.get_object.calls == []
    assert museum.call("objects.get_object", "C-1").value.title == "string"
    fake.reset()
    assert fake.calls == []


def test_errors_of_each_status_have_the_body_of_it(
    museum: Asking, fake: FakeMuseumArchive
) -> None:
    missing = NotInArchive(title="Gone")
    fake.objects.get_object.fails(404, missing)
    with pytest.raises(NotFoundError) as caught:
        museum.call("objects.get_object", "C-1")
    assert caught.value.error == missing
    fake.objects.get_object.fails(418, Problem(title="Teapot"))
    with pytest.raises(StatusError) as other:
        museum.call("objects.get_object", "C-1")
    assert (other.value.status, other.value.error) == (418, Problem(title="Teapot"))
    fake.objects.get_object.fails(502, content=b"<html>", headers={"X-Request-Id": "a"})
    with pytest.raises(ServerError) as bare:
        museum.call("objects.get_object", "C-1", options={"max_retries": 0})
    assert (bare.value.content, bare.value.request_id) == (b"<html>", "a")


def test_no_answer_is_what_it_would_be(museum: Asking, fake: FakeMuseumArchive) -> None:
    fake.objects.get_object.times_out()
    with pytest.raises(ApiTimeoutError) as late:
        museum.call("objects.get_object", "C-1")
    fake.objects.get_object.disconnects()
    with pytest.raises(ApiConnectionError) as broken:
        museum.call("objects.get_object", "C-1")
    assert (late.value.attempts, broken.value.attempts) == (3, 3)
    fake.objects.get_object.disconnects().then.answers(coin("C-1"))
    assert museum.call("objects.get_object", "C-1").attempts == 2
    fake.objects.get_object.raises(
        ResponseDecodeError("odd", response=RawResponse(status=200))
    )
    with pytest.raises(ResponseDecodeError, match="odd"):
        museum.call("objects.get_object", "C-1")


def test_a_deadline_passes_without_being_waited_for(
    kind: Kind, fake: FakeMuseumArchive
) -> None:
    fake.objects.get_object.fails(503, headers={"Retry-After": "20"})
    with pytest.raises((ServerError, DeadlineExceededError)):
        Asking(kind, fake, deadline=30.0).call("objects.get_object", "C-1")
    assert len(fake.calls) == 2


def test_a_function_answers(museum: Asking, fake: FakeMuseumArchive) -> None:
    def found(asked: Asked) -> MuseumObject | RawResponse:
        number = asked.path.rpartition("/")[2]
        return coin(number) if number != "none" else RawResponse(status=404)

    fake.objects.get_object.answers_with(found)
    assert museum.call("objects.get_object", "C-9").value == coin("C-9")
    with pytest.raises(NotFoundError):
        museum.call("objects.get_object", "none")
    fake.objects.get_object.answers_with(lambda asked: 1 / 0)  # type: ignore[arg-type, return-value]
    with pytest.raises(ZeroDivisionError):
        museum.call("objects.get_object", "C-9")


def test_an_answer_without_a_body(museum: Asking, fake: FakeMuseumArchive) -> None:
    fake.objects.remove_object.answers()
    response = museum.call("objects.remove_object", "C-1")
    assert (response.value, response.status, response.content) == (None, 204, b"")
    fake.objects.remove_object.answers(status=202)
    assert museum.call("objects.remove_object", "C-1").status == 202


@pytest.mark.parametrize("status", [404, 199])
def test_a_status_that_is_no_success_is_refused(
    fake: FakeMuseumArchive, status: int
) -> None:
    with pytest.raises(ValueError, match="is an error: `fails`"):
        fake.objects.get_object.answers(coin("C-1"), status=status)


@pytest.mark.parametrize("status", [200, 204, 99, 1000])
def test_a_status_that_is_no_error_is_refused(
    fake: FakeMuseumArchive, status: int
) -> None:
    with pytest.raises(ValueError, match="is no error: `answers`"):
        fake.objects.get_object.fails(status)


def test_header_fields_are_typed(museum: Asking, fake: FakeMuseumArchive) -> None:
    fake.objects.get_object.answers(coin("C-1"), headers={"ETag": '"7"'})
    response = museum.call("objects.get_object", "C-1")
    assert GetObjectHeaders.of(response).e_tag == '"7"'


def test_pages_follow_one_another(museum: Asking, fake: FakeMuseumArchive) -> None:
    pages = [coin("C-1"), coin("C-2")], [coin("C-3")], [coin("C-4")]
    fake.objects.list_objects.answers_pages(*pages)
    for _ in range(2):
        found = museum.items("objects.list_objects", limit=2)
        assert [each.inventory_number for each in found] == ["C-1", "C-2", "C-3", "C-4"]
    queries = [asked.query for asked in fake.calls[:3]]
    assert queries == [
        {"limit": "2"},
        {"limit": "2", "cursor": "2"},
        {"limit": "2", "cursor": "3"},
    ]
    with pytest.raises(UnexpectedCallError, match="begins at 'else'"):
        museum.items("objects.list_objects", cursor="else")
    fake.objects.list_objects.answers_pages()
    assert museum.items("objects.list_objects") == []


def test_a_page_may_fail(museum: Asking, fake: FakeMuseumArchive) -> None:
    listing = fake.objects.list_objects
    first, second = [coin("C-1")], [coin("C-2")]
    listing.answers_pages(first, second).then.fails(503)
    listing.then.answers_pages(first, second)
    assert museum.items("objects.list_objects") == [*first, *second]
    assert len(fake.calls) == 3


def test_pages_that_a_header_leads_to(kind: Kind) -> None:
    fake = FakeHarbourTraffic()
    ships = [Ship(call_sign=sign, name=sign, cargo="containers") for sign in "ABC"]
    fake.ships.list_ships.answers_pages(ships[:2], ships[2:])
    assert Asking(kind, fake).items("ships.list_ships", flag="NO") == ships
    first, second = fake.calls
    assert first.query == {"flag": "NO"}
    assert second.url == f"{first.url}&fake-page=1"


def test_items_that_come_one_by_one(kind: Kind) -> None:
    fake = FakeHarbourTraffic()
    harbour = Asking(kind, fake)
    track = [
        Position(at=NOON, latitude=1.5, longitude=2),
        Position(at=NOON, latitude=1, longitude=2),
    ]
    fake.ships.get_track.answers(track)
    assert harbour.items("ships.get_track", "A") == track
    events: list[Event] = [
        Departed(call_sign="A"),
        BerthChanged(call_sign="A", berth=2),
    ]
    fake.watch.watch_traffic.fails(503).then.answers(events)
    assert harbour.items("watch.watch_traffic") == events
    fake.watch.watch_traffic.fails(403, Refusal(reason="closed"))
    with pytest.raises(Exception, match="403") as caught:
        harbour.items("watch.watch_traffic")
    assert getattr(caught.value, "error", None) == Refusal(reason="closed")


def test_files_go_up_and_come_down(museum: Asking, fake: FakeMuseumArchive) -> None:
    image = Image(id=PICTURE, photographer="A", width=1, height=2)
    fake.images.upload_images.answers([image])
    museum.call(
        "images.upload_images",
        "C-1",
        notes=ImageNotes(photographer="A"),
        pictures=[("a.jpg", io.BytesIO(b"\xff\xd8")), b"B"],
    )
    [asked] = fake.images.upload_images.calls
    assert asked.form == {
        "notes": '{"photographer":"A"}',
        "pictures": ["\xff\xd8", "B"],
    }
    fake.images.download_image.answers(b"\xff\xd8\xff")
    response = museum.call("images.download_image", PICTURE)
    assert (response.value, response.issues) == (b"\xff\xd8\xff", ())
    assert response.headers["Content-Type"] == "image/jpeg"


def test_a_download_is_read_as_it_comes(fake: FakeMuseumArchive) -> None:
    fake.images.download_image.answers(b"\xff\xd8\xff")
    with (
        fake.client() as client,
        download(client.images.download_image)(PICTURE) as got,
    ):
        assert b"".join(got) == b"\xff\xd8\xff"


def test_what_is_sent_piece_by_piece_is_kept_whole(kind: Kind) -> None:
    fake = FakeHarbourTraffic()
    fake.watch.append_log.answers("taken")

    async def pieces() -> AsyncIterator[bytes]:
        yield b"a\n"
        yield b"b\n"

    told: list[int] = []
    body = iter([b"a\n", b"b\n"]) if kind == "sync" else pieces()

    def tell(done: int, length: int | None) -> None:
        told.append(done)

    options = {"upload_progress": tell}
    found = Asking(kind, fake).call("watch.append_log", body=body, options=options)
    assert (found.value, told) == ("taken", [2, 4])
    assert fake.watch.append_log.calls[0].content == b"a\nb\n"
    assert fake.watch.append_log.calls[0].text == "a\nb\n"


def test_tokens_are_bought_of_it(kind: Kind, fake: FakeMuseumArchive) -> None:
    museum = Asking(kind, fake, credential=ClientCredentials("id", "secret"))
    museum.call("objects.remove_object", "C-1")
    token, removal = fake.calls
    assert (token.call, token.method) == ("", "POST")
    assert token.form["grant_type"] == "client_credentials"
    assert removal.headers["Authorization"] == "Bearer fake-token"


def test_nothing_is_answered_by_default_where_that_is_wanted(kind: Kind) -> None:
    fake = FakeMuseumArchive(defaults=False)
    museum = Asking(kind, fake)
    with pytest.raises(
        UnexpectedCallError, match=r"fake\.objects\.get_object\.answers"
    ):
        museum.call("objects.get_object", "C-1")
    with pytest.raises(UnexpectedCallError, match=r"client\.objects\.list_objects was"):
        museum.items("objects.list_objects")
    assert len(fake.calls) == 2


def test_a_client_that_is_made_elsewhere(fake: FakeMuseumArchive) -> None:
    with MuseumArchiveClient(
        base_url="https://else.example/v2", credential="t", transport=fake.transport
    ) as client:
        client.objects.remove_object("C-1")
    [asked] = fake.calls
    assert asked.path == "/v2/objects/C-1"


def test_the_environment_has_no_say(
    museum: Asking, fake: FakeMuseumArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSEUM_ARCHIVE_SERVER", "nowhere")
    monkeypatch.setenv("MUSEUM_ARCHIVE_CLIENT_ID", "id")
    monkeypatch.setenv("MUSEUM_ARCHIVE_CLIENT_SECRET", "secret")
    museum.call("objects.remove_object", "C-1")
    [asked] = fake.calls
    assert asked.url == "https://fake.test/objects/C-1"


def test_settings_are_those_of_the_client(fake: FakeMuseumArchive) -> None:
    fake.objects.get_object.answers_with(
        lambda asked: RawResponse(status=200, content=b'{"kind": "coin"}')
    )
    with (
        fake.client(strict_responses=True, headers={"X-A": "b"}) as client,
        pytest.raises(ResponseDecodeError),
    ):
        client.objects.get_object("C-1")
    assert fake.calls[0].headers["X-A"] == "b"
    transport = FakeMuseumArchive().transport
    with fake.client(transport=transport) as client:
        client.objects.remove_object("C-1")
    assert len(fake.calls) == 2


def test_fakes_know_nothing_of_each_other(fake: FakeMuseumArchive) -> None:
    other = FakeMuseumArchive()
    fake.objects.get_object.answers(coin("C-1"))
    with fake.client() as client, other.client() as stranger:
        assert client.objects.get_object("C-1") == coin("C-1")
        assert stranger.objects.get_object("C-1") != coin("C-1")
    assert (len(fake.calls), len(other.calls)) == (1, 1)
    assert repr(fake) == "<FakeMuseumArchive, asked 1 times>"
    assert (
        repr(fake.objects.get_object)
        == "<fake of client.objects.get_object, asked 1 times>"
    )


def test_threads_share_it(fake: FakeMuseumArchive) -> None:
    get = fake.objects.get_object
    get.answers(coin("0"))
    for number in range(1, 100):
        get.then.answers(coin(str(number)))
    with fake.client() as client, ThreadPoolExecutor(8) as pool:
        found = list(pool.map(client.objects.get_object, map(str, range(100))))
    assert {each.inventory_number for each in found} == set(map(str, range(100)))
    assert {asked.path for asked in get.calls} == {f"/objects/{n}" for n in range(100)}


def test_tasks_share_it(fake: FakeMuseumArchive) -> None:
    async def main() -> None:
        async with fake.async_client() as client, anyio.create_task_group() as group:
            for number in range(50):
                group.start_soon(client.objects.get_object, str(number))

    anyio.run(main)
    assert len(fake.calls) == 50


def test_the_default_is_typed_and_its_origin_is_told(fake: FakeMuseumArchive) -> None:
    default = fake.objects.get_object.default
    with fake.client() as client:
        assert client.objects.get_object("C-1") == default.value
    assert default.origin == "schema"
    called = FakeCallAutomation().server_calling.create_call.default
    assert called.origin == "example"
    assert called.value.call_connection_id == "18dea47f-b081-4107-9a5c-4300819d2c6c"
    assert fake.images.download_image.default.origin == "nothing"
