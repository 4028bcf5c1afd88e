"""Runs calque over a folder of real documents: `python -m tests.corpus FOLDER`.

Resumable: what an earlier run found is kept in `--out`, as long as calque is the same, and
what type checkers said, as long as the package is. `--keep` keeps the rest too, and the report
tells how much is of which state.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from tests.corpus.checkers import check_types
from tests.corpus.outcome import Row, name_of, outcome
from tests.corpus.report import report
from tests.corpus.state import code

LARGE = 200_000
LARGE_CHECKED = 60


def main() -> int:
    """Returns 1 when a document crashed calque, or a package is at fault."""
    arguments = _arguments()
    root, out = Path(arguments.folder).resolve(), Path(arguments.out).resolve()
    documents = _documents(root, arguments.limit)
    if arguments.fresh:
        shutil.rmtree(out, ignore_errors=True)
    rows = _rows(documents, root, out, arguments.workers, keep=arguments.keep)
    if arguments.types:
        check_types(_checked(rows), out, arguments.workers)
    text = report(rows)
    print(text)
    if arguments.report:
        Path(arguments.report).write_text(text)
    return int(any(row.wrong for row in rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus")
    parser.add_argument("folder", help="a folder of OpenAPI documents in JSON")
    parser.add_argument("--out", default="build/corpus", help="where packages go")
    parser.add_argument("--limit", type=int, help="only so many, chosen by chance")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--fresh", action="store_true", help="forget earlier runs")
    parser.add_argument(
        "--keep", action="store_true", help="keep rows of other states of calque"
    )
    parser.add_argument("--types", action="store_true", help="run the type checkers")
    parser.add_argument("--report", help="a file to write the table to")
    return parser.parse_args()


def _documents(root: Path, limit: int | None) -> list[Path]:
    found = sorted(root.rglob("*.json"))
    return random.Random(0).sample(found, limit) if limit else found


def _rows(
    documents: list[Path], root: Path, out: Path, workers: int, *, keep: bool
) -> list[Row]:
    """The rows of all documents; those of another state of calque are made anew."""
    state = code()
    known: dict[str, Row] = {}
    pending: list[Path] = []
    for path in documents:
        earlier = _earlier(path, root, out)
        if earlier is not None:
            known[earlier.package] = earlier
        if earlier is None or (earlier.code != state and not keep):
            pending.append(path)
    # In no order, so that what is known after a while is true of the whole.
    random.Random(0).shuffle(pending)
    # One process for each document: its package is imported there, and gone with it.
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.corpus.outcome", "httpx2", "msgspec"])
    with ProcessPoolExecutor(
        workers, mp_context=context, max_tasks_per_child=1
    ) as pool:
        running = [pool.submit(outcome, path, root, out, state) for path in pending]
        for number, future in enumerate(as_completed(running), 1):
            row = _with_types(future.result(), known)
            row.save(out / "rows")
            known[row.package] = row
            if sys.stderr.isatty() or number % 100 == 0:
                print(f"{number}/{len(pending)} {row.document}", file=sys.stderr)
    return sorted(known.values(), key=lambda row: row.document)


def _earlier(path: Path, root: Path, out: Path) -> Row | None:
    name = name_of(path.relative_to(root).as_posix())
    found = out / "rows" / f"{name}.json"
    return Row.load(found) if found.exists() else None


def _with_types(row: Row, known: dict[str, Row]) -> Row:
    """The row with what type checkers said before, and of which package they said it."""
    if earlier := known.get(row.package):
        row.mypy, row.pyright = earlier.mypy, earlier.pyright
        row.checked = earlier.checked
    return row


def _checked(rows: list[Row]) -> list[Row]:
    """The rows whose packages are type-checked: all small ones, and some large ones."""
    made = [row for row in rows if row.status == "generated"]
    small = [row for row in made if row.size < LARGE]
    large = [row for row in made if row.size >= LARGE]
    some = random.Random(0).sample(large, min(LARGE_CHECKED, len(large)))
    return [row for row in (*small, *some) if row.stale]


if __name__ == "__main__":
    raise SystemExit(main())
