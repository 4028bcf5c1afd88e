"""What a history of thirty edits changes for callers is what was recorded of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.incremental.history import RECORDED, recorded
from tests.test_history import edits, history

pytestmark = pytest.mark.once


def test_what_each_edit_changes_is_told_as_recorded(tmp_path: Path) -> None:
    locks = history(tmp_path)
    assert len(locks) == len(edits()) + 1
    assert recorded(locks) == RECORDED.read_text("utf-8")
