"""The package that is generated once, and the clients that wait for its operations."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest

from tests.made import imported, write
from tests.polling.document import CONFIG, DOCUMENT
from tests.polling.yard import Yard
from tests.runtime.calls import KINDS


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("shipyard")
    write(DOCUMENT, "shipyard", folder, CONFIG)
    with imported(folder, "shipyard") as found:
        yield found


@pytest.fixture(params=KINDS)
def yard(request: pytest.FixtureRequest, package: ModuleType) -> Yard:
    return Yard(package, request.param)
