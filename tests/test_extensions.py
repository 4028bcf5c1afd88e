"""Modules of a package's `custom/` folder extend its clients, resources and models."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from calque import lock
from calque.cli import main
from calque.config import Config, ConfigError
from calque.pipeline import package, understand
from calque.write import write
from tests.made import imported

SPEC = """openapi: 3.1.1
info: {title: Shown, version: "1"}
servers: [{url: "http://127.0.0.1:9"}]
paths:
  /pets:
    get:
      operationId: list
      tags: [pets]
      responses:
        "200":
          description: All.
          content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
components: {schemas: {Pet: {type: object, required: [name], properties: {name: {type: string}}}}}
"""
CUSTOM = '''"""What we add to pets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from .. import models as m
    from ..resources.pets import Pets


class Named(Protocol):
    @property
    def name(self) -> str: ...


class PetMethods:
    """What a pet can do besides."""

    __slots__ = ()

    def greeting(self: Named) -> str:
        """What to say to it."""
        return f"Hello, {self.name}!"


class HasPets(Protocol):
    @property
    def pets(self) -> Pets: ...


class ClientMethods:
    """What a client can do besides."""

    def pet(self: HasPets) -> m.Pet:
        """The pet."""
        return self.pets.list()
'''
USE = """
import shown
from shown.models import Pet
def use(client: shown.ShownClient) -> str:
    return client.pet().greeting() + Pet(name="a").greeting()
"""
CONFIG = Config(
    package="shown",
    extend={"Pet": "pets.PetMethods", "ShownClient": "pets.ClientMethods"},
)


def made(folder: Path, config: Config) -> dict[str, str]:
    spec = folder / "openapi.yaml"
    spec.write_text(SPEC)
    result = understand(spec)
    assert result.value is not None
    return dict(package(result.value, config, "", lock.read(folder / "out")).files)


@pytest.fixture
def extended(tmp_path: Path) -> Path:
    """The folder of a package that is extended."""
    out = tmp_path / "out"
    write(out, made(tmp_path, CONFIG), None)
    (out / "shown/custom").mkdir()
    (out / "shown/custom/__init__.py").write_text("")
    (out / "shown/custom/pets.py").write_text(CUSTOM)
    return out


def test_what_is_added_works_and_survives(extended: Path) -> None:
    write(extended, made(extended.parent, CONFIG), lock.read(extended))
    assert (extended / "shown/custom/pets.py").read_text() == CUSTOM
    with imported(extended, "shown") as shown:
        models = import_module("shown.models")
        pet = shown.decode(b'{"name": "Rex"}', models.Pet)
        assert pet.greeting() == "Hello, Rex!"
        assert shown.encode(pet) == b'{"name":"Rex"}'
        with (
            shown.ShownClient(max_retries=0) as client,
            pytest.raises(shown.ApiConnectionError),
        ):
            client.pet()


@pytest.mark.tools
def test_what_is_added_type_checks(extended: Path) -> None:
    (extended / "use.py").write_text(USE)
    config = Path(__file__).parents[1] / "pyproject.toml"
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", f"--config-file={config}", "."],
        cwd=extended,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


SETTINGS = """spec = "openapi.yaml"
output = "out"
package = "shown"
"""
EXTEND = '[extend]\nPet = "pets.PetMethods"\n'
LACKING: list[tuple[dict[str, str], str, str]] = [
    (
        {},
        "there is no module `out/shown/custom/pets.py` for the package to import",
        "write it, with `PetMethods` in it",
    ),
    (
        {"pet.py": "class PetMethods: ..."},
        "there is no module `out/shown/custom/pets.py` for the package to import",
        "did you mean `pet`?",
    ),
    (
        {"pets.py": "class PetMethod: ..."},
        "`out/shown/custom/pets.py` has no class `PetMethods`",
        "did you mean `PetMethod`?",
    ),
    (
        {"pets.py": "def others():\n    class PetMethods: ..."},
        "`out/shown/custom/pets.py` has no class `PetMethods`",
        "write it there",
    ),
    (
        {"pets.py": "class PetMethods("},
        "`out/shown/custom/pets.py` can't be read: '(' was never closed (pets.py, line 1)",
        "mend it",
    ),
]
THERE = [
    {"pets.py": "class PetMethods: ..."},
    {"pets/__init__.py": "class PetMethods: ..."},
    {"pets.py": "from .cats import PetMethods"},
    {"pets.py": "from .cats import *"},
    {"pets.py": "if True:\n    class PetMethods: ..."},
]


@pytest.fixture
def settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The `custom/` folder of a package whose settings extend a class from now on."""
    (tmp_path / "openapi.yaml").write_text(SPEC)
    (tmp_path / "calque.toml").write_text(SETTINGS)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    assert main(["generate", "-q"]) == 0
    (tmp_path / "calque.toml").write_text(SETTINGS + EXTEND)
    custom = tmp_path / "out/shown/custom"
    custom.mkdir()
    return custom


def put(custom: Path, modules: dict[str, str]) -> None:
    for name, text in modules.items():
        (custom / name).parent.mkdir(exist_ok=True)
        (custom / name).write_text(text)


@pytest.mark.parametrize(("modules", "message", "advice"), LACKING)
def test_what_custom_lacks_is_told(
    settled: Path,
    capsys: pytest.CaptureFixture[str],
    modules: dict[str, str],
    message: str,
    advice: str,
) -> None:
    put(settled, modules)
    told = f"""calque.toml:5:7: warning: {message} [extension-missing]
    5 | Pet = "pets.PetMethods"
      |       ^^^^^^^^^^^^^^^^^
      = help: {advice}
"""
    # Told again by a run that has nothing else to do.
    for command in ("generate", "generate", "check"):
        assert main([command]) == 0
        assert capsys.readouterr().err == told


@pytest.mark.parametrize("modules", THERE)
def test_nothing_is_told_of_what_custom_has(
    settled: Path, capsys: pytest.CaptureFixture[str], modules: dict[str, str]
) -> None:
    assert main(["generate"]) == 0
    assert "extension-missing" in capsys.readouterr().err
    put(settled, modules)
    assert main(["generate"]) == 0
    assert capsys.readouterr().err == ""


def test_what_is_not_there_can_t_be_extended(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="did you mean `Pet`"):
        made(tmp_path, Config(package="shown", extend={"Pett": "a.B"}))
