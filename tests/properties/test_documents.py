"""Random documents whole: what a client reads of a service, it can send back as it came.

For each drawn schema the document has an operation that answers with it and one that takes
it; `calque.lock` tells how they are called. CALQUE_EXAMPLES sets how many are tried.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Protocol, cast, runtime_checkable

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from calque.config import Config
from calque.document.node import Json
from calque.pipeline import package, understand
from tests.corpus.fidelity import difference
from tests.made import imported
from tests.properties.schemas import Drawn, schemas

NAME = "tried"
FEW = 12
EXAMPLES = int(os.environ.get("CALQUE_EXAMPLES", FEW))

Call = dict[str, Json]


@runtime_checkable
class Model(Protocol):
    """What models of every package have in common."""

    def __calque_properties__(self) -> dict[str, object]: ...


class Echo:
    """A transport that answers with what it is given, and keeps what it was sent."""

    def __init__(self, made: ModuleType) -> None:
        self.made = made
        self.answer = b""
        self.sent = b""

    def send(self, request: object) -> object:
        self.sent = getattr(request, "content", None) or b""
        headers = self.made.Headers({"content-type": "application/json"})
        return self.made.RawResponse(status=200, headers=headers, content=self.answer)


def document(drawn: list[Drawn]) -> Json:
    """An operation that reads and one that writes for each schema."""
    paths: dict[str, Json] = {}
    for number, each in enumerate(drawn):
        content: Json = {"application/json": {"schema": each.schema}}
        answer: Json = {"description": "It.", "content": content}
        paths[f"/{number}"] = {
            "get": {"operationId": f"get{number}", "responses": {"200": answer}},
            "put": {
                "operationId": f"put{number}",
                "requestBody": {"required": True, "content": content},
                "responses": {"204": {"description": "Kept."}},
            },
        }
    info: Json = {"title": "Tried", "version": "1"}
    return {"openapi": "3.1.1", "info": info, "paths": paths}


def written(spec: Json, folder: Path) -> dict[str, Call]:
    """Writes the package of a document; the calls that its lock lists, by operationId."""
    path = folder / "openapi.json"
    path.write_text(json.dumps(spec), "utf-8")
    result = understand(path)
    assert result.value is not None, [d.message for d in result.diagnostics]
    made = package(result.value, Config(package=NAME), "")
    for file, text in made.files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, "utf-8")
    listed: dict[str, Call] = json.loads(made.files["calque.lock"])["operations"]
    return listed


def method(client: object, call: Call) -> Callable[..., object]:
    """The method of an operation, by the chain of attributes that its call is."""
    for attribute in str(call["call"]).split("."):
        client = getattr(client, attribute)
    return cast("Callable[..., object]", client)


def arguments(call: Call, value: object) -> dict[str, object]:
    """The keywords that give a value as the body: itself, or its members."""
    places = cast("dict[str, dict[str, dict[str, Json]]]", call["arguments"])
    listed = places["body"]
    if [each["id"] for each in listed.values()] == ["requestBody"]:
        (only,) = listed.values()
        return {str(only["name"]): value}
    assert isinstance(value, Model)
    members = value.__calque_properties__()
    return {str(listed[wire]["name"]): member for wire, member in members.items()}


@settings(
    max_examples=EXAMPLES,
    derandomize=EXAMPLES == FEW,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(schemas(), min_size=3, max_size=3), st.data())
def test_what_was_read_can_be_sent_back(
    drawn: list[Drawn], data: st.DataObject
) -> None:
    spec = document(drawn)
    note(json.dumps(spec))
    sys.dont_write_bytecode = True
    with TemporaryDirectory() as name:
        calls = written(spec, Path(name))
        with imported(Path(name), NAME) as made:
            echo = Echo(made)
            client = made.TriedClient(
                base_url="http://test", transport=echo, keep_unknown=True
            )
            for number, each in enumerate(drawn):
                value = data.draw(each.values)
                echo.answer = json.dumps(value).encode()
                read = method(client, calls[f"get{number}"])()
                given_ = arguments(calls[f"put{number}"], read)
                method(client, calls[f"put{number}"])(**given_)
                sent = json.loads(echo.sent)
                assert difference(sent, value) is None, value
