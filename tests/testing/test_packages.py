"""What the fakes of a package are to the package: optional, lazily loaded, kept by name."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from calque.config import Config
from calque.pipeline import package, understand
from tests.made import imported
from tests.test_renames import PETS, made

ROOT = Path(__file__).parents[2]
MUSEUM = ROOT / "generated/museum-archive"
LAZY = ("museum_archive.resources.", "museum_archive.models.")


def loaded(program: str) -> set[str]:
    """The modules that a program with the museum's package has loaded at its end."""
    text = f"import sys\n{program}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", text],
        cwd=MUSEUM,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_the_package_does_without_its_fakes() -> None:
    program = "import museum_archive as a\nwith a.MuseumArchiveClient(credential='t') as c: c.objects, c.images"
    modules = loaded(program)
    assert "museum_archive._client" in modules
    assert not {name for name in modules if "testing" in name or "fake" in name}


def test_the_fakes_do_without_tools_of_testing() -> None:
    modules = loaded("import museum_archive.testing as t\nt.FakeMuseumArchive()")
    assert "museum_archive._runtime.fakes" in modules
    assert not modules & {"pytest", "unittest", "unittest.mock"}
    assert not {name for name in modules if name.startswith(LAZY)}


def test_a_package_may_have_none() -> None:
    result = understand(ROOT / "spec/museum-archive/openapi.yaml")
    assert result.value is not None
    files = package(result.value, Config(package="museum", testing=False), "").files
    assert not {path for path in files if "testing" in path or "fake" in path}
    assert "testing" not in files["pyproject.toml"] + files["README.md"]
    every = package(result.value, Config(package="museum"), "").files
    assert {"museum/testing.py", "museum/testing.json"} <= every.keys()


def test_an_operation_without_pages_or_streams_needs_nothing_of_them() -> None:
    runtime = ROOT / "generated/acs-call-automation/acs_call_automation/_runtime"
    names = {path.stem for path in runtime.glob("fake*.py")}
    assert "fakes" in names
    assert not names & {"fake_pages", "fake_streams"}


def test_a_former_name_is_the_same_operation(tmp_path: Path) -> None:
    made(PETS, tmp_path)
    renamed = PETS.replace("getPet", "fetchPet")
    found = made(renamed, tmp_path, accept=True)
    for path, text in found.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    with imported(tmp_path, "shown"):
        fake = importlib.import_module("shown.testing").FakeShown()
        models = importlib.import_module("shown.models")
        assert fake.pets.get_pet is fake.pets.fetch_pet
        fake.pets.get_pet.answers(models.Pet(name="Rex"))
        with fake.client() as client:
            assert client.pets.fetch_pet("1").name == "Rex"
            with pytest.warns(DeprecationWarning, match="`get_pet` is now"):
                assert client.pets.get_pet("1").name == "Rex"
        assert len(fake.pets.get_pet.calls) == 2


def test_the_file_of_examples_has_a_line_an_operation() -> None:
    text = (MUSEUM / "museum_archive/testing.json").read_text("ascii")
    lines = text.strip().splitlines()
    assert (lines[0], lines[-1]) == ("{", "}")
    assert [*json.loads(text)] == sorted(json.loads(text))
    assert len(lines) - 2 == len(json.loads(text))
