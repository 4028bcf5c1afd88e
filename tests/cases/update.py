"""Writes what comes out now into every case; the difference is for a person to read."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cases.case import CASES, generated, read

if __name__ == "__main__":
    for path in CASES:
        with TemporaryDirectory() as folder:
            path.write_text(generated(read(path), Path(folder)).text(), "utf-8")
