"""What `calque.lock` remembers is enough to keep names, and to call by operationId."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from inspect import signature
from pathlib import Path

import pytest
from acs_call_automation import AccessKey, CallAutomationClient, models

from calque import lock
from calque.config import Config
from calque.pipeline import package, understand
from calque.surface import SurfaceError, restored, stored
from tests.behaviour.service import ACCESS_KEY, Service
from tests.cases.case import CASES, read

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "generated/acs-call-automation" / lock.FILE

DOCUMENT = """openapi: 3.1.1
info: {{title: Shown, version: "1"}}
paths: {{}}
components:
  schemas:
    Foo-Bar: {{type: object, properties: {{a: {{type: string}}}}}}
{more}
"""
NEWCOMER = (
    '    FooBar: {type: object, properties: {a: {type: string}, "A": {type: string}}}'
)


def generated(folder: Path, more: str, before: lock.Lock | None) -> lock.Lock:
    """The lock of a package, generated over that of an earlier one."""
    (folder / "openapi.yaml").write_text(DOCUMENT.format(more=more))
    result = understand(folder / "openapi.yaml")
    assert result.value is not None
    made = package(result.value, Config(), "", before)
    (folder / lock.FILE).write_text(made.files[lock.FILE])
    found = lock.read(folder)
    assert found is not None
    return found


def test_names_stay_when_others_come(tmp_path: Path) -> None:
    alone = generated(tmp_path, "", None)
    assert alone.names["#/components/schemas/Foo-Bar/class"] == "FooBar"
    joined = generated(tmp_path, NEWCOMER, alone)
    assert alone.names.items() <= joined.names.items()
    assert joined.names["#/components/schemas/FooBar/class"] == "FooBarModel"


def test_without_a_lock_the_document_s_own_name_wins(tmp_path: Path) -> None:
    found = generated(tmp_path, NEWCOMER, None).names
    assert found["#/components/schemas/FooBar/class"] == "FooBar"
    assert found["#/components/schemas/Foo-Bar/class"] == "FooBarModel"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"calque": "1"}'])
def test_a_broken_lock_is_said_to_be_one(tmp_path: Path, text: str) -> None:
    (tmp_path / lock.FILE).write_text(text)
    with pytest.raises(lock.LockError, match="restore it from version control"):
        lock.read(tmp_path)


def test_a_lock_in_conflict_keeps_the_names_of_both_sides(tmp_path: Path) -> None:
    ours, theirs = (
        lock.Lock(version="1", names={"#/a": "a", f"#/{side}": side, "#/c": side})
        for side in ("ours", "theirs")
    )
    (tmp_path / lock.FILE).write_text(
        f"<<<<<<< HEAD\n{lock.dump(ours)}=======\n{lock.dump(theirs)}>>>>>>> branch\n"
    )
    with pytest.raises(lock.LockError, match="calque generate --relock"):
        lock.read(tmp_path)
    found = lock.salvage(tmp_path)
    assert found is not None
    assert found.names == {
        "#/a": "a",
        "#/c": "ours",
        "#/ours": "ours",
        "#/theirs": "theirs",
    }


def test_of_a_broken_lock_only_what_is_sound_is_kept(tmp_path: Path) -> None:
    whole = lock.dump(lock.Lock(names={"#/a": "a", "#/b": "b"}, files={"c": "0"}))
    broken = whole.replace('"#/b": "b"', '"#/b": "b c"').replace('"c"', '"../c"')
    (tmp_path / lock.FILE).write_text(broken[:-4])
    found = lock.salvage(tmp_path)
    assert found is not None
    assert (found.names, found.files) == ({"#/a": "a"}, {})


GROUPS = """openapi: 3.1.1
info: {{title: Shown, version: "1"}}
paths:
  /a: {{get: {{operationId: Cats_List, responses: {{"200": {{description: All.}}}}}}}}
  /b: {{get: {{operationId: {second}, responses: {{"200": {{description: All.}}}}}}}}
"""


def test_names_that_come_together_are_told_apart(tmp_path: Path) -> None:
    spec, before = tmp_path / "openapi.yaml", None
    for second in ("Dogs_List", "Cats_ListDogs"):
        spec.write_text(GROUPS.format(second=second))
        result = understand(spec)
        assert result.value is not None
        made = package(result.value, Config(), "", before, accept=True)
        (tmp_path / lock.FILE).write_text(made.files[lock.FILE])
        before = lock.read(tmp_path)
    calls = json.loads(made.files[lock.FILE])["operations"]
    assert {c["path"]: c["call"] for c in calls.values()} == {
        "/a": "cats.list",
        "/b": "cats.list_dogs",
    }


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("names", "#/a", "x: object = __import__('os').system('x') #"),
        ("names", "#/a", "class"),
        ("names", "#/a", ""),
        ("files", "../outside.txt", "0"),
        ("files", "/etc/passwd", "0"),
        ("files", "a/../../b", "0"),
    ],
)
def test_a_lock_is_not_trusted(tmp_path: Path, part: str, key: str, value: str) -> None:
    data: dict[str, object] = {"calque": "1", "document": "", "files": {}, "names": {}}
    (tmp_path / lock.FILE).write_text(json.dumps(data | {part: {key: value}}))
    with pytest.raises(lock.LockError):
        lock.read(tmp_path)


@pytest.mark.parametrize(
    ("title", "expected", "client"),
    [
        ("Pet Store", "pet_store", "PetStoreClient"),
        ("class", "class_client", "ClassClient"),
        ("日本語 API", "api_client", None),
        ("Calendar", "calendar_client", "CalendarClient"),
        ("msgspec", "msgspec_client", "MsgspecClient"),
        ("Acme Client", "acme_client", "AcmeClient"),
        ("", "api_client", "ApiClient"),
        ("🚀", "api_client", None),
    ],
)
def test_a_title_gives_a_package_that_can_be_imported(
    tmp_path: Path, title: str, expected: str, client: str | None
) -> None:
    spec = tmp_path / "openapi.json"
    info = {"title": title, "version": "1"}
    spec.write_text(json.dumps({"openapi": "3.1.1", "info": info, "paths": {}}))
    result = understand(spec)
    assert result.value is not None
    files = package(result.value, Config(), "").files
    assert f"{expected}/__init__.py" in files
    name = tomllib.loads(files["pyproject.toml"])["project"]["name"]
    assert name == expected.replace("_", "-")
    if client is not None:
        assert f"class {client}(" in files[f"{expected}/_client.py"]


def test_a_new_title_does_not_rename_the_package(tmp_path: Path) -> None:
    made: dict[str, str] = {}
    before = None
    for title in ("Pet Store", "Pet Shop"):
        (tmp_path / "openapi.yaml").write_text(
            f"openapi: 3.1.1\ninfo: {{title: {title}, version: '1'}}\npaths: {{}}\n"
        )
        result = understand(tmp_path / "openapi.yaml")
        assert result.value is not None
        made = dict(package(result.value, Config(), "", before).files)
        (tmp_path / lock.FILE).write_text(made[lock.FILE])
        before = lock.read(tmp_path)
    assert "class PetStoreClient(" in made["pet_store/_client.py"]


def method(client: object, chain: str) -> Callable[..., object]:
    """What a chain of attributes leads to from a client."""
    for name in chain.split("."):
        client = getattr(client, name)
    assert callable(client)
    return client


def test_an_operation_can_be_called_by_its_id() -> None:
    operation = json.loads(LOCK.read_text("utf-8"))["operations"][
        "ServerCalling_CreateCall"
    ]
    body = operation["arguments"]["body"]
    someone = models.CommunicationIdentifierModel(raw_id="8:acs:a")
    values = {
        "callbackUri": "https://app.contoso.com/callback",
        "source": models.CallSource(identifier=someone),
        "targets": [someone],
    }
    assert {name for name, said in body.items() if said["required"]} == set(values)
    with (
        Service() as service,
        CallAutomationClient(
            service.endpoint, credential=AccessKey(ACCESS_KEY)
        ) as client,
    ):
        call = method(client, operation["call"])
        result = call(**{body[name]["name"]: value for name, value in values.items()})
    assert type(result).__name__ == operation["returns"].removeprefix("m.")
    named = {
        argument["name"]
        for place in operation["arguments"].values()
        for argument in place.values()
    }
    assert named | {"options"} == set(signature(call).parameters)


def surface_of(text: str, folder: Path) -> dict[str, object]:
    """What the lock of a document's package says of the surface."""
    (folder / "openapi.yaml").write_text(text, "utf-8")
    result = understand(folder / "openapi.yaml")
    assert result.value is not None
    text = package(result.value, Config(), "").files[lock.FILE]
    return dict(lock.parsed(text.encode(), lock.FILE).surface)


@pytest.mark.parametrize(
    "path",
    [p for p in CASES if "beside" not in p.read_text("utf-8")],
    ids=lambda p: p.stem,
)
def test_a_surface_is_read_as_it_was_written(path: Path, tmp_path: Path) -> None:
    data = surface_of(read(path).document, tmp_path)
    again = stored(restored(data))
    assert again.keys() - {"webhooks"} == {"client", "operations", "models"}
    assert again == {key: data[key] for key in again}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"returns": ', '"gives": '),
        ('"is": "record"', '"is": "ring"'),
        ('"type": "str"', '"type": 1'),
        ('"fields": {', '"fields": [], "more": {'),
    ],
)
def test_a_broken_surface_is_said_to_be_one(old: str, new: str) -> None:
    text = LOCK.read_text("utf-8")
    assert old in text
    with pytest.raises(SurfaceError, match=r"operations|models"):
        restored(json.loads(text.replace(old, new)))


def test_a_lock_has_an_entry_a_line() -> None:
    lines = LOCK.read_text("utf-8").splitlines()
    assert all(line.count('"id": "#') <= 1 for line in lines)
    entries = [line for line in lines if '"callbackUri": {' in line]
    assert entries
    assert all(entry.rstrip(",").endswith("}") for entry in entries)
