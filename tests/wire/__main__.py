"""Writes what is received now into `docs/wire.md`; the difference is for a person to read."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.wire.drive import received
from tests.wire.page import CELLS, PAGE, page

if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        PAGE.write_text(page(received(CELLS, Path(folder), awaited=False)), "utf-8")
