"""The package that is generated once for all tests here."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import pytest

from tests.made import imported, write
from tests.resilience.document import DOCUMENT


@pytest.fixture(scope="package")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("vault")
    write(DOCUMENT, "vault", folder)
    with imported(folder, "vault") as found:
        yield found


@pytest.fixture
def impatient(package: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients that try again at once: full jitter, with the smallest of chances."""
    runtime = f"{package.__name__}._runtime"
    clock = import_module(f"{runtime}.clock").Clock(chance=lambda: 0.0)
    client = import_module(f"{runtime}.client")

    def clock_of(_: object) -> object:
        return clock

    monkeypatch.setattr(client, "clock_of", clock_of)
