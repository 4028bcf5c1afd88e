"""Where models are: in modules that are read as a whole, and that nothing else moves."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from calque import lock
from calque.config import Config
from calque.pipeline import package, understand

Schemas = dict[str, dict[str, object]]

OBJECT: dict[str, object] = {"type": "object", "properties": {"a": {"type": "string"}}}


def models(*names: str) -> Schemas:
    return dict.fromkeys(names, OBJECT)


def lock_of(
    folder: Path, schemas: Schemas, before: lock.Lock | None = None, *said: str
) -> lock.Lock:
    """The lock of a package with those schemas, each of `said` answered by a resource."""
    document = {
        "openapi": "3.1.1",
        "info": {"title": "Shown", "version": "1"},
        "paths": {f"/{name}s/all": {"get": _answering(name)} for name in said},
        "components": {"schemas": schemas},
    }
    (folder / "openapi.json").write_text(json.dumps(document))
    result = understand(folder / "openapi.json")
    assert result.value is not None, result.diagnostics
    made = package(result.value, Config(), result.digest, before).files[lock.FILE]
    return lock.parsed(made.encode(), lock.FILE)


def _answering(name: str) -> dict[str, object]:
    content = {"schema": {"$ref": f"#/components/schemas/{name}"}}
    answer = {"description": "Said.", "content": {"application/json": content}}
    return {"responses": {"200": answer}}


def placed(locked: lock.Lock) -> dict[str, str]:
    return {id_.rpartition("/")[2]: module for id_, module in locked.modules.items()}


def test_a_module_of_a_hundred_is_one(tmp_path: Path) -> None:
    found = placed(lock_of(tmp_path, models(*(f"Word{n}" for n in range(100)))))
    assert set(found.values()) == {"shared"}


def test_a_large_module_is_divided_by_first_words(tmp_path: Path) -> None:
    names = [f"{first}{word}" for first in ("Order", "Invoice") for word in _words(60)]
    found = placed(lock_of(tmp_path, models(*names, "Order", "Lone")))
    assert found["Lone"] == "shared"
    assert found["Order"] == found["OrderA"] == "shared_order"
    assert Counter(found.values())["shared_invoice"] == 60


def test_no_module_has_more_than_a_hundred_models(tmp_path: Path) -> None:
    letters = "abcdefghij"
    names = [f"{a}{b}{c}".title() for a in letters for b in letters for c in letters]
    found = placed(lock_of(tmp_path, models(*names)))
    assert found["Abc"] == "shared_a"
    assert set(Counter(found.values()).values()) == {100}


def test_models_stay_where_they_are_when_others_come(tmp_path: Path) -> None:
    schemas = models("pet", *(f"Order{word}" for word in _words(60)))
    first = lock_of(tmp_path, schemas, None, "pet")
    assert placed(first)["pet"] == "pets"
    more: Schemas = {
        **schemas,
        **models(*(f"Invoice{word}" for word in _words(60))),
        "owner": {"type": "object", "properties": {"pet": _reference("pet")}},
    }
    second = placed(lock_of(tmp_path, more, first, "pet", "owner"))
    assert {name: second[name] for name in schemas} == placed(first)
    assert second["owner"] == "owners"
    afresh = placed(lock_of(tmp_path, more, None, "pet", "owner"))
    assert afresh["pet"] == "shared"
    assert afresh["OrderA"] == "shared_order"


def test_a_model_leaves_the_module_of_a_resource_that_is_gone(tmp_path: Path) -> None:
    first = lock_of(tmp_path, models("pet"), None, "pet")
    assert placed(lock_of(tmp_path, models("pet"), first)) == {"pet": "shared"}


@pytest.mark.parametrize("module", ["../evil", "shared_/../evil", "", "other", "a b"])
def test_a_module_of_a_lock_is_not_trusted(tmp_path: Path, module: str) -> None:
    edited = lock_of(tmp_path, models("pet"), None, "pet")
    told = lock.dump(edited).replace('"module": "pets"', f'"module": "{module}"')
    assert told != lock.dump(edited)
    before = lock.parsed(told.encode(), lock.FILE)
    assert placed(lock_of(tmp_path, models("pet"), before, "pet")) == {"pet": "pets"}


def _words(number: int) -> list[str]:
    letters = "ABCDEFGHIJK"
    return [*letters, *(a + b.lower() for a in letters for b in letters)][:number]


def _reference(name: str) -> dict[str, object]:
    return {"$ref": f"#/components/schemas/{name}"}
