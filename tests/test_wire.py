"""Parameters on the wire: bytes that a server received against those of the specification."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wire.drive import received
from tests.wire.page import CELLS, PAGE, page


@pytest.mark.parametrize("awaited", [False, True], ids=["sync", "async"])
def test_what_is_received_is_what_the_specification_says(
    awaited: bool, tmp_path: Path
) -> None:
    found = received(CELLS, tmp_path, awaited=awaited)
    pairs = zip(CELLS, found, strict=True)
    assert [(cell, wire) for cell, wire in pairs if cell.wire != wire] == []
    assert PAGE.read_text("utf-8") == page(found)
