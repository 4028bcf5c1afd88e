"""What calque and its packages load to do their work: as little as that takes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import calque
from calque.config import Config
from tests.synthetic import openapi

ROOT = Path(__file__).parents[1]
SPEC = ROOT / "spec/acs-call-automation/openapi.yaml"


def loaded(*arguments: str) -> set[str]:
    """The packages and modules that a command loads, as Python itself lists them."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "calque", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = (
        line for line in done.stderr.splitlines() if line.startswith("import time")
    )
    return {line.rpartition("|")[2].strip() for line in lines}


def test_the_version_takes_nothing_else() -> None:
    modules = {m for m in loaded("--version") if m.startswith("calque")}
    assert modules == {"calque", "calque.cli"}
    assert not loaded("--version") & {"argparse", "importlib.metadata", "json"}


def test_a_package_is_made_without_what_is_slow_to_load(tmp_path: Path) -> None:
    modules = loaded("generate", str(SPEC), "-o", str(tmp_path / "p"))
    slow = {"black", "rich", "pydantic", "openapi_spec_validator", "jsonschema"}
    assert "calque.layout" in modules
    assert not modules & slow


def test_json_is_read_without_what_reads_yaml(tmp_path: Path) -> None:
    spec = tmp_path / "openapi.json"
    spec.write_text(json.dumps(openapi(2)), "utf-8")
    assert "yaml" not in loaded("generate", str(spec), "-o", str(tmp_path / "p"))


def test_a_command_loads_no_other(tmp_path: Path) -> None:
    modules = loaded("generate", str(SPEC), "-o", str(tmp_path / "p"))
    assert "calque.pipeline" in modules
    assert not modules & {"calque.cli.shown_changes", "calque.comparison.rules"}


PACKAGES = {
    "acs-call-automation": ("acs_call_automation", "CallAutomationClient"),
    "museum-archive": ("museum_archive", "MuseumArchiveClient"),
}


def modules_of(folder: Path, code: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after some code."""
    show = "import sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; {show}"],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    return set(done.stdout.split())


def own(modules: set[str], package: str) -> set[str]:
    """The modules of a package that are among some, its runtime aside."""
    inside = {m for m in modules if m.split(".")[0] == package}
    return {m for m in inside if not m.startswith(f"{package}._runtime")}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_costs_nothing_until_something_of_it_is_used(name: str) -> None:
    package, _ = PACKAGES[name]
    modules = modules_of(ROOT / "generated" / name, f"import {package}")
    assert own(modules, package) == {package}
    assert not modules & {"httpcore2", "httpx2", "msgspec", "ssl", "asyncio"}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_client_loads_what_sends_when_it_is_made(name: str) -> None:
    package, client = PACKAGES[name]
    folder = ROOT / "generated" / name
    modules = modules_of(folder, f"from {package} import {client}")
    assert own(modules, package) == {package, f"{package}._client"}
    assert not modules & {"httpcore2", "httpx2"}


def test_a_call_loads_the_engine_of_httpx2_and_not_its_client() -> None:
    code = """
from museum_archive import ApiConnectionError, MuseumArchiveClient
client = MuseumArchiveClient(
    base_url="http://127.0.0.1:1", credential="t", max_retries=0
)
try:
    client.objects.get_object("1")
except ApiConnectionError:
    client.close()
pass"""
    modules = modules_of(ROOT / "generated/museum-archive", code)
    assert "httpcore2" in modules
    assert "httpx2" not in modules


def test_what_a_client_loads_does_not_grow_with_the_api(tmp_path: Path) -> None:
    loaded_ = [_of_client(tmp_path / str(size), size) for size in (2, 40)]
    assert loaded_[0] == loaded_[1]


def test_a_model_loads_one_module_of_models(tmp_path: Path) -> None:
    _make(tmp_path, 40)
    code = "from made.models import Thing00007"
    modules = own(modules_of(tmp_path, code), "made")
    assert len(modules - {"made", "made.models"}) == 1


def _of_client(folder: Path, size: int) -> set[str]:
    """What is loaded for the client of an API of so many operations."""
    _make(folder, size)
    return modules_of(folder, "from made import SyntheticClient")


def _make(folder: Path, size: int) -> None:
    """Writes the package `made` of an API of so many operations into a folder."""
    folder.mkdir(exist_ok=True)
    spec = folder / "openapi.json"
    spec.write_text(json.dumps(openapi(size)), "utf-8")
    made = calque.generate(spec, config=Config(package="made"))
    for path, text in made.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
