"""Measures whole runs of `calque generate`: `python -m benchmarks [DOCUMENT ...]`.

Each run is a process of its own, into a new folder. What is shown are medians, of the
seconds of CPU (user and system) and of the peak of resident memory; seconds of the clock
would measure what else the machine does.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
CREATE_CALL = ROOT / "spec/acs-call-automation/openapi.yaml"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took: seconds of CPU, and MB of memory at its peak."""

    seconds: float
    memory: float


def main() -> int:
    """Prints a line of a table for each document; returns 1 where one gave no package."""
    arguments = _arguments()
    documents = [Path(name) for name in arguments.documents] or [CREATE_CALL]
    print("| document | runs | CPU seconds | peak MB | again, CPU seconds |")
    print("|---|---|---|---|---|")
    failed = False
    for document in documents:
        cold, warm = _costs(document, arguments.runs)
        failed |= not cold
        print(_row(document, cold, warm), flush=True)
    return int(failed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("documents", nargs="*", help="OpenAPI documents")
    parser.add_argument("--runs", type=int, default=5, help="for each document")
    return parser.parse_args()


def _costs(document: Path, runs: int) -> tuple[list[Cost], list[Cost]]:
    """What runs into new folders cost, and what a second run into the same costs."""
    cold: list[Cost | None] = []
    warm: list[Cost | None] = []
    for _ in range(runs):
        with TemporaryDirectory() as folder:
            cold.append(_cost(document, Path(folder) / "package"))
            warm.append(_cost(document, Path(folder) / "package"))
    return [c for c in cold if c], [c for c in warm if c]


def _cost(document: Path, folder: Path) -> Cost | None:
    """What one run costs; None where it gives no package."""
    command = [sys.executable, "-m", "calque", "generate", str(document)]
    process = subprocess.Popen(
        [*command, "-o", str(folder), "--quiet"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        return None
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _row(document: Path, cold: list[Cost], warm: list[Cost]) -> str:
    if not cold:
        return f"| {document.name} | 0 | no package | | |"
    seconds = statistics.median(cost.seconds for cost in cold)
    memory = statistics.median(cost.memory for cost in cold)
    again = f"{statistics.median(c.seconds for c in warm):.2f}" if warm else ""
    cells = (document.name, str(len(cold)), f"{seconds:.2f}", f"{memory:.0f}", again)
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    raise SystemExit(main())
