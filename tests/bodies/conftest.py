"""The package that is generated once, and the clients that call it."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest

from tests.bodies.document import DOCUMENT
from tests.bodies.shelf import Shelf
from tests.made import imported, write
from tests.runtime.calls import KINDS
from tests.runtime.loopback import Server, http


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("shelf")
    write(DOCUMENT, "shelf", folder)
    with imported(folder, "shelf") as found:
        yield found


@pytest.fixture(params=KINDS)
def shelf(request: pytest.FixtureRequest, package: ModuleType) -> Shelf:
    return Shelf(package, request.param)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(http(204)) as running:
        yield running
