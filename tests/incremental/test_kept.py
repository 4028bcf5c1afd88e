"""What one run leaves to the next: it saves work, is never needed, and never believed if damaged."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from benchmarks.made import document

from calque import cache, lock, render
from calque.again import understand
from calque.cli import main
from calque.document import Terms
from calque.kept import recalled
from calque.lock import parsed, reading
from calque.pipeline import silent
from calque.render.annotations import Scope
from calque.render.resources import Resource, ResourceView, resource_module

pytestmark = pytest.mark.once

SPEC = document(20)
Made = list[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a document, and with a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "openapi.json").write_text(json.dumps(SPEC))
    return tmp_path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    """The resources that are rendered, as they are."""
    found: Made = []

    def noted(resource: Resource, scope: Scope) -> ResourceView:
        found.append(resource.group.hint)
        return resource_module(resource, scope)

    monkeypatch.setattr(render, "resource_module", noted)
    return found


def generate(folder: Path, output: str = "out") -> dict[str, str]:
    spec, out = folder / "openapi.json", folder / output
    assert main(["generate", str(spec), "-o", str(out), "--quiet"]) == 0
    paths = (p for p in out.rglob("*") if p.is_file())
    return {p.relative_to(out).as_posix(): p.read_text() for p in paths}


def edit(folder: Path, words: str) -> None:
    text = json.dumps(SPEC).replace("get of /loan1s.", words)
    assert words in text
    (folder / "openapi.json").write_text(text)


def test_the_next_run_makes_what_changed(folder: Path, made: Made) -> None:
    generate(folder)
    assert made == ["book", "loan1", "reader2", "shelf3"]
    edit(folder, "Other words.")
    done = generate(folder)
    assert made[4:] == ["loan1"]
    assert done == generate(folder, "clean")


def test_what_was_understood_is_recalled_as_it_was(folder: Path) -> None:
    generate(folder)
    kept = recalled(folder / "out", (False, "None", (), "calque")).understood
    told = understand(folder / "openapi.json", silent, Terms(), None)[1]
    assert kept is not None
    assert told is not None
    assert repr(kept.members) == repr(told.members)
    assert kept.members == told.members
    assert replace(kept, members=told.members, forms={}, digests_of={}) == told


@pytest.fixture
def locks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The locks that are read as JSON, by their names."""
    found: list[str] = []

    def noted(content: bytes, name: str) -> lock.Lock:
        found.append(Path(name).parent.name)
        return parsed(content, name)

    monkeypatch.setattr(reading, "parsed", noted)
    return found


def test_a_lock_is_not_read_that_the_last_run_made(
    folder: Path, locks: list[str]
) -> None:
    generate(folder)
    edit(folder, "Other words.")
    done = generate(folder)
    assert locks == []
    shutil.rmtree(folder / "cache")
    edit(folder, "Third words.")
    generate(folder)
    assert locks == ["out"]
    edit(folder, "Other words.")
    assert generate(folder) == done


@pytest.mark.parametrize("indent", [None, 1, 2])
def test_a_lock_that_was_edited_is_read_and_laid_out_as_ever(
    folder: Path, locks: list[str], indent: int | None
) -> None:
    generate(folder)
    data = json.loads((folder / "out/calque.lock").read_text())
    (id_,) = (i for i, name in data["names"].items() if name == "Loan1State")
    data["names"][id_] = "StateOfLoan"
    (folder / "out/calque.lock").write_text(json.dumps(data, indent=indent))
    edit(folder, "Other words.")
    done = generate(folder)
    assert locks == ["out"]
    assert "class StateOfLoan" in "".join(done.values())
    assert (
        lock.dump(lock.parsed(done["calque.lock"].encode(), "")) == done["calque.lock"]
    )


def halved(held: bytes) -> bytes:
    return held[: len(held) // 2]


def turned(held: bytes) -> bytes:
    return held[:-9] + bytes([held[-9] ^ 1]) + held[-8:]


def emptied(_: bytes) -> bytes:
    return b""


def foreign(_: bytes) -> bytes:
    """Something that is sealed as it should be, and would do something."""

    class Runs:
        def __reduce__(self) -> tuple[object, ...]:
            return os.mkdir, ("harmed",)

    held = pickle.dumps(Runs())
    asked = (False, "None", (), "calque")
    return cache.seal(asked, held) + held


@pytest.mark.parametrize("damage", [halved, turned, emptied, foreign])
def test_what_is_damaged_is_as_if_it_was_not_there(
    folder: Path,
    made: Made,
    damage: Callable[[bytes], bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(folder)
    generate(folder)
    (there,) = (folder / "cache/calque/parts").iterdir()
    assert recalled(folder / "out", (False, "None", (), "calque")).past is not None
    there.write_bytes(damage(there.read_bytes()))
    edit(folder, "Other words.")
    done = generate(folder)
    assert len(made) == 8
    assert done == generate(folder, "clean")
    assert not (folder / "harmed").exists()


def test_another_question_is_not_answered(folder: Path, made: Made) -> None:
    generate(folder)
    edit(folder, "Other words.")
    out = ["-o", str(folder / "out"), "--quiet"]
    by_black = ["--format", "black"]
    assert main(["generate", str(folder / "openapi.json"), *out, *by_black]) == 0
    assert len(made) == 8


@pytest.fixture
def slight(folder: Path) -> Path:
    """A document with a slight fault."""
    spec = folder / "openapi.json"
    faulty = '"default": 5, "description": "What went wrong'
    spec.write_text(spec.read_text().replace('"description": "What went wrong', faulty))
    return spec


def test_what_was_forgiven_is_no_more_once_settings_are_strict(slight: Path) -> None:
    generate(slight.parent)
    asked = [str(slight), "-o", str(slight.parent / "out"), "--quiet"]
    (slight.parent / "calque.toml").write_text("strict = true")
    assert main(["generate", *asked]) == 1
    assert main(["check", *asked, "--lenient"]) == 0


def test_words_that_were_not_said_are_not_repeated(
    slight: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["generate", str(slight), "-o", str(slight.parent / "out")]
    assert main(asked) == 0
    said = capsys.readouterr().err
    (there,) = (slight.parent / "cache/calque/made").iterdir()
    assert b"does not fit" in there.read_bytes()
    there.write_bytes(there.read_bytes().replace(b"does not fit", b"does fit it"))
    assert main(asked) == 0
    assert capsys.readouterr().err == said


def test_a_cache_that_cannot_be_written_is_left_alone(folder: Path, made: Made) -> None:
    (folder / "cache").write_text("no folder")
    generate(folder)
    edit(folder, "Other words.")
    generate(folder)
    assert len(made) == 8


def test_who_has_no_home_keeps_nothing(
    folder: Path, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    for _ in range(2):
        generate(folder)
    assert len(made) == 8
    assert not (folder / "cache").exists()


def test_another_state_of_a_library_is_another_calque() -> None:
    told = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
    needed = [re.split("[<>=]", each)[0] for each in told["project"]["dependencies"]]
    names = packages_distributions()
    known = {plain(name) for library in cache.LIBRARIES for name in names[library]}
    # What only prints changes nothing that is kept.
    assert known == set(map(plain, needed)) - {"rich"}


def plain(name: str) -> str:
    return name.lower().replace("_", "-")


def test_the_oldest_goes_where_it_is_too_much(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, output in enumerate("abc"):
        generate(folder, output)
        place = cache.place("parts", folder / output)
        os.utime(place, (number, number))
    size = cache.place("parts", folder / "a").stat().st_size
    monkeypatch.setattr(cache, "_MOST", int(2.5 * size))
    generate(folder, "d")
    left = {p.name for p in (folder / "cache/calque/parts").iterdir()}
    assert left == {cache.place("parts", folder / o).name for o in "cd"}
