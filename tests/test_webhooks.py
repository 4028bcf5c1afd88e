"""Which webhooks a package has, what they are called, and where their models are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import calque
from calque import lock
from calque.config import Config, ConfigError
from calque.document.node import Json
from calque.pipeline import package, understand

ANSWERS: Json = {"204": {"description": "Noted."}}


def webhook(schema: Json, **more: Json) -> Json:
    body: Json = {"content": {"application/json": {"schema": schema}}}
    return {"post": {"requestBody": body, "responses": ANSWERS, **more}}


def record(**properties: Json) -> Json:
    return {"type": "object", "required": [*properties], "properties": properties}


def document(webhooks: Json, **more: Json) -> Json:
    paths: Json = {
        "/pets": {
            "get": {"tags": ["pets"], "operationId": "list", "responses": ANSWERS},
            "post": {
                "tags": ["pets"],
                "operationId": "add",
                "callbacks": {"added": {"{$url}": webhook({"type": "integer"})}},
                "responses": ANSWERS,
            },
        },
    }
    head: Json = {"title": "Shown", "version": "1.0.0"}
    whole: dict[str, Json] = {"openapi": "3.1.1", "info": head, "paths": paths}
    return {**whole, "webhooks": webhooks, **more}


def made(folder: Path, spec: Json, settings: Config | None = None) -> dict[str, str]:
    folder.mkdir(exist_ok=True)
    (folder / "openapi.json").write_text(json.dumps(spec), "utf-8")
    result = understand(folder / "openapi.json")
    assert result.value is not None, result.diagnostics
    return dict(package(result.value, settings or Config(package="shown"), "").files)


def webhooks(files: dict[str, str]) -> dict[str, str]:
    """What each webhook is read as, by its name in Python."""
    seen = json.loads(files[lock.FILE]).get("webhooks", {})
    return {name: said["type"] for name, said in seen.items()}


TAGGED: Json = {
    "petCame": webhook(record(kind={"const": "came"}), tags=["pets"]),
    "petLeft": webhook(record(kind={"const": "left"}), operationId="onLeft"),
}


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        (Config(), {"added", "pet_came", "pet_left", "any_webhook"}),
        (Config(include=("tag:pets",)), {"added", "pet_came", "any_webhook"}),
        (Config(include=("id:list", "id:onLeft")), {"pet_left", "any_webhook"}),
        (Config(exclude=("path:petC*",)), {"added", "pet_left", "any_webhook"}),
        (Config(exclude=("path:pet*",)), {"added", "any_webhook"}),
        (Config(exclude=("id:add",)), {"pet_came", "pet_left", "any_webhook"}),
        (Config(include=("id:list",)), set[str]()),
    ],
)
def test_webhooks_are_chosen_as_operations_are(
    tmp_path: Path, settings: Config, names: set[str]
) -> None:
    files = made(tmp_path, document(TAGGED), settings)
    assert webhooks(files).keys() == names
    assert any(path.endswith("webhooks.py") for path in files) == bool(names)


def test_a_pattern_that_nothing_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="path:cat"):
        made(tmp_path, document(TAGGED), Config(exclude=("path:cat*",)))


def test_what_only_a_webhook_speaks_of_goes_with_it(tmp_path: Path) -> None:
    schemas: Json = {"Cat": record(name={"type": "string"})}
    spec = document(
        {"cat": webhook({"$ref": "#/components/schemas/Cat"})},
        components={"schemas": schemas},
    )
    models = json.loads(made(tmp_path, spec)[lock.FILE])["models"]
    assert models["Cat"]["module"] == "webhooks"
    some = made(tmp_path, spec, Config(exclude=("path:cat",), package="shown"))
    assert "Cat" not in json.loads(some[lock.FILE])["models"]


@pytest.mark.parametrize(
    ("one", "other", "tag"),
    [
        ({"const": "a"}, {"const": "b"}, "kind"),
        ({"enum": ["a", "b"]}, {"enum": ["c"]}, "kind"),
        ({"enum": ["a", "b"]}, {"enum": ["b", "c"]}, None),
        ({"const": "a"}, {"type": "string"}, None),
        ({"const": 1}, {"const": 2}, None),
        ({"const": "a"}, {"type": "string", "x-extensible-enum": ["b"]}, None),
    ],
)
def test_payloads_are_told_apart_by_what_never_is_the_same(
    tmp_path: Path, one: Json, other: Json, tag: str | None
) -> None:
    shown = document({"a": webhook(record(kind=one)), "b": webhook(record(kind=other))})
    models = json.loads(made(tmp_path, shown)[lock.FILE])["models"]
    union = models.get("WebhookPayload")
    assert (union and union["tag"]) == tag


def test_unions_are_told_apart_by_what_they_are_of(tmp_path: Path) -> None:
    def named(*names: str) -> Json:
        return {"oneOf": [record(kind={"const": name}) for name in names]}

    shown = document({"ab": webhook(named("a", "b")), "c": webhook(named("c"))})
    files = made(tmp_path, shown)
    assert webhooks(files)["any_webhook"] == "m.WebhookPayload"
    assert '"a": ' in files["shown/models/webhooks.py"]
    lists = document({"a": webhook(named("a")), "b": webhook({"type": "array"})})
    assert "any_webhook" not in webhooks(made(tmp_path, lists))


def test_the_name_of_a_schema_is_the_users_own(tmp_path: Path) -> None:
    schemas: Json = {"WebhookPayload": record(name={"type": "string"})}
    files = made(tmp_path, document(TAGGED, components={"schemas": schemas}))
    models = json.loads(files[lock.FILE])["models"]
    assert models["WebhookPayload"]["is"] == "record"
    assert webhooks(files)["any_webhook"] == "m.WebhookPayloadModel"


def test_a_reference_into_a_webhook_changes_no_name(tmp_path: Path) -> None:
    inline = {"came": webhook(record(name={"type": "string"}))}
    place = "#/webhooks/came/post/requestBody/content/application~1json/schema"
    again: Json = {**inline, "again": webhook({"$ref": place})}
    # Referred to from before the place itself is read.
    early: Json = {"before": webhook({"$ref": place}), **inline}
    for number, shown in enumerate((inline, again, early)):
        files = made(tmp_path / str(number), document(shown))
        assert webhooks(files)["came"] == "m.CamePayload"


def test_many_models_are_not_all_in_one_module(tmp_path: Path) -> None:
    def shown(count: int) -> Json:
        return document(
            {f"{w}-{i}": webhook(record(a={})) for w in "ab" for i in range(count)}
        )

    def modules(count: int) -> set[str]:
        files = made(tmp_path, shown(count))
        models = json.loads(files[lock.FILE])["models"]
        return {model["module"] for model in models.values()}

    assert modules(50) == {"webhooks"}
    assert modules(51) == {"webhooks_a", "webhooks_b"}


def test_callers_only_get_what_webhooks_carry(tmp_path: Path) -> None:
    def side(name: str, kinds: list[Json], required: list[Json]) -> Path:
        schema: Json = {
            "type": "object",
            "required": required,
            "properties": {"kind": {"$ref": "#/components/schemas/K"}, "at": {}},
        }
        schemas: Json = {"K": {"type": "string", "enum": kinds}}
        spec = document({"came": webhook(schema)}, components={"schemas": schemas})
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(spec), "utf-8")
        return path

    old = side("old", ["a", "b"], ["kind"])
    wider = side("wider", ["a", "b", "c"], [])
    found = {change.rule.code for change in calque.diff(old, wider).changes}
    assert found == {"closed-enum-value-added", "field-may-be-absent"}
    stricter = side("stricter", ["a", "b"], ["kind", "at"])
    found = {change.rule.code for change in calque.diff(old, stricter).changes}
    assert found == {"field-always-there"}


@pytest.mark.parametrize(
    "stands", [None, [], "words", {"a": None}, {"a": []}, {"a": {"post": 1}}]
)
def test_whatever_stands_in_an_extension_is_no_fault(
    tmp_path: Path, stands: Json
) -> None:
    spec: Json = {
        "openapi": "3.0.3",
        "info": {"title": "Shown", "version": "1"},
        "paths": {},
        "x-webhooks": stands,
    }
    assert not webhooks(made(tmp_path, spec))


def test_swagger_has_no_webhooks(tmp_path: Path) -> None:
    spec: Json = {
        "swagger": "2.0",
        "info": {"title": "Shown", "version": "1"},
        "paths": {},
        "x-webhooks": {"a": {"post": {"responses": ANSWERS}}},
    }
    assert not webhooks(made(tmp_path, spec))
