"""Which operations go on, and to what: as their document tells, and as `calque.toml` does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from calque import config
from calque.config import Config, ConfigError
from calque.document.node import Json
from calque.model.polled import with_polling
from calque.model.polling import Polling
from calque.model.types import Kind, Null, Ref, Scalar, Type, any_of
from calque.pipeline import Result, understand
from calque.poll_settings import PollSetting

SAID: dict[str, Json] = {"x-ms-long-running-operation": True}
SHIP = Ref("#/components/schemas/Ship")
MONITOR = Ref("#/components/schemas/Monitor")
SCHEMAS: Json = {
    "Ship": {"type": "object", "properties": {"name": {"type": "string"}}},
    "Monitor": {
        "type": "object",
        "properties": {"status": {"type": "string"}, "output": {"type": "integer"}},
    },
}


def read(
    folder: Path,
    answers: dict[str, str],
    method: str = "post",
    said: dict[str, Json] | None = None,
) -> Result:
    """An operation whose answers, by status, are of these schemas, "" for no content."""
    responses: dict[str, Json] = {
        status: {
            "description": "It.",
            **({"content": content(schema)} if schema else {}),
        }
        for status, schema in answers.items()
    }
    operation: Json = {
        "operationId": "go",
        "responses": responses,
        **(SAID if said is None else said),
    }
    document: Json = {
        "openapi": "3.1.1",
        "info": {"title": "T", "version": "1"},
        "paths": {"/go": {method: operation}},
        "components": {"schemas": SCHEMAS},
    }
    path = folder / "openapi.json"
    path.write_text(json.dumps(document), "utf-8")
    return understand(path)


def content(schema: str) -> Json:
    media = "text/event-stream" if schema == "stream" else "application/json"
    named: Json = {"$ref": f"#/components/schemas/{schema}"}
    return {media: {"schema": {"type": "string"} if schema == "stream" else named}}


def polling(result: Result, settings: Config | None = None) -> Polling | None:
    assert result.value is not None
    api = with_polling(result.value, settings or Config())
    return api.operations[0].polling


def options(**given: str) -> dict[str, Json]:
    said: Json = {key.replace("_", "-"): value for key, value in given.items()}
    return {**SAID, "x-ms-long-running-operation-options": said}


@pytest.mark.parametrize(
    ("method", "answers", "type_"),
    [
        ("put", {"200": "Ship", "201": "Ship"}, SHIP),
        ("put", {"200": "Ship", "201": "Monitor"}, any_of(SHIP, MONITOR)),
        ("put", {"200": "Ship", "201": "", "202": ""}, SHIP),
        ("put", {"200": "Ship", "202": "Monitor"}, SHIP),
        ("put", {"202": "Ship"}, SHIP),
        ("put", {"200": "", "202": ""}, Null()),
        ("patch", {"200": "Ship", "202": "", "204": ""}, SHIP),
        ("post", {"200": "Ship", "202": ""}, SHIP),
        ("post", {"200": "", "202": "Ship"}, Null()),
        ("post", {"200": "Ship", "204": ""}, any_of(SHIP, Null())),
        ("post", {"202": "Monitor"}, MONITOR),
        ("post", {"202": ""}, Null()),
        ("post", {"2XX": "Ship"}, SHIP),
        ("post", {"default": "Ship"}, SHIP),
        ("post", {"202": "", "default": "Ship"}, Null()),
        ("post", {"400": "Ship"}, Null()),
        ("delete", {"200": "", "202": "Ship", "204": ""}, Null()),
        ("delete", {"200": "Ship", "202": "", "204": ""}, any_of(SHIP, Null())),
    ],
)
def test_what_an_operation_comes_to(
    tmp_path: Path, method: str, answers: dict[str, str], type_: Type
) -> None:
    assert polling(read(tmp_path, answers, method)) == Polling(type=type_)


@pytest.mark.parametrize("said", [{}, {"x-ms-long-running-operation": False}])
def test_others_do_not_go_on(tmp_path: Path, said: dict[str, Json]) -> None:
    assert polling(read(tmp_path, {"202": "Ship"}, said=said)) is None


@pytest.mark.parametrize(
    ("method", "final", "schema", "result"),
    [
        ("post", "operation-location", "Ship", ("result",)),
        ("post", "azure-async-operation", "Ship", ("properties",)),
        ("post", "operation-location", "Monitor", ()),
        ("post", "azure-async-operation", "", ()),
        ("put", "azure-async-operation", "Ship", ()),
        ("post", "location", "Ship", ()),
    ],
)
def test_where_the_result_is(
    tmp_path: Path, method: str, final: str, schema: str, result: tuple[str, ...]
) -> None:
    said = options(final_state_via=final)
    found = polling(read(tmp_path, {"200": schema, "202": ""}, method, said))
    assert found is not None
    assert (found.final, found.result, found.own) == (final, result, False)


def test_a_schema_of_its_own(tmp_path: Path) -> None:
    for place in ("definitions", "components/schemas"):
        given = options(
            final_state_via="operation-location", final_state_schema=f"#/{place}/Ship"
        )
        found = polling(read(tmp_path, {"202": "Monitor"}, said=given))
        assert found == Polling(
            type=SHIP, final="operation-location", result=("result",), own=True
        )


@pytest.mark.parametrize(
    ("answers", "said", "message"),
    [
        ({"200": "stream"}, SAID, "its answer is a stream"),
        (
            {"202": ""},
            options(final_state_schema="#/definitions/Nope"),
            "no schema `#/definitions/Nope`",
        ),
    ],
)
def test_what_cannot_be_told_is_a_warning(
    tmp_path: Path, answers: dict[str, str], said: dict[str, Json], message: str
) -> None:
    result = read(tmp_path, answers, said=said)
    assert polling(result) is None
    assert any(message in each.message for each in result.diagnostics)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{}", Polling(type=MONITOR)),
        ("{final = 'location'}", Polling(type=MONITOR, final="location")),
        (
            "{link = '/links/a~1b', status = '/state', hosts = ['b.example:1']}",
            Polling(
                type=MONITOR,
                link=("links", "a/b"),
                status=("state",),
                hosts=("b.example:1",),
            ),
        ),
        (
            "{succeeded = ['done'], failed = ['error', 'lost']}",
            Polling(type=MONITOR, succeeded=("done",), failed=("error", "lost")),
        ),
        (
            "{result = '/output'}",
            Polling(type=Scalar(Kind.INTEGER), result=("output",), own=True),
        ),
        ("{schema = 'Monitor'}", Polling(type=MONITOR, own=True)),
        (
            "{schema = 'Monitor', result = '/x/y'}",
            Polling(type=MONITOR, result=("x", "y"), own=True),
        ),
    ],
)
def test_settings_say_what_the_document_does_not(
    tmp_path: Path, text: str, found: Polling
) -> None:
    (tmp_path / config.FILE).write_text(f"[polling]\ngo = {text}")
    result = read(tmp_path, {"202": "Monitor"}, said={})
    assert polling(result, config.read(tmp_path)) == found


def test_settings_are_stronger_than_the_document(tmp_path: Path) -> None:
    result = read(tmp_path, {"200": "Ship"}, said=options(final_state_via="location"))
    setting = PollSetting(final="original-uri")
    found = polling(result, Config(polling={"go": setting}))
    assert found == Polling(type=SHIP, final="original-uri")


@pytest.mark.parametrize("text", ["go = false", "'*' = false"])
def test_settings_deny_what_the_document_says(tmp_path: Path, text: str) -> None:
    (tmp_path / config.FILE).write_text(f"[polling]\n{text}")
    result = read(tmp_path, {"202": ""})
    assert polling(result) is not None
    assert polling(result, config.read(tmp_path)) is None


def test_what_goes_on_has_no_pages(tmp_path: Path) -> None:
    said: dict[str, Json] = {**SAID, "x-ms-pageable": {"nextLinkName": "next"}}
    result = read(tmp_path, {"200": "Ship"}, said=said)
    assert result.value is not None
    (operation,) = with_polling(result.value, Config()).operations
    assert (operation.paging, operation.polling) == (None, Polling(type=SHIP))


@pytest.mark.parametrize(
    ("name", "setting", "message"),
    [
        ("nope", PollSetting(), "no operation has the operationId"),
        ("go", PollSetting(result="/x"), "nothing at `/x`: `schema` says"),
        ("go", PollSetting(schema="Nope"), "no schema `Nope`"),
    ],
)
def test_settings_that_do_not_fit_are_errors(
    tmp_path: Path, name: str, setting: PollSetting, message: str
) -> None:
    result = read(tmp_path, {"202": "Monitor"}, said={})
    with pytest.raises(ConfigError, match=message):
        polling(result, Config(polling={name: setting}))


@pytest.mark.parametrize(
    "text",
    [
        "polling = true",
        "[polling]\na = true",
        "[polling]\n'*' = {}",
        "[polling]\na = {final = 'elsewhere'}",
        "[polling]\na = {final = ''}",
        "[polling]\na = {status = 'state'}",
        "[polling]\na = {status = ''}",
        "[polling]\na = {schema = 1}",
        "[polling]\na = {succeeded = [1]}",
        "[polling]\na = {failed = ['']}",
        "[polling]\na = {hosts = ['https://a.example']}",
        "[polling]\na = {interval = 3}",
    ],
)
def test_the_forms_of_the_settings(tmp_path: Path, text: str) -> None:
    (tmp_path / config.FILE).write_text(text)
    with pytest.raises(ConfigError, match="polling"):
        config.read(tmp_path)
