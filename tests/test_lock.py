"""What `calque.lock` remembers is enough to keep names, and to call by operationId."""

from __future__ import annotations

import json
from collections.abc import Callable
from inspect import signature
from pathlib import Path

import pytest
from acs_call_automation import AccessKey, CallAutomationClient, models

from calque import lock
from calque.config import Config
from calque.pipeline import package, understand
from tests.behaviour.service import ACCESS_KEY, Service

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
    made = package(result.value, Config(), b"", before)
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


@pytest.mark.parametrize("text", ["", "{", "[]", '{"calque": "1"}', "<<<<<<< HEAD\n{}"])
def test_a_broken_lock_is_said_to_be_one(tmp_path: Path, text: str) -> None:
    (tmp_path / lock.FILE).write_text(text)
    with pytest.raises(lock.LockError, match="restore it from version control"):
        lock.read(tmp_path)


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
