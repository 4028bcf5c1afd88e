"""An edited document: what has to be is made again, and a clean run would give the same."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
import yaml
from benchmarks.made import document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calque import lock
from calque.config import Config
from calque.lock import Lock
from calque.pipeline import Package, package, understand
from calque.render import Past
from tests.incremental.edits import EDITS, Object, edited, member, operations

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


def again(before: Package, after: Package) -> set[str]:
    """The parts that were made again, by the names of their files."""
    old, new = before.past.parts, after.past.parts
    return {"/".join(key) for key in new if new[key] is not old.get(key)}


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(
    max_examples=6,
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
        now = made(changed, tmp_path, before, package.past)
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
    assert len(first.past.parts) == 8 + 8 + 1
    worded = change(spec, "/loan1s", "get", description="Other words.")
    second = made(worded, tmp_path, remembered(first), first.past)
    assert second is not None
    assert again(first, second) == {"resource/loan1"}
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
    # Models only name it; what is sent may not hold what is read-only, wherever it is.
    bodies = {each for each in again(first, second) if each.startswith("resource/")}
    assert again(first, second) - bodies == {"module/shared"}
    fields = member(changed, "components", "schemas", "Loan1", "properties")
    fields["lent"] = {"type": "boolean"}
    third = made(changed, tmp_path, remembered(second), second.past)
    assert third is not None
    # The fields of a body are the arguments of its calls.
    assert again(second, third) == {"module/loan1", "resource/loan1"}


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
