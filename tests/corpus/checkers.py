"""What type checkers say of generated packages, many at a time.

To start a checker, and to have it read what every package imports, costs more than to
check a package: a batch pays that once, and a thread keeps what mypy knows of it. Modules
of the runtime that are calque's own, byte for byte, are read for their types and not
checked again: `make types` did that.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from threading import current_thread

from calque.render.engine import templates
from tests.corpus.outcome import Row

BATCH = 4_000_000
"""The bytes of Python that are checked at once: what a checker holds with ease."""

_MYPY = """[mypy]
strict = true
follow_untyped_imports = true
follow_imports = silent
"""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some packages, and those of their files that are to be checked, below `out`."""

    rows: tuple[Row, ...]
    files: tuple[str, ...]


def check_types(rows: list[Row], out: Path, workers: int) -> None:
    """Adds to each row what mypy --strict and pyright's strict mode find in its package."""
    done = 0
    with ThreadPoolExecutor(workers, thread_name_prefix="types") as pool:
        running = [
            pool.submit(_check, batch, out, f"batch-{number}")
            for number, batch in enumerate(_batches(rows, out))
        ]
        for future in as_completed(running):
            for row in future.result():
                row.save(out / "rows")
                done += 1
            print(f"types: {done}/{len(rows)}", file=sys.stderr)


def _batches(rows: list[Row], out: Path) -> Iterator[Batch]:
    some: list[Row] = []
    files: list[str] = []
    held = 0
    for row in rows:
        own = _own_files(out, row.package)
        some.append(row)
        files += own
        held += sum((out / file).stat().st_size for file in own)
        if held > BATCH:
            yield Batch((*some,), (*files,))
            some, files, held = [], [], 0
    if some:
        yield Batch((*some,), (*files,))


def _own_files(out: Path, package: str) -> list[str]:
    """The modules of a package, but those of the runtime that are as calque has them."""
    shipped = templates() / "client" / "{package}"
    root = out / package / package
    return sorted(
        path.relative_to(out).as_posix()
        for path in root.rglob("*.py")
        if not _is_same(path, shipped / path.relative_to(root))
    )


def _is_same(path: Path, shipped: Path) -> bool:
    return shipped.exists() and shipped.read_bytes() == path.read_bytes()


def _check(batch: Batch, out: Path, name: str) -> tuple[Row, ...]:
    mypy = _found(_mypy(batch, out, name), out)
    pyright = _found(_pyright(batch, out, name), out)
    for row in batch.rows:
        row.mypy, row.pyright = mypy[row.package], pyright[row.package]
        row.checked = row.made
    return batch.rows


def _mypy(batch: Batch, out: Path, name: str) -> list[str]:
    (out / f"{name}.ini").write_text(_MYPY)
    (out / f"{name}.txt").write_text("\n".join(batch.files))
    # Two that write one cache at once would spoil it: each thread has its own.
    cache = f"--cache-dir={out / '.mypy_cache' / current_thread().name}"
    files = f"@{name}.txt"
    return ["mypy", "--config-file", f"{name}.ini", cache, files]


def _pyright(batch: Batch, out: Path, name: str) -> list[str]:
    config = {"typeCheckingMode": "strict", "include": batch.files}
    (out / f"{name}.json").write_text(json.dumps(config))
    return ["basedpyright", "--pythonpath", sys.executable, "-p", f"{name}.json"]


def _found(command: list[str], out: Path) -> dict[str, list[str]]:
    """The errors that a type checker prints, by package."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=out,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr[-2000:] + done.stdout[-2000:])
    errors: dict[str, list[str]] = defaultdict(list)
    for line in done.stdout.splitlines():
        place = re.search(r"(c_\w+)/\1/\S+\.py:\d+.*? error", line)
        if place:
            errors[place[1]].append(line.strip().replace(f"{out}/", "")[:300])
    return errors
