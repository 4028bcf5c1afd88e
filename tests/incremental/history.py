"""What a history of edits changes for callers, edit by edit: `python -m tests.incremental.history`.

What is said of each edit is recorded in `history.txt`.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from calque.comparison.sides import between
from calque.lock import Lock
from calque.surface import restored
from tests.test_history import history

RECORDED = Path(__file__).parent / "history.txt"


def told(before: Lock, after: Lock) -> str:
    """What changes for callers, a line each, by what it does to them."""
    report = between(restored(before.surface), restored(after.surface))
    lines = [f"{c.rule.effect}: {c.rule.code}: {c.subject}\n" for c in report.changes]
    return "".join(sorted(lines)) or "nothing\n"


def recorded(locks: list[Lock]) -> str:
    """The whole history, with a number for each edit."""
    edits = enumerate(pairwise(locks), 1)
    return "\n".join(f"{number}.\n{told(*pair)}" for number, pair in edits)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        RECORDED.write_text(recorded(history(Path(folder))), "utf-8")
