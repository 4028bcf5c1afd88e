"""Measures how cost grows: `python -m benchmarks.growth [--least N]`.

Packages are made of documents that are once, twice, four and eight times as large. Where
time and memory grow in line, each step doubles what is beyond the start of the process.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.made import document
from benchmarks.measure import Cost, cost


def main() -> int:
    """Prints a line of a table for each size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth")
    parser.add_argument(
        "--least", type=int, default=500, help="operations of the first"
    )
    least: int = parser.parse_args().least
    print("| operations | CPU seconds | peak MB | ms an operation, beyond the start |")
    print("|---|---|---|---|")
    start = _made(1).seconds
    for size in (least, 2 * least, 4 * least, 8 * least):
        found = _made(size)
        each = (found.seconds - start) * 1000 / size
        cells = (f"{size:,}", f"{found.seconds:.2f}", f"{found.memory:.0f}")
        print(f"| {' | '.join((*cells, f'{each:.2f}'))} |", flush=True)
    return 0


def _made(operations: int) -> Cost:
    """What a package of so many operations costs."""
    with TemporaryDirectory() as folder:
        spec = Path(folder) / "openapi.json"
        spec.write_text(json.dumps(document(operations)), "utf-8")
        program = [sys.executable, "-m", "calque", "generate", str(spec), "--quiet"]
        return cost([*program, "-o", f"{folder}/package"])


if __name__ == "__main__":
    raise SystemExit(main())
