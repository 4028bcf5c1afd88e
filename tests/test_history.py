"""A document that is edited thirty times: names stay, and a clean run gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calque import lock
from calque.again import understand
from calque.config import Config
from calque.document import Terms
from calque.format import Formatted
from calque.generation import NOTHING, Memory
from calque.pipeline import package, silent
from calque.write import write

pytestmark = pytest.mark.once

Paths: TypeAlias = dict[str, dict[str, object]]


def schema(*names: str, type_: str = "string") -> dict[str, object]:
    return {"type": "object", "properties": {n: {"type": type_} for n in names}}


def operation(id_: str, tag: str, model: str) -> dict[str, object]:
    content = {
        "application/json": {"schema": {"$ref": f"#/components/schemas/{model}"}}
    }
    return {
        "operationId": id_,
        "tags": [tag],
        "responses": {"200": {"description": "Fine.", "content": content}},
    }


def first() -> tuple[Paths, Paths]:
    """The paths and schemas that the history begins with."""
    paths: Paths = {
        "/pets": {"get": operation("listPets", "pets", "Pet")},
        "/pets/best": {"get": operation("getBest", "pets", "Pet")},
        "/shops": {"get": operation("list_shops", "shops", "Shop")},
        "/shops/near": {"post": operation("findShops", "shops", "Shop")},
    }
    schemas: Paths = {
        "Pet": schema("name", "kind", "age"),
        "Shop": schema("street", "town"),
    }
    return paths, schemas


Edit: TypeAlias = Callable[[Paths, Paths], object]


def reorder(table: Paths) -> None:
    for key in sorted(table, reverse=True):
        table[key] = table.pop(key)


def rename(paths: Paths, path: str, method: str, id_: str) -> None:
    changed = dict(paths[path])
    found = changed[method]
    assert isinstance(found, dict)
    changed[method] = {**found, "operationId": id_}
    paths[path] = changed


def retag(paths: Paths, path: str, method: str, tag: str) -> None:
    changed = dict(paths[path])
    found = changed[method]
    assert isinstance(found, dict)
    changed[method] = {**found, "tags": [tag]}
    paths[path] = changed


def edits() -> list[Edit]:
    """Thirty edits, each upon what the ones before have made."""
    return [
        lambda p, _: p.update({"/pet": {"get": operation("list-pets", "pets", "Pet")}}),
        lambda p, _: reorder(p),
        lambda p, _: rename(p, "/pets", "get", "ListPets"),
        lambda p, _: rename(p, "/pets/best", "get", "fetchBest"),
        lambda _, s: reorder(s),
        lambda _, s: s.update({"pet": schema("id")}),
        lambda p, _: p.update({"/p": {"get": operation("getPet", "pets", "pet")}}),
        lambda p, _: retag(p, "/shops/near", "post", "search"),
        lambda _, s: s["Pet"].update(schema("name", "kind", "age", "weight")),
        lambda _, s: s["Pet"].update(schema("age", "kind", "name", "weight")),
        lambda _, s: s["Pet"].update(schema("age", "kind", "name", type_="integer")),
        lambda p, _: p.pop("/pet"),
        lambda p, _: p.update({"/pet": {"get": operation("list_pets", "pets", "Pet")}}),
        lambda p, _: rename(p, "/shops", "get", "listShops"),
        lambda p, _: rename(p, "/shops", "get", "list_shops"),
        lambda _, s: s.update({"Shop_": schema("x")}),
        lambda p, _: p.update({"/s": {"put": operation("putShop", "shops", "Shop_")}}),
        lambda p, _: reorder(p),
        lambda p, _: p.update({"/v2/pets": p.pop("/pets")}),
        lambda p, _: retag(p, "/s", "put", "pets"),
        lambda p, _: retag(p, "/s", "put", "shops"),
        lambda _, s: s["Shop"].update(schema("street", "town", "Town")),
        lambda _, s: s["Shop"].update(schema("Town", "town", "street")),
        lambda _, s: s["Shop"].update(schema("town", "street")),
        lambda p, _: p.pop("/s"),
        lambda _, s: s.pop("Shop_"),
        lambda p, _: rename(p, "/p", "get", "GETPET"),
        lambda p, _: p.update({"/q": {"get": operation("getBest", "pets", "Pet")}}),
        lambda p, _: p.pop("/q"),
        lambda p, _: reorder(p),
    ]


@dataclass(frozen=True)
class Made:
    """The files of a package, and what it leaves to the next one."""

    files: dict[str, str]
    memory: Memory


def made(
    paths: Paths,
    schemas: Paths,
    folder: Path,
    before: lock.Lock | None,
    memory: Memory = NOTHING,
) -> Made:
    """The package of a document, over the lock and the memory of an earlier one."""
    spec = folder / "openapi.json"
    info = {"title": "Shown", "version": "1"}
    document = {"openapi": "3.1.1", "info": info, "paths": paths}
    spec.write_text(json.dumps({**document, "components": {"schemas": schemas}}))
    result, understood = understand(spec, silent, Terms(), memory.understood)
    assert result.value is not None
    found = package(
        *(result.value, Config(package="shown"), result.digest, before),
        layout=lambda texts: Formatted(dict(texts)),
        past=memory.past,
    )
    left = Memory(past=found.past, understood=understood or memory.understood)
    return Made(dict(found.files), left)


def files(
    paths: Paths, schemas: Paths, folder: Path, before: lock.Lock | None
) -> dict[str, str]:
    """The files of a package that is made without any memory of another."""
    return made(paths, schemas, folder, before).files


def on_disk(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def calls(folder: Path) -> dict[tuple[str, str], str]:
    operations = json.loads((folder / lock.FILE).read_text())["operations"]
    return {(c["method"], c["path"]): c["call"] for c in operations.values()}


def history(folder: Path) -> list[lock.Lock]:
    """The locks of a package over all edits, each made over the one before."""
    paths, schemas = first()
    out = folder / "out"
    now = made(paths, schemas, folder, None)
    write(out, now.files, None)
    locks = [read(out)]
    for edit in edits():
        edit(paths, schemas)
        clean = files(paths, schemas, folder, locks[-1])
        now = made(paths, schemas, folder, locks[-1], now.memory)
        assert now.files == clean
        write(out, now.files, locks[-1])
        assert on_disk(out) == clean
        locks.append(read(out))
    return locks


def read(folder: Path) -> lock.Lock:
    found = lock.read(folder)
    assert found is not None
    return found


def test_names_stay_over_a_history_of_thirty_edits(tmp_path: Path) -> None:
    paths, schemas = first()
    out = tmp_path / "out"
    write(out, files(paths, schemas, tmp_path, None), None)
    seen = calls(out)
    for number, edit in enumerate(edits()):
        edit(paths, schemas)
        before = lock.read(out)
        found = files(paths, schemas, tmp_path, before)
        write(out, found, before)
        clean = tmp_path / f"clean{number}"
        write(clean, files(paths, schemas, tmp_path, before), None)
        assert on_disk(out) == on_disk(clean) == found
        now = calls(out)
        moved = {"/v2/pets": "/pets"}
        for (method, path), call in now.items():
            was = seen.get((method, path)) or seen.get((method, moved.get(path, "")))
            assert was in (None, call), f"edit {number}: {was} became {call}"
        seen |= now
    assert len(edits()) == 30
    assert seen["GET", "/pets/best"] == "pets.get_best"
    assert seen["POST", "/shops/near"] == "shops.find_shops"
    assert seen["GET", "/v2/pets"] == "pets.list_pets"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(30)), start=st.integers(0, 20))
def test_random_edits_give_what_a_clean_run_gives(
    tmp_path: Path, order: list[int], start: int
) -> None:
    paths, schemas = first()
    out, every = tmp_path / "out", edits()
    before = None
    for number in order[start : start + 5]:
        try:
            every[number](paths, schemas)
        except KeyError:
            continue  # It needs an edit that has not come yet.
        referred = json.dumps(paths)
        for name in ("Pet", "pet", "Shop", "Shop_"):
            if f'schemas/{name}"' in referred:
                schemas.setdefault(name, schema("x"))
        before = lock.read(out)
        found = files(paths, schemas, tmp_path, before)
        write(out, found, before)
        assert {p: t for p, t in on_disk(out).items() if p in found} == found
        again = files(paths, schemas, tmp_path, lock.read(out))
        assert again == found
        names = lock.read(out)
        assert names is not None
        if before is not None:
            kept = before.names.keys() & names.names.keys()
            moved = {i for i in kept if before.names[i] != names.names[i]}
            assert not {i for i in moved if i.startswith("#/components")}
    again = files(paths, schemas, tmp_path, lock.read(out))
    write(out, again, lock.read(out))


def test_a_newcomer_with_the_name_of_another_leaves_nothing_to_settle(
    tmp_path: Path,
) -> None:
    paths, schemas = first()
    rename(paths, "/pets", "get", "ListPets")
    out = tmp_path / "out"
    write(out, files(paths, schemas, tmp_path, None), None)
    paths["/pet"] = {"get": operation("list_pets", "pets", "Pet")}
    rename(paths, "/pets", "get", "listPets")
    made = files(paths, schemas, tmp_path, lock.read(out))
    write(out, made, lock.read(out))
    assert calls(out)["GET", "/pets"] == "pets.list_pets"
    assert files(paths, schemas, tmp_path, lock.read(out)) == made
