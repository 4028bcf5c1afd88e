"""What type checkers say of generated packages, a few at a time."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from tests.corpus.outcome import Row

BATCH = 20

_CONFIG = """[mypy]
strict = true
follow_untyped_imports = true
"""


def check_types(rows: list[Row], out: Path) -> None:
    """Adds to each row what mypy --strict and pyright's strict mode find in its package."""
    (out / "mypy.ini").write_text(_CONFIG)
    (out / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        folders = [f"{row.package}/{row.package}" for row in some]
        mypy = _found([sys.executable, "-m", "mypy", *folders], out)
        pyright = _found(
            [
                *(sys.executable, "-m", "basedpyright"),
                *("--pythonpath", sys.executable),
                *folders,
            ],
            out,
        )
        for row in some:
            row.mypy, row.pyright = mypy[row.package], pyright[row.package]
            row.save(out / "rows")
        print(f"types: {start + len(some)}/{len(rows)}", file=sys.stderr)


def _found(command: list[str], out: Path) -> dict[str, list[str]]:
    """The errors that a type checker prints, by package."""
    done = subprocess.run(command, cwd=out, capture_output=True, text=True, check=False)
    errors: dict[str, list[str]] = defaultdict(list)
    for line in done.stdout.splitlines():
        place = re.search(r"(c_\w+)/\1/\S+\.py:\d+.*? error", line)
        if place:
            errors[place[1]].append(line.strip().replace(f"{out}/", "")[:300])
    if done.returncode not in (0, 1):
        errors["c_"].append(done.stderr[-300:])
        raise RuntimeError(done.stderr[-2000:] + done.stdout[-2000:])
    return errors
