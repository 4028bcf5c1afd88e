"""The package that is generated once, and the clients that open its streams."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest

from tests.made import imported, write
from tests.runtime.calls import KINDS
from tests.streaming.clock import Clock
from tests.streaming.document import DOCUMENT


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("clock")
    write(DOCUMENT, "clock", folder)
    with imported(folder, "clock") as found:
        yield found


@pytest.fixture(params=KINDS)
def clock(request: pytest.FixtureRequest, package: ModuleType) -> Clock:
    return Clock(package, request.param)
