"""What fakes answer in every form of answer, by default and as they are told."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import anyio
import pytest

from tests.made import imported, write
from tests.runtime.calls import KINDS
from tests.testing.asking import Asking, members
from tests.testing.document import DOCUMENT, METHODS, TAGS, TOLD

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("kennel")
    write(DOCUMENT, "kennel", folder, told=TOLD)
    with imported(folder, "kennel") as found:
        importlib.import_module("kennel.testing")
        importlib.import_module("kennel.models")
        yield found


@pytest.fixture
def fake(package: ModuleType) -> Any:
    return package.testing.FakeKennel()


@pytest.fixture(params=KINDS)
def kennel(request: pytest.FixtureRequest, fake: Any) -> Asking:
    return Asking(request.param, fake)


@pytest.mark.parametrize(
    ("name", "origin", "read"),
    [
        ("example", "example", {"id": "7", "name": "Rex", "nick": None}),
        ("examples", "example", {"id": "7", "name": "Rex"}),
        ("misfit", "schema", {"id": "d-1", "name": "string", "nick": "Rexy"}),
        ("long", "schema", {"id": "d-1", "nick": "Rexy"}),
        ("schema", "schema", {"a": 3}),
        ("tree", "schema", {"under": []}),
        ("xml", "schema", {"id": "d-1", "nick": "Rexy"}),
        ("either", "schema", {"id": "d-1"}),
        ("statuses", "schema", {"id": "d-1"}),
    ],
)
def test_the_default_is_the_best_that_the_document_has(
    kennel: Asking, name: str, origin: str, read: dict[str, object]
) -> None:
    response = kennel.call(f"forms.{name}")
    assert response.issues == ()
    assert {key: getattr(response.value, key) for key in read} == read
    default = getattr(kennel.fake.forms, name).default
    assert (default.value, default.origin) == (response.value, origin)


def test_text_has_its_example(kennel: Asking) -> None:
    assert kennel.call("forms.text").value == "Hello"
    assert kennel.fake.forms.text.default.origin == "example"


def test_what_has_no_end_has_no_default(kennel: Asking, package: ModuleType) -> None:
    wanted = package.testing.UnexpectedCallError
    with pytest.raises(wanted, match=r"client\.forms\.endless has no example"):
        kennel.call("forms.endless")
    with pytest.raises(wanted, match=r"fake\.forms\.endless\.answers"):
        _ = kennel.fake.forms.endless.default


def test_the_media_type_is_that_of_the_value(
    kennel: Asking, package: ModuleType
) -> None:
    either = kennel.fake.forms.either
    dog = package.models.Dog(id="1", name="A")
    for value, media in (
        (b"\x89PNG", "image/png"),
        ("Wow", "text/plain"),
        (dog, "application/json"),
    ):
        either.answers(value)
        response = kennel.call("forms.either")
        assert (response.value, response.issues) == (value, ())
        assert response.headers["Content-Type"] == media


def test_values_are_written_in_their_formats(kennel: Asking) -> None:
    kennel.fake.forms.times.answers([NOON])
    response = kennel.call("forms.times")
    assert response.content == b'["Sun, 01 Mar 2026 12:00:00 GMT"]'
    assert (response.value, response.issues) == ([NOON], ())


def test_the_status_is_one_that_the_value_comes_with(
    kennel: Asking, package: ModuleType
) -> None:
    models, statuses = package.models, kennel.fake.forms.statuses
    for value, status in (
        (models.Dog(id="1", name="A"), 200),
        (models.Tree(under=[]), 202),
        (None, 204),
    ):
        statuses.answers(value)
        response = kennel.call("forms.statuses")
        assert (response.value, response.status, response.issues) == (value, status, ())
    statuses.fails(409, models.Fault(code="c"))
    with pytest.raises(package.ConflictError) as caught:
        kennel.call("forms.statuses")
    assert caught.value.error == models.Fault(code="c")


def test_what_goes_on_is_not_waited_for(fake: Any, package: ModuleType) -> None:
    later = {"Location": "https://fake.test/grown", "Retry-After": "60"}
    fields, dog = package.Headers(later), package.models.Dog(id="1", name="A")

    def going_on(_: object) -> object:
        return package.RawResponse(status=202, headers=fields)

    grow = fake.forms.grow.answers_with(going_on)
    grow.then.answers_with(going_on).then.answers(dog)
    with fake.client() as client:
        assert client.forms.grow().result() == dog
    grow.answers_with(going_on).then.answers(dog)

    async def main() -> object:
        async with fake.async_client() as client:
            return await (await client.forms.grow()).result()

    assert anyio.run(main) == dog
    paths = [asked.path for asked in grow.calls]
    assert paths == ["/grow", "/grown", "/grown", "/grow", "/grown"]


@pytest.mark.parametrize("name", ["numbered", "offset", "cursor", "linked"])
def test_pages_of_each_kind(kennel: Asking, package: ModuleType, name: str) -> None:
    answers = getattr(kennel.fake.pages, name)
    [usual] = kennel.items(f"pages.{name}")
    assert usual.id in ("7", "d-1")
    dogs = [package.models.Dog(id=str(n), name="A") for n in range(5)]
    answers.answers_pages(dogs[:2], dogs[2:4], dogs[4:])
    for _ in range(2):
        assert kennel.items(f"pages.{name}") == dogs
    answers.answers(answers.default.value)
    assert kennel.items(f"pages.{name}") == [usual]


def test_pages_one_after_another(kennel: Asking, package: ModuleType) -> None:
    one, two = (package.models.Dog(id=n, name="A") for n in "12")
    kennel.fake.pages.numbered.answers([one]).then.answers([two])
    assert kennel.items("pages.numbered") == [one, two]
    pages = [asked.query["page"] for asked in kennel.fake.calls[1:]]
    assert pages == ["2", "3"]


def test_an_answer_at_once_or_item_by_item(kennel: Asking, package: ModuleType) -> None:
    models, switch = package.models, kennel.fake.streams.switch
    dog, told = models.Dog(id="1", name="A"), [item(package, "a"), item(package, "b")]
    switch.answers(dog)
    switch.streamed.answers(told)
    assert kennel.call("streams.switch").value == dog
    assert kennel.items("streams.switch", stream=True) == told
    assert (len(switch.calls), len(switch.streamed.calls)) == (1, 1)
    assert switch.streamed.calls[0].json == {"stream": True}
    kennel.fake.reset()
    assert kennel.call("streams.switch").value.id == "d-1"
    assert len(kennel.items("streams.switch", stream=True)) == 1


def item(package: ModuleType, text: str) -> object:
    """An item of the streams that tell of texts."""
    [found] = package.testing.FakeKennel().streams.switch.streamed.default.value
    return type(found)(text=text)


def test_methods_apart(kennel: Asking, package: ModuleType) -> None:
    apart = kennel.fake.streams.apart_stream
    apart.answers([*apart.default.value, *apart.default.value])
    assert kennel.call("streams.apart").value.id == "d-1"
    assert len(kennel.items("streams.apart_stream")) == 2
    assert len(apart.calls) == 1


def test_events_as_they_are(kennel: Asking, package: ModuleType) -> None:
    event = package.ServerSentEvent(data="a\nb", event="x", id="1", retry=5)
    kennel.fake.streams.events.answers([event])
    assert kennel.items("streams.events") == [event]
    kennel.fake.reset()
    assert kennel.items("streams.events") == []


@pytest.mark.parametrize("name", ["lines", "sequence"])
def test_sequences_of_values(kennel: Asking, package: ModuleType, name: str) -> None:
    dogs = [package.models.Dog(id=n, name="A") for n in "123"]
    getattr(kennel.fake.streams, name).answers(dogs)
    assert kennel.items(f"streams.{name}") == dogs
    kennel.fake.reset()
    assert [each.id for each in kennel.items(f"streams.{name}")] == ["d-1"]


@pytest.mark.parametrize("tag", TAGS)
def test_a_fake_has_its_own_names(kennel: Asking, tag: str) -> None:
    called = tag.replace(" ", "_").lower()
    own = hasattr(type(kennel.fake).__mro__[1], called) or called.endswith("client")
    own = own or called == "transport"
    resource = getattr(kennel.fake, f"{called}_resource" if own else called)
    [method] = members(resource)
    dog = resource_default(resource, method)
    getattr(resource, method).answers(dog)
    assert kennel.call(f"{called}.{method}").value == dog
    assert [asked.call for asked in kennel.fake.calls] == [f"{called}.{method}"]


def resource_default(resource: Any, method: str) -> Any:
    return getattr(resource, method).default.value


def test_the_methods_have_theirs(kennel: Asking) -> None:
    names = members(kennel.fake.own)
    assert len(names) == len(METHODS)
    for name in names:
        dog = resource_default(kennel.fake.own, name)
        getattr(kennel.fake.own, name).answers(dog, status=201)
        assert kennel.call(f"own.{name}").status == 201
    assert [asked.call for asked in kennel.fake.calls] == [f"own.{n}" for n in names]
