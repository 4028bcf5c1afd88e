"""The package that is generated once, and the clients that go through its lists."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest

from tests.made import imported, write
from tests.paging.document import DOCUMENT
from tests.paging.kennel import Kennel
from tests.runtime.calls import KINDS


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("kennel")
    write(DOCUMENT, "kennel", folder)
    with imported(folder, "kennel") as found:
        yield found


@pytest.fixture(params=KINDS)
def kennel(request: pytest.FixtureRequest, package: ModuleType) -> Kennel:
    return Kennel(package, request.param)
