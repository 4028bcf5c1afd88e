"""Measures runs after a change: `python -m benchmarks.changes [DOCUMENT ...]`.

For each document: a second run with nothing changed, and one with the words of one operation
changed, each a process of its own. Without documents, Create Call and a made-up document of
100 operations. Of the latter also the time from an edit that is saved to the package, under
`calque watch`. What is shown are medians, of the clock and of the CPU (user and system).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import yaml

from benchmarks.made import Object, document

ROOT = Path(__file__).parents[1]
CREATE_CALL = ROOT / "spec/acs-call-automation/openapi.yaml"
_METHODS = ("get", "put", "post", "delete", "patch")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took: seconds of the clock, and of the CPU."""

    clock: float
    cpu: float


def main() -> int:
    """Prints a line of a table for each document and for `calque watch`."""
    arguments = _arguments()
    print("| document | runs | unchanged: clock | CPU | one operation: clock | CPU |")
    print("|---|---|---|---|---|---|")
    with TemporaryDirectory() as folder:
        made = Path(folder) / "100 operations.json"
        made.write_text(json.dumps(document(100)))
        named = [Path(name) for name in arguments.documents]
        for path in named or (CREATE_CALL, made):
            print(_row(path, arguments.runs), flush=True)
    print(f"\n`calque --version`: {_shown(_version(arguments.runs))}")
    if not named:
        seconds = _watched(document(100), arguments.runs)
        print(f"`calque watch`, from an edit to its package: {seconds:.2f} s")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.changes")
    parser.add_argument("documents", nargs="*", help="OpenAPI documents")
    parser.add_argument("--runs", type=int, default=5, help="for each document")
    return parser.parse_args()


def _row(path: Path, runs: int) -> str:
    """What runs after the first one cost."""
    content: Object = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    with TemporaryDirectory() as folder, _cache(folder):
        spec, output = Path(folder) / "openapi.json", Path(folder) / "package"
        command = ("generate", str(spec), "-o", str(output), "--quiet")
        _save(spec, content)
        _cost(*command)
        unchanged = [_cost(*command) for _ in range(runs)]
        changed: list[Cost] = []
        for number in range(runs):
            _save(spec, _edited(content, number))
            changed.append(_cost(*command))
    cells = (path.stem, str(runs), _shown(unchanged), _shown(changed))
    return f"| {' | '.join(cells)} |"


@contextmanager
def _cache(folder: str) -> Generator[None]:
    """A cache that has nothing of other runs, and is left to none."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = f"{folder}/cache"
    try:
        yield
    finally:
        del os.environ["XDG_CACHE_HOME"]
        if before is not None:
            os.environ["XDG_CACHE_HOME"] = before


def _cost(*words: str) -> Cost:
    """What one run costs; raises CalledProcessError where it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "calque", *words], stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    clock = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)
    return Cost(clock, used.ru_utime + used.ru_stime)


def _version(runs: int) -> list[Cost]:
    return [_cost("--version") for _ in range(runs)]


def _shown(costs: list[Cost]) -> str:
    clock = statistics.median(cost.clock for cost in costs)
    return f"{clock:.2f} | {statistics.median(cost.cpu for cost in costs):.2f}"


def _edited(content: Object, number: int) -> Object:
    """A document, in which the operation in the middle says something else."""
    changed: Object = json.loads(json.dumps(content, default=str))
    items = cast("dict[str, dict[str, Object]]", changed["paths"]).values()
    found = [item[m] for item in items for m in _METHODS if m in item]
    found[len(found) // 2]["description"] = f"Said for the time {number}."
    return changed


def _save(path: Path, content: Object) -> None:
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(content, default=str))
    draft.replace(path)


def _watched(content: Object, runs: int) -> float:
    """The seconds from an edit that is saved to the package that has it."""
    with TemporaryDirectory() as folder, _cache(folder):
        spec, output = Path(folder) / "openapi.json", Path(folder) / "package"
        _save(spec, content)
        command = [sys.executable, "-m", "calque", "watch", spec, "-o", output]
        with subprocess.Popen(
            list(map(str, command)), stderr=subprocess.DEVNULL
        ) as process:
            try:
                lock = output / "calque.lock"
                _until(lock.is_file)
                return statistics.median(
                    _seen(spec, _edited(content, number), lock)
                    for number in range(runs)
                )
            finally:
                process.kill()


def _seen(spec: Path, content: Object, lock: Path) -> float:
    """How long it takes until a package is another one."""
    time.sleep(0.5)
    before = lock.stat().st_mtime_ns
    began = time.perf_counter()
    _save(spec, content)
    _until(lambda: lock.stat().st_mtime_ns != before)
    return time.perf_counter() - began


def _until(done: Callable[[], bool]) -> None:
    while not done():
        time.sleep(0.002)


if __name__ == "__main__":
    raise SystemExit(main())
