"""Large bodies, either way, in an amount of memory that does not depend on their size.

`make soak` moves a gigabyte in each way, these tests less: see `size`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.made import write
from tests.resilience.bulk import PIECE, WAYS, Bulk, grown
from tests.resilience.document import DOCUMENT
from tests.runtime.calls import KINDS, Kind

MEGABYTE = 1_048_576
SIZE = int(os.environ.get("CALQUE_SOAK_MEGABYTES", "64")) * MEGABYTE
# Of what is kept whole there would be 64 MB at least.
MOST = 24 * MEGABYTE


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The package, and files of the sizes that are sent, which take up no disk."""
    folder = tmp_path_factory.mktemp("bulk")
    write(DOCUMENT, "vault", folder)
    for size in (len(PIECE), SIZE):
        with (folder / f"{size}.bin").open("wb") as file:
            file.truncate(size)
    yield folder
    for size in (len(PIECE), SIZE):
        (folder / f"{size}.bin").unlink()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", WAYS)
def test_memory_does_not_grow_with_a_body(folder: Path, kind: Kind, way: str) -> None:
    if kind == "sync" and way.startswith("async"):
        pytest.skip("an asynchronous iterator needs the asynchronous client")
    with Bulk(SIZE) as server:
        assert grown(folder, server.url, kind, way, SIZE) < MOST
    if way == "download":
        assert (folder / f"{SIZE}.bin").stat().st_size == SIZE
    else:
        assert server.taken == [len(PIECE), SIZE]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_noticed_where_memory_does_grow(folder: Path, kind: Kind) -> None:
    size = min(SIZE, 64 * MEGABYTE)
    with Bulk(size) as server:
        assert grown(folder, server.url, kind, "whole", size) > 2 * MOST
