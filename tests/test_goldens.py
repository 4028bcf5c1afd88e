"""The committed packages are what calque makes of the committed documents."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import black
import pytest
from black.mode import TargetVersion

from calque import config, lock
from calque.format import Formatter, format_files
from calque.pipeline import package, understand

ROOT = Path(__file__).parents[1]
SPECS = sorted(ROOT.glob("spec/*/openapi.yaml"))
# By Python, and by an installation from the folder.
LEFT_BEHIND = re.compile(r"/(__pycache__|\.\w+_cache|build|\w+\.egg-info)/")
PACKAGES = sorted(ROOT.glob("generated/*"))


def made(spec: Path) -> dict[str, str]:
    """The files of a document's package, made in memory without its committed lock."""
    result = understand(spec)
    assert result.value is not None
    return dict(package(result.value, config.read(spec.parent), result.digest).files)


def on_disk(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode()
        for path in folder.rglob("*")
        if path.is_file() and not LEFT_BEHIND.search(path.as_posix())
    }


def test_every_document_has_its_package() -> None:
    assert SPECS
    assert [s.parent.name for s in SPECS] == [p.name for p in PACKAGES]


@pytest.mark.parametrize("spec", SPECS, ids=lambda p: p.parent.name)
def test_the_committed_package_is_what_comes_out(spec: Path) -> None:
    assert on_disk(ROOT / "generated" / spec.parent.name) == made(spec)


@pytest.mark.parametrize("spec", SPECS, ids=lambda p: p.parent.name)
def test_nothing_is_left_out_of_a_committed_document(spec: Path) -> None:
    assert understand(spec).diagnostics == ()


@pytest.mark.parametrize("spec", SPECS, ids=lambda p: p.parent.name)
def test_black_is_not_asked(spec: Path) -> None:
    result = understand(spec)
    assert result.value is not None
    settings = config.read(spec.parent)
    assert package(result.value, settings, result.digest).by_black == ()


@pytest.mark.parametrize("spec", SPECS, ids=lambda p: p.parent.name)
def test_black_says_the_same(spec: Path) -> None:
    result = understand(spec)
    assert result.value is not None
    made_by_black = package(
        result.value,
        config.read(spec.parent),
        result.digest,
        layout=partial(format_files, by=Formatter.BLACK),
    )
    assert made_by_black.files == made(spec)
    assert set(made_by_black.by_black) >= {"README.md"}


@pytest.mark.once
@pytest.mark.parametrize("folder", PACKAGES, ids=lambda p: p.name)
def test_black_changes_nothing(folder: Path) -> None:
    mode = black.Mode(target_versions={TargetVersion.PY311})
    for path, text in on_disk(folder).items():
        if path.endswith(".py") and text:
            assert black.format_str(text, mode=mode) == text, path


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda p: p.name)
def test_the_lock_holds_the_hash_of_every_file(folder: Path) -> None:
    memory = lock.read(folder)
    assert memory is not None
    files = on_disk(folder)
    del files[lock.FILE]
    assert memory.files == {p: lock.digest(t.encode()) for p, t in files.items()}


@pytest.mark.once
@pytest.mark.parametrize("spec", SPECS, ids=lambda p: p.parent.name)
def test_the_bytes_do_not_depend_on_the_hash_seed(spec: Path, tmp_path: Path) -> None:
    found: list[dict[str, str]] = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        subprocess.run(
            [sys.executable, "-m", "calque", "generate", str(spec), "-o", str(folder)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
        found.append(on_disk(folder))
    assert found[0] == found[1]
