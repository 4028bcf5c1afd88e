"""The maker's choice: which operations a package has, and how they are called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from calque import config, lock
from calque.config import Config, ConfigError
from calque.pipeline import package, understand

DOCUMENT = """openapi: 3.1.1
info: {title: Shop, version: "1"}
paths:
  /pets:
    get: {tags: [Pets], operationId: listPets, responses: {"200": &pets {description: Some., content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}}
  /pets/{id}:
    get: {tags: [Pets], operationId: getPet, parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {"200": *pets}}
  /orders:
    get: {tags: [Orders, Admin], operationId: listOrders, responses: {"200": {description: Some., content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
    Order: {type: object, properties: {lines: {type: array, items: {$ref: "#/components/schemas/Line"}}}}
    Line: {type: object, properties: {count: {type: integer}}}
    Unused: {type: object, properties: {a: {type: string}}}
"""


def made(folder: Path, settings: Config) -> dict[str, str]:
    (folder / "openapi.yaml").write_text(DOCUMENT)
    result = understand(folder / "openapi.yaml")
    assert result.value is not None
    return dict(package(result.value, settings, "").files)


def calls(files: dict[str, str]) -> dict[str, str]:
    operations = json.loads(files[lock.FILE])["operations"]
    return {id_: operation["call"] for id_, operation in operations.items()}


@pytest.mark.parametrize(
    ("settings", "chosen"),
    [
        (Config(), {"listPets", "getPet", "listOrders"}),
        (Config(include=("tag:Pets",)), {"listPets", "getPet"}),
        (Config(include=("tag:Admin",)), {"listOrders"}),
        (Config(include=("path:/pets*",)), {"listPets", "getPet"}),
        (Config(include=("id:list*",)), {"listPets", "listOrders"}),
        (Config(include=("id:getPet", "tag:Orders")), {"getPet", "listOrders"}),
        (Config(exclude=("tag:Pets",)), {"listOrders"}),
        (Config(include=("tag:Pets",), exclude=("id:get*",)), {"listPets"}),
    ],
)
def test_operations_are_chosen(
    tmp_path: Path, settings: Config, chosen: set[str]
) -> None:
    assert calls(made(tmp_path, settings)).keys() == chosen


def test_declarations_go_with_the_operations_that_reach_them(tmp_path: Path) -> None:
    every = made(tmp_path, Config())["shop/models/__init__.py"]
    some = made(tmp_path, Config(include=("tag:Orders",)))["shop/models/__init__.py"]
    assert '"Unused"' in every
    assert '"Pet"' in every
    assert '"Line"' in some
    assert '"Order"' in some
    assert '"Pet"' not in some
    assert '"Unused"' not in some


def test_a_call_is_placed_where_it_is_wanted(tmp_path: Path) -> None:
    settings = Config(calls={"getPet": "pets.get", "listOrders": "sales.all"})
    files = made(tmp_path, settings)
    assert calls(files) == {
        "getPet": "pets.get",
        "listOrders": "sales.all",
        "listPets": "pets.list_pets",
    }
    assert "class Sales:" in files["shop/resources/sales.py"]


def test_a_call_is_placed_in_a_resource_by_its_chosen_name(tmp_path: Path) -> None:
    settings = Config(
        calls={"getPet": "animals.get", "listOrders": "animals.orders"},
        resources={"Pets": "animals"},
    )
    files = made(tmp_path, settings)
    assert calls(files) == {
        "getPet": "animals.get",
        "listOrders": "animals.orders",
        "listPets": "animals.list_pets",
    }
    assert {p for p in files if "resources" in p} == {
        "shop/resources/__init__.py",
        "shop/resources/animals.py",
    }


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (Config(include=("tag:Cats",)), "no operation matches `tag:Cats`"),
        (Config(exclude=("id:x",)), "no operation matches `id:x`"),
        (Config(calls={"nope": "a.b"}), "no operation has the operationId `nope`"),
        (
            Config(calls={"getPet": "a.b", "listPets": "a.b"}),
            "`b` is chosen for `getPet` too",
        ),
        (
            Config(resources={"Pets": "a", "Orders": "a"}),
            "`a` is chosen for `Pets` too",
        ),
        (
            Config(models={"Pet": "A", "Order": "A"}),
            "`A` is chosen for `Pet` too",
        ),
        (Config(calls={"getPet": "a.m"}), "`m` is a name of the package's own"),
        (
            Config(calls={"getPet": "close.a"}),
            "`close` is a name of the package's own",
        ),
        (
            Config(resources={"Pets": "with_response"}),
            "`with_response` is a name of the package's own",
        ),
        (Config(models={"Pet": "Model"}), "`Model` is a name of the package's own"),
    ],
)
def test_what_can_t_be_chosen_is_an_error(
    tmp_path: Path, settings: Config, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        made(tmp_path, settings)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("include = 'tag:a'", None),
        ("include = ['pets']", "list of patterns"),
        ("include = [1]", "list of patterns"),
        ("calls = 'a'", "`calls` must be a table"),
        ("[calls]\ngetPet = 'get'", "`calls.getPet` must be"),
        ("[calls]\ngetPet = 'pets.get; import os'", "`calls.getPet` must be"),
    ],
)
def test_the_forms_of_the_settings(
    tmp_path: Path, text: str, message: str | None
) -> None:
    (tmp_path / config.FILE).write_text(text)
    if message is None:
        assert config.read(tmp_path).include == ("tag:a",)
    else:
        with pytest.raises(ConfigError, match=message):
            config.read(tmp_path)
