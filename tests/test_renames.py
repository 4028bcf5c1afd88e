"""What a rename in the document does: names stay, it is proposed, and may be accepted."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from calque import lock
from calque.codes import Code
from calque.comparison import diff
from calque.config import Config, ConfigError
from calque.diagnostics import render
from calque.pipeline import Package, package, understand
from calque.surface import restored
from tests.made import imported

HEAD = "openapi: 3.1.1\ninfo: {title: Shown, version: '1'}\nservers: [{url: 'http://127.0.0.1:9'}]\n"
PETS = """
paths:
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pets]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: One.
          content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses: {"200": {description: All.}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}, age: {type: integer}}}
"""


def made(
    text: str, folder: Path, config: Config | None = None, *, accept: bool = False
) -> Package:
    """The package of a document, over the lock of the one before."""
    spec = folder / "openapi.yaml"
    spec.write_text(HEAD + text)
    result = understand(spec)
    assert result.value is not None
    found = package(
        *(result.value, config or Config(package="shown"), ""),
        lock.read(folder),
        accept=accept,
    )
    (folder / lock.FILE).write_text(found.files[lock.FILE])
    assert {d.code for d in found.diagnostics} <= {Code.RENAMED}
    for diagnostic in found.diagnostics:
        assert "openapi.yaml:" in render(diagnostic, result.locator)
    return found


def calls(found: Package) -> dict[str, str]:
    """How each operation is called, by path."""
    data = json.loads(found.files[lock.FILE])["operations"]
    return {call["path"]: call["call"] for call in data.values()}


def proposed(found: Package) -> list[str]:
    return [diagnostic.message for diagnostic in found.diagnostics]


BEFORE = {"/pets/{id}": "pets.get_pet", "/pets": "pets.list_pets"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "getPet",
            "fetchPet",
            "`pets.get_pet` keeps its name, and would now be `pets.fetch_pet`",
        ),
        (
            "operationId: listPets\n      tags: [pets]",
            "operationId: listPets\n      tags: [animals]",
            "`pets.list_pets` keeps its name, and would now be `animals.list_pets`",
        ),
        (
            "tags: [pets]",
            "tags: [animals]",
            "`pets` keeps its name, and would now be `animals`",
        ),
    ],
)
def test_a_renamed_call_stays_and_is_proposed(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert calls(made(PETS, tmp_path)) == BEFORE
    after = PETS.replace(old, new)
    for _ in range(2):  # Until it is decided.
        found = made(after, tmp_path)
        assert calls(found) == BEFORE
        assert proposed(found) == [message]
    assert proposed(made(PETS, tmp_path)) == []


def test_a_renamed_model_stays_and_is_proposed(tmp_path: Path) -> None:
    made(PETS, tmp_path)
    after = PETS.replace("schemas/Pet", "schemas/PetInfo").replace("Pet:", "PetInfo:")
    message = "`models.Pet` keeps its name, and would now be `models.PetInfo`"
    for _ in range(2):
        found = made(after, tmp_path)
        assert "class Pet(" in found.files["shown/models/pets.py"]
        assert proposed(found) == [message]
    assert proposed(made(PETS, tmp_path)) == []


@pytest.mark.parametrize(
    "after",
    [
        PETS.replace("getPet", "GetPet"),
        PETS.replace("/pets/{id}", "/v2/pets/{id}"),
        PETS.replace("{id}", "{petId}").replace("name: id", "name: petId"),
        PETS.replace("getPet", "get_pet"),
    ],
    ids=["case", "path", "variable", "spelling"],
)
def test_what_is_called_the_same_is_no_rename(tmp_path: Path, after: str) -> None:
    made(PETS, tmp_path)
    found = made(after, tmp_path)
    assert list(calls(found).values()) == list(BEFORE.values())
    assert proposed(found) == []


def test_operations_that_swap_their_ids_swap_their_places(tmp_path: Path) -> None:
    made(PETS, tmp_path)
    swapped = PETS.replace("getPet", "x").replace("listPets", "getPet")
    found = made(swapped.replace("operationId: x", "operationId: listPets"), tmp_path)
    assert calls(found) == {"/pets/{id}": "pets.list_pets", "/pets": "pets.get_pet"}
    assert proposed(found) == []


def test_variants_keep_their_names_in_any_order(tmp_path: Path) -> None:
    variants = [
        "{type: object, properties: {wings: {type: integer}}}",
        "{type: object, properties: {fins: {type: integer}}}",
        "{type: object, properties: {legs: {type: integer}}}",
    ]
    text = PETS.replace(
        "Pet: {type: object, properties: ",
        "Pet: {oneOf: [%s]}\n    X: {type: object, properties: ",
    )
    first = made(text % ", ".join(variants), tmp_path).files["shown/models/pets.py"]
    for order in ([2, 0, 1], [0, 2, 1], [1, 2]):
        chosen = ", ".join(variants[i] for i in order)
        found = made(text % chosen, tmp_path).files["shown/models/pets.py"]
        for field in (["wings", "fins", "legs"][i] for i in order):
            before, _, _ = first.partition(f"    {field}:")
            after, _, _ = found.partition(f"    {field}:")
            assert before.rsplit("class ", 1)[1] == after.rsplit("class ", 1)[1]


RENAMED = (
    PETS.replace("getPet", "fetchPet")
    .replace(
        "operationId: listPets\n      tags: [pets]",
        "operationId: listPets\n      tags: [animals]",
    )
    .replace("schemas/Pet", "schemas/PetInfo")
    .replace("Pet: {", "PetInfo: {")
)


def written(found: Package, folder: Path) -> None:
    for path, text in found.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def test_accepted_renames_leave_aliases_that_warn(tmp_path: Path) -> None:
    made(PETS, tmp_path)
    made(RENAMED, tmp_path, accept=True)
    found = made(RENAMED, tmp_path)
    assert proposed(found) == []
    assert calls(found) == {
        "/pets/{id}": "pets.fetch_pet",
        "/pets": "animals.list_pets",
    }
    written(found, tmp_path / "out")
    with imported(tmp_path / "out", "shown") as shown:
        client = shown.ShownClient(max_retries=0)
        for former in ("get_pet", "list_pets"):
            arguments = {"id": "1"} if former == "get_pet" else {}
            with (
                pytest.raises(shown.ApiConnectionError),
                pytest.warns(DeprecationWarning, match=f"`{former}` is now") as caught,
            ):
                getattr(client.pets, former)(**arguments)
            assert caught[0].filename == __file__
        with pytest.warns(DeprecationWarning, match="PetInfo"):
            assert shown.models.Pet is shown.models.PetInfo
        client.close()


KINDS = """
paths:
  /kinds:
    get:
      operationId: getKind
      responses: {"200": {description: One., content: {application/json: {schema: {$ref: "#/components/schemas/Kind"}}}}}
components:
  schemas:
    Kind: {type: string, enum: [dog, cat]}
"""


def test_a_renamed_enumeration_leaves_the_alias_of_its_values_too(
    tmp_path: Path,
) -> None:
    old = made(KINDS, tmp_path)
    made(KINDS.replace("Kind", "KIND"), tmp_path, accept=True)
    found = made(KINDS.replace("Kind", "KIND"), tmp_path)
    written(found, tmp_path / "out")
    with imported(tmp_path / "out", "shown"):
        models = import_module("shown.models")
        with pytest.warns(DeprecationWarning, match=r"KindLike` is now .*KINDLike`"):
            assert models.KindLike is models.KINDLike
        assert {"KindLike", "KINDLike"} <= set(models.__all__)
    surfaces = [lock.parsed(p.files[lock.FILE].encode(), "") for p in (old, found)]
    report = diff(*(restored(each.surface) for each in surfaces))
    assert [c.rule.code for c in report.changes if c.subject == "m.Kind"] == [
        "model-name-deprecated"
    ]


def test_a_chosen_name_leaves_the_alias_of_an_enumeration_too(tmp_path: Path) -> None:
    made(KINDS, tmp_path)
    found = made(KINDS, tmp_path, Config(package="shown", models={"Kind": "PetKind"}))
    written(found, tmp_path / "out")
    with imported(tmp_path / "out", "shown"):
        models = import_module("shown.models")
        with pytest.warns(DeprecationWarning, match="PetKindLike"):
            assert models.KindLike is models.PetKindLike


def test_a_renamed_resource_leaves_an_alias(tmp_path: Path) -> None:
    made(PETS, tmp_path)
    after = PETS.replace("tags: [pets]", "tags: [animals]")
    made(after, tmp_path, accept=True)
    found = made(after, tmp_path)
    assert calls(found)["/pets"] == "animals.list_pets"
    written(found, tmp_path / "out")
    with imported(tmp_path / "out", "shown") as shown, shown.ShownClient() as client:
        with pytest.warns(DeprecationWarning, match="`pets` is now `client.animals`"):
            former = client.pets
        assert former is client.animals


def test_an_alias_is_nobody_else_s_name(tmp_path: Path) -> None:
    made(PETS, tmp_path)
    after = PETS.replace("getPet", "fetchPet")
    made(after, tmp_path, accept=True)
    newcomer = after.replace(
        "  /pets:",
        "  /pet:\n    get: {operationId: getPet, tags: [pets], responses: {'200': {description: A.}}}\n  /pets:",
    )
    found = made(newcomer, tmp_path)
    assert calls(found)["/pets/{id}"] == "pets.fetch_pet"
    assert calls(found)["/pet"] == "pets.get_pet_"


def test_a_chosen_name_takes_the_place_of_a_locked_one(tmp_path: Path) -> None:
    made(PETS, tmp_path)
    config = Config(
        package="shown",
        calls={"getPet": "pets.get"},
        models={"Pet": "Animal"},
    )
    found = made(PETS, tmp_path, config)
    assert calls(found)["/pets/{id}"] == "pets.get"
    assert "class Animal(" in found.files["shown/models/pets.py"]
    memory = lock.read(tmp_path)
    assert memory is not None
    assert memory.aliases.keys() == {"pets.get_pet", "models.Pet"}


OWNERS = """    Owner: {type: object, properties: {kind: {$ref: "#/components/schemas/Kind"}}}
    Kind: {type: string, enum: [a, b]}
"""


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            Config(calls={"getPet": "pets.list_pets"}),
            "`pets.list_pets` is what `listPets` is called so far",
        ),
        (
            Config(models={"Pet": "Owner"}),
            "`models.Owner` is what `Owner` is called so far",
        ),
        (
            Config(models={"Pet": "KindLike"}),
            "`models.KindLike` is what `Kind` is called so far",
        ),
    ],
)
def test_a_chosen_name_takes_none_that_something_else_has(
    tmp_path: Path, settings: Config, message: str
) -> None:
    made(PETS + OWNERS, tmp_path)
    with pytest.raises(ConfigError, match=message):
        made(PETS + OWNERS, tmp_path, settings)
    # What comes later than the choice may be called otherwise.
    (tmp_path / lock.FILE).unlink()
    before = calls(made(PETS + OWNERS, tmp_path, settings))
    assert calls(made(PETS + OWNERS, tmp_path, settings)) == before


def test_names_are_swapped_where_both_are_chosen(tmp_path: Path) -> None:
    made(PETS + OWNERS, tmp_path)
    settings = Config(
        package="shown",
        calls={"getPet": "pets.list_pets", "listPets": "pets.get_pet"},
        models={"Pet": "Owner", "Owner": "Pet"},
    )
    found = made(PETS + OWNERS, tmp_path, settings)
    assert calls(found) == {"/pets/{id}": "pets.list_pets", "/pets": "pets.get_pet"}
    memory = lock.read(tmp_path)
    assert memory is not None
    assert memory.names["#/components/schemas/Pet/class"] == "Owner"
    assert memory.names["#/components/schemas/Owner/class"] == "Pet"


def test_a_choice_settles_a_rename(tmp_path: Path) -> None:
    made(PETS, tmp_path)
    after = PETS.replace("getPet", "fetchPet")
    kept = Config(package="shown", calls={"fetchPet": "pets.get_pet"})
    for config in (kept, Config(package="shown")):
        found = made(after, tmp_path, config)
        assert calls(found) == BEFORE
        assert proposed(found) == []


def test_aliases_are_dropped_with_what_they_mean(tmp_path: Path) -> None:
    made(PETS, tmp_path)
    made(PETS.replace("getPet", "fetchPet"), tmp_path, accept=True)
    without = "paths:\n  /pets:" + PETS.partition("  /pets:")[2]
    made(without, tmp_path)
    memory = lock.read(tmp_path)
    assert memory is not None
    assert memory.aliases == {}
    assert replace(memory, files={}).names["#/paths/~1pets/get"] == "list_pets"


def test_a_rename_on_one_side_of_a_conflict_moves_no_name(tmp_path: Path) -> None:
    made(PETS, tmp_path)
    ours = (tmp_path / lock.FILE).read_text()
    made(PETS.replace("getPet", "fetchPet"), tmp_path, accept=True)
    theirs = (tmp_path / lock.FILE).read_text()
    (tmp_path / lock.FILE).write_text(
        f"<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n"
    )
    both = lock.salvage(tmp_path)
    assert both is not None
    (tmp_path / lock.FILE).write_text(lock.dump(both))
    assert calls(made(PETS, tmp_path)) == BEFORE
    memory = lock.read(tmp_path)
    assert memory is not None
    assert memory.aliases == {}
