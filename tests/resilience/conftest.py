"""The package that is generated once for all tests here."""

from __future__ import annotations

from collections.abc import Iterator
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
