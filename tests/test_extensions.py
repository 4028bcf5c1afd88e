"""Modules of a package's `custom/` folder extend its clients, resources and models."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from calque import lock
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


def test_what_is_not_there_can_t_be_extended(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="did you mean `Pet`"):
        made(tmp_path, Config(package="shown", extend={"Pett": "a.B"}))
