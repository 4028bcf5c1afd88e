"""Wheels, sdist and editable install: each whole, with nothing but an index to ask."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from calque.exclusive import held

ROOT = Path(__file__).parents[1]
SPEC = ROOT / "spec/acs-call-automation/openapi.yaml"
GENERATED = ROOT / "generated/acs-call-automation"

pytestmark = pytest.mark.tools

LEFT_BEHIND = (".git", ".venv*", ".*_cache", "__pycache__", "*.egg-info", "build")

TEMPLATES = {
    path.relative_to(ROOT / "templates").as_posix()
    for path in (ROOT / "templates/client").rglob("*")
    if path.is_file() and not re.search(r"/(\.|__pycache__)", path.as_posix())
}


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """Runs a command that has to work, away from this process's own paths."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def built(source: Path, form: str, folder: Path) -> Path:
    """The one file that building a project's wheel or sdist makes, of a copy of it."""
    copy, made = folder / "source", folder / "made"
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
    run(sys.executable, "-m", "build", f"--{form}", "--outdir", made, copy)
    (found,) = made.iterdir()
    return found


Factory: TypeAlias = pytest.TempPathFactory


def shared(factory: Factory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder in which something is made once, whichever worker needs it first."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with held(folder):
        done = folder / "done"
        if not done.is_file():
            make(folder)
            done.touch()
    return folder


def wheel(factory: Factory, source: Path, name: str) -> Path:
    folder = shared(factory, name, lambda folder: built(source, "wheel", folder))
    (found,) = (folder / "made").iterdir()
    return found


@pytest.fixture(scope="module")
def calque_wheel(tmp_path_factory: Factory) -> Path:
    return wheel(tmp_path_factory, ROOT, "calque-wheel")


@pytest.fixture(scope="module")
def client_wheel(tmp_path_factory: Factory) -> Path:
    return wheel(tmp_path_factory, GENERATED, "client-wheel")


@pytest.fixture(scope="module")
def python(tmp_path_factory: Factory, calque_wheel: Path, client_wheel: Path) -> Path:
    """The interpreter of a clean environment that has the two wheels."""

    def install(folder: Path) -> None:
        run(sys.executable, "-m", "venv", folder / "clean")
        pip = (folder / "clean/bin/python", "-m", "pip", "install", "--quiet")
        run(*pip, calque_wheel, client_wheel)

    return shared(tmp_path_factory, "installed", install) / "clean/bin/python"


def test_the_wheel_has_every_template(calque_wheel: Path) -> None:
    with zipfile.ZipFile(calque_wheel) as archive:
        names = set(archive.namelist())
    assert {f"calque/templates/{name}" for name in TEMPLATES} <= names
    assert {"calque/py.typed", "calque/calque.schema.json"} <= names
    assert {"calque/comparison/page.css", "calque/comparison/page.js"} <= set(names)
    assert not [name for name in names if "__pycache__" in name]


def test_the_sdist_has_every_template(tmp_path: Path) -> None:
    with tarfile.open(built(ROOT, "sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {f"templates/{name}" for name in TEMPLATES} <= names
    assert {"LICENSE", "README.md", "generator/calque/cli/run.py"} <= names


def test_the_editable_install_finds_the_templates(tmp_path: Path) -> None:
    code = "from calque.render.engine import templates; print(templates())"
    assert run(sys.executable, "-c", code, cwd=tmp_path).strip() == str(
        ROOT / "templates"
    )


def test_the_client_wheel_has_all_that_was_generated(client_wheel: Path) -> None:
    with zipfile.ZipFile(client_wheel) as archive:
        names = {n for n in archive.namelist() if ".dist-info" not in n}
    package = GENERATED / "acs_call_automation"
    (lock,) = (name for name in names if name.endswith("calque.lock"))
    assert lock.endswith(".data/data/share/calque/acs_call_automation/calque.lock")
    assert names - {lock} == {
        path.relative_to(GENERATED).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_installed_calque_generates_the_committed_package(
    python: Path, tmp_path: Path
) -> None:
    command = python.parent / "calque"
    run(command, "generate", SPEC, "-o", tmp_path / "package", cwd=tmp_path)
    run(command, "generate", "--check", SPEC, "-o", GENERATED, cwd=tmp_path)


def test_an_installed_client_is_compared(
    python: Path, client_wheel: Path, tmp_path: Path
) -> None:
    spec = tmp_path / "openapi.yaml"
    text = SPEC.read_text("utf-8").replace("operationContext", "context")
    spec.write_text(text, "utf-8")
    shutil.copy(SPEC.parent / "calque.toml", tmp_path)
    code = "import acs_call_automation as a; print(a.__path__[0])"
    elsewhere = tmp_path / "elsewhere"
    pip = (python, "-m", "pip", "install", "--quiet", "--no-deps", "--target")
    run(*pip, elsewhere, client_wheel, cwd=tmp_path)
    for folder in (
        run(python, "-c", code, cwd=tmp_path).strip(),
        elsewhere / "acs_call_automation",
    ):
        said = run(python.parent / "calque", "diff", folder, spec, cwd=tmp_path)
        assert "argument-removed" in said
        assert "operation_context" in said


CALL = """
import sys
from acs_call_automation import AccessKey, CallAutomationClient
from acs_call_automation.models import CallSource, CommunicationIdentifierModel

with CallAutomationClient(sys.argv[1], credential=AccessKey(sys.argv[2])) as client:
    call = client.server_calling.create_call(
        callback_uri="https://app.contoso.com/callback",
        source=CallSource(identifier=CommunicationIdentifierModel(raw_id="8:acs:a")),
        targets=[CommunicationIdentifierModel(raw_id="8:acs:b")],
    )
print(call.call_connection_id, call.call_connection_state)
"""


def test_the_installed_client_places_a_call(python: Path, tmp_path: Path) -> None:
    from tests.behaviour.service import ACCESS_KEY, Service

    with Service() as service:
        said = run(python, "-c", CALL, service.endpoint, ACCESS_KEY, cwd=tmp_path)
    assert said == "18dea47f-b081-4107-9a5c-4300819d2c6c connected\n"
