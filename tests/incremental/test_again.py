"""An edited document: what has to be is made again, and a clean run would give the same."""

from __future__ import annotations

import json
from collections.abc import Set
from dataclasses import replace
from pathlib import Path
from random import Random
from urllib.parse import unquote

import pytest
import yaml
from benchmarks.made import document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calque import again as again_module
from calque import lock
from calque.again import Understood, partly
from calque.again import understand as understand_again
from calque.config import Config
from calque.diagnostics import in_order, render
from calque.document import Json, Terms, outline
from calque.document.divided import Divided
from calque.document.json_values import deeper_than
from calque.document.read import Reading
from calque.lock import Lock
from calque.pipeline import Package, Result, package, silent, understand
from calque.render import Past
from tests.incremental.edits import EDITS, Object, edited, member, operations

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]
SPECS = {
    path.parent.name: yaml.safe_load(path.read_text("utf-8"))
    for path in sorted(ROOT.glob("spec/*/openapi.yaml"))
}
DOCUMENTS: dict[str, Object] = {
    **{name: json.loads(json.dumps(s, default=str)) for name, s in SPECS.items()},
    "middle": document(40),
}


def made(
    spec: Object, folder: Path, before: Lock | None, past: Past | None
) -> Package | None:
    """The package of a document, if it is not at fault."""
    path = folder / "openapi.json"
    path.write_text(json.dumps(spec))
    result = understand(path)
    if result.value is None:
        return None
    config = Config(package="shown")
    return package(result.value, config, result.digest, before, past=past)


def remembered(made: Package) -> Lock:
    return lock.parsed(made.files[lock.FILE].encode(), lock.FILE)


def known(made: Package) -> Lock:
    """The lock of a package, as one run leaves it to the next."""
    text = made.files[lock.FILE].encode()
    return replace(made.lock, surface={}, text=text, dumped=True)


def again(before: Package, after: Package) -> set[str]:
    """The parts that were made again, by the names of their files."""
    old, new = before.past.parts, after.past.parts
    return {"/".join(key) for key in new if new[key] is not old.get(key)}


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(
    max_examples=5,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(random=st.randoms(use_true_random=False))
def test_what_changed_is_understood_as_the_whole_document_is(
    tmp_path: Path, name: str, random: Random
) -> None:
    spec, known = DOCUMENTS[name], understood(DOCUMENTS[name], tmp_path, None)[1]
    done: list[str] = []
    for _ in range(5):
        edit, spec = edited(spec, random)
        done.append(edit)
        clean, _ = understood(spec, tmp_path, None)
        result, newer = understood(spec, tmp_path, known)
        assert explained(result) == explained(clean), done
        assert repr(result.value) == repr(clean.value), done
        assert (result.digest, result.files) == (clean.digest, clean.files)
        if clean.value is None:
            return
        known = newer or known


def understood(
    spec: Object, folder: Path, known: Understood | None
) -> tuple[Result, Understood | None]:
    path = folder / "openapi.json"
    path.write_text(json.dumps(spec, indent=1))
    return understand_again(path, silent, Terms(), known)


def explained(result: Result) -> list[str]:
    found = in_order(result.diagnostics, result.locator)
    return [render(diagnostic, result.locator) for diagnostic in found]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The paths and schemas that were read, of a document that was understood before."""
    found: list[set[str]] = []

    def noted(reading: Reading, now: Divided, wanted: Set[str]) -> Reading:
        names = {unquote(id_.rpartition("/")[2]) for id_ in wanted if id_}
        found.append({name.replace("~1", "/") for name in names})
        return partly(reading, now, wanted)

    monkeypatch.setattr(again_module, "partly", noted)
    return found


def test_of_a_changed_operation_its_path_and_what_it_refers_to_is_read(
    tmp_path: Path, read: list[set[str]]
) -> None:
    _, known = understood(DOCUMENTS["middle"], tmp_path, None)
    spec = change(DOCUMENTS["middle"], "/loan1s", "get", description="Other words.")
    _, newer = understood(spec, tmp_path, known)
    assert newer is None
    models = {"Loan1", "Loan1State", "Loan1Part", "Money", "Problem"}
    assert read == [{"/loan1s", *models}]


def test_of_units_whose_text_is_as_it_was_nothing_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    items: list[Json] = []

    def noted(limit: int, value: Json) -> bool:
        if isinstance(value, dict) and "get" in value:
            items.append(value)
        return deeper_than(limit, value)

    monkeypatch.setattr(outline, "deeper_than", noted)
    _, known = understood(DOCUMENTS["middle"], tmp_path, None)
    assert len(items) == len(member(DOCUMENTS["middle"], "paths"))
    items.clear()
    spec = change(DOCUMENTS["middle"], "/loan1s", "get", description="Other words.")
    understood(spec, tmp_path, known)
    assert items == [member(spec, "paths", "/loan1s")]


def test_another_layout_of_the_text_is_no_change(
    tmp_path: Path, read: list[set[str]]
) -> None:
    _, known = understood(DOCUMENTS["middle"], tmp_path, None)
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(DOCUMENTS["middle"], indent=3))
    result, newer = understand_again(path, silent, Terms(), known)
    assert newer is None
    assert read == [set()]
    assert repr(result.value) == repr(understand(path).value)


def test_of_a_changed_schema_who_refers_to_it_is_read_too(
    tmp_path: Path, read: list[set[str]]
) -> None:
    _, known = understood(DOCUMENTS["middle"], tmp_path, None)
    spec: Object = json.loads(json.dumps(DOCUMENTS["middle"]))
    states = member(spec, "components", "schemas", "Loan1State")
    states["enum"] = ["open", "shut"]
    _, newer = understood(spec, tmp_path, known)
    assert newer is None
    models = {"Loan1", "Loan1State", "Loan1Part", "Money", "Problem"}
    assert read == [{"/loan1s", "/loan1s/{id}", *models}]


def sharing() -> Object:
    """A document with a response that operations share, and that has no name of its own."""
    spec: Object = json.loads(json.dumps(DOCUMENTS["middle"]))
    schema: Object = {"properties": {"why": {"type": "string"}}}
    content: Object = {"application/json": {"schema": schema}}
    failed: Object = {"description": "", "content": content}
    member(spec, "components")["responses"] = {"failed": failed}
    for path in ("/loan1s", "/shelf3s", "/order5s"):
        responses = member(spec, "paths", path, "get", "responses")
        responses["503"] = {"$ref": "#/components/responses/failed"}
    return spec


def test_of_a_shared_response_who_names_what_it_holds_is_read_too(
    tmp_path: Path, read: list[set[str]]
) -> None:
    spec = sharing()
    _, known = understood(spec, tmp_path, None)
    changed = change(spec, "/shelf3s", "get", description="Other words.")
    result, newer = understood(changed, tmp_path, known)
    assert newer is None
    assert {"/loan1s", "/shelf3s", "failed"} < read[0]
    assert "/order5s" not in read[0]
    assert repr(result.value) == repr(understood(changed, tmp_path, None)[0].value)


@pytest.mark.parametrize("gone", [True, False])
def test_a_shared_response_may_get_another_name_from_who_comes_first(
    tmp_path: Path, gone: bool
) -> None:
    _, known = understood(sharing(), tmp_path, None)
    spec = sharing()
    paths = member(spec, "paths")
    if gone:
        del member(paths, "/loan1s", "get", "responses")["503"]
    else:
        paths["/loan1s"] = paths.pop("/loan1s")
    result, _ = understood(spec, tmp_path, known)
    assert repr(result.value) == repr(understood(spec, tmp_path, None)[0].value)


def test_an_id_that_stands_twice_by_now_is_told_of_an_operation_that_says_little(
    tmp_path: Path,
) -> None:
    spec: Object = json.loads(json.dumps(DOCUMENTS["middle"]))
    little: Object = {
        "operationId": "little",
        "description": "Nothing is said of answers.",
    }
    member(spec, "paths")["/little"] = {"get": little}
    _, known = understood(spec, tmp_path, None)
    changed = change(spec, "/loan1s", "get", operationId="little")
    result, _ = understood(changed, tmp_path, known)
    clean, _ = understood(changed, tmp_path, None)
    assert any("little" in said for said in explained(clean))
    assert explained(result) == explained(clean)


def test_what_a_link_names_does_not_stand_twice(
    tmp_path: Path, read: list[set[str]]
) -> None:
    spec: Object = json.loads(json.dumps(DOCUMENTS["middle"]))
    answer = member(spec, "paths", "/loan1s", "get", "responses", "200")
    answer["links"] = {"next": {"operationId": operations(spec)[5][2]["operationId"]}}
    _, known = understood(spec, tmp_path, None)
    changed = change(spec, "/shelf3s", "get", description="Other words.")
    _, newer = understood(changed, tmp_path, known)
    assert newer is None
    assert "/shelf3s" in read[0]


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(
    max_examples=4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(random=st.randoms(use_true_random=False))
def test_an_edited_document_gives_what_a_clean_run_gives(
    tmp_path: Path, name: str, random: Random
) -> None:
    spec = DOCUMENTS[name]
    package = made(spec, tmp_path, None, None)
    assert package is not None
    done: list[str] = []
    for _ in range(5):
        edit, changed = edited(spec, random)
        before = remembered(package)
        clean = made(changed, tmp_path, before, None)
        if clean is None:
            continue  # The edit took away what something else needs.
        done.append(edit)
        assert known(package) == replace(before, surface={})
        now = made(changed, tmp_path, known(package), package.past)
        assert now is not None
        assert now.files == clean.files, done
        assert now.past == clean.past, done
        spec, package = changed, now


def test_every_edit_changes_something() -> None:
    for edit in EDITS:
        texts = set[str]()
        for seed in range(20):
            spec = json.loads(json.dumps(DOCUMENTS["middle"]))
            edit(spec, Random(seed))
            texts.add(json.dumps(spec))
        texts.discard(json.dumps(DOCUMENTS["middle"]))
        # No component of the document is one that nothing refers to.
        assert texts or edit.__name__ == "remove_schema", edit.__name__


def change(spec: Object, path: str, method: str, **members: object) -> Object:
    changed: Object = json.loads(json.dumps(spec))
    member(changed, "paths", path, method).update(members)
    return changed


def test_what_an_operation_says_is_made_again_alone(tmp_path: Path) -> None:
    spec = DOCUMENTS["middle"]
    first = made(spec, tmp_path, None, None)
    assert first is not None
    assert len(operations(spec)) == 40
    # Each file, what the lock says of it, and what fakes say of a resource.
    assert len(first.past.parts) == 2 * (8 + 8 + 1) + 8
    worded = change(spec, "/loan1s", "get", description="Other words.")
    second = made(worded, tmp_path, remembered(first), first.past)
    assert second is not None
    assert again(first, second) == {"resource/loan1", "calls/loan1", "fake/loan1"}
    third = made(worded, tmp_path, remembered(second), second.past)
    assert third is not None
    assert not again(second, third)


def test_a_model_is_made_again_with_those_that_look_into_it(tmp_path: Path) -> None:
    spec = DOCUMENTS["middle"]
    first = made(spec, tmp_path, None, None)
    assert first is not None
    changed: Object = json.loads(json.dumps(spec))
    fields = member(changed, "components", "schemas", "Money", "properties")
    fields["rounded"] = {"type": "boolean"}
    second = made(changed, tmp_path, remembered(first), first.past)
    assert second is not None
    # Others name it, and nobody has to know what is in it.
    assert again(first, second) == {"module/shared", "models/shared"}
    fields = member(changed, "components", "schemas", "Loan1", "properties")
    fields["lent"] = {"type": "boolean"}
    third = made(changed, tmp_path, remembered(second), second.past)
    assert third is not None
    # The fields of a body are the arguments of its calls.
    calls = {"resource/loan1", "calls/loan1", "fake/loan1"}
    assert again(second, third) == {"module/loan1", "models/loan1", *calls}


@pytest.mark.parametrize("other", [1.0, True])
def test_values_that_python_takes_for_equal_are_not_the_same(
    tmp_path: Path, other: object
) -> None:
    spec = DOCUMENTS["middle"]
    loans = member(spec, "components", "schemas", "Loan1", "properties")
    texts = dict[object, dict[str, str]]()
    package = None
    for value in (1, other):
        changed: Object = json.loads(json.dumps(spec))
        fields = member(changed, "components", "schemas", "Loan1", "properties")
        fields["field1"] = {**member(loans, "field1"), "default": value}
        before = remembered(package) if package else None
        package = made(changed, tmp_path, before, package.past if package else None)
        assert package is not None
        clean = made(changed, tmp_path, before, None)
        assert clean is not None
        assert package.files == clean.files
        texts[repr(value)] = dict(package.files)
    assert len(texts) == 2
