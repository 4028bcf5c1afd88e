"""Lays real packages out both ways, and compares: `python -m tests.layout FOLDER`.

Each document of the folder gives a package. Of its files some are drawn, the same in each run;
each has to be, byte for byte, what black makes of the same text.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from calque.config import Config
from calque.format import Formatted, Formatter, format_files
from calque.pipeline import package, understand


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What came of one document: how many files were laid out, by black, and otherwise."""

    files: int = 0
    by_black: tuple[str, ...] = ()
    different: tuple[str, ...] = ()


def main() -> int:
    """Prints each file that took black or that differs; returns 1 where one differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.layout")
    parser.add_argument("folder", help="a folder of OpenAPI documents in JSON")
    parser.add_argument("--limit", type=int, help="only so many documents, drawn")
    parser.add_argument(
        "--drawn",
        type=int,
        default=40_000,
        help="characters of each package to compare",
    )
    parser.add_argument("--workers", type=int, help="processes; one per processor")
    arguments = parser.parse_args()
    found = sorted(Path(arguments.folder).rglob("*.json"))
    random.Random(0).shuffle(found)
    each: list[Compared] = []
    with ProcessPoolExecutor(arguments.workers) as workers:
        compared = partial(_compared, drawn=arguments.drawn)
        for one in workers.map(compared, found[: arguments.limit]):
            each.append(one)
            _show(one)
            if len(each) % 50 == 0:
                print(f"after {len(each)} documents: {_together(each)}", flush=True)
    print(_together(each))
    return int(any(one.different for one in each))


def _together(each: Sequence[Compared]) -> str:
    """What came of all documents so far."""
    by_black = sum(len(one.by_black) for one in each)
    different = sum(len(one.different) for one in each)
    return (
        f"{sum(bool(one.files) for one in each)} packages, "
        f"{sum(one.files for one in each)} files, "
        f"{by_black} by black, {different} different"
    )


def _show(one: Compared) -> None:
    for file in one.by_black:
        print(f"by black: {file}", flush=True)
    for file in one.different:
        print(f"different: {file}", flush=True)


def _compared(path: Path, drawn: int) -> Compared:
    """Some files of a document's package, laid out by calque and by black."""
    result = understand(path)
    if result.value is None:
        return Compared()
    filled: dict[str, str] = {}

    def kept(files: Mapping[str, str]) -> Formatted:
        filled.update(_some(files, drawn))
        return Formatted(files)

    package(result.value, Config(package="compared"), "", layout=kept)
    done = format_files(filled)
    black = format_files(filled, Formatter.BLACK)
    return Compared(
        files=len(done.files),
        by_black=tuple(f"{path}: {file}" for file in done.by_black),
        different=tuple(
            f"{path}: {file}"
            for file, text in done.files.items()
            if black.files[file] != text
        ),
    )


def _some(files: Mapping[str, str], drawn: int) -> dict[str, str]:
    """Files drawn until they are so many characters together; one at least.

    The runtime is the same in each package, so it is left to the packages of the tests.
    """
    names = sorted(name for name in files if "/_runtime/" not in name)
    random.Random(len(names)).shuffle(names)
    taken: dict[str, str] = {}
    for name in names:
        if not taken or sum(map(len, taken.values())) + len(files[name]) <= drawn:
            taken[name] = files[name]
    return taken


if __name__ == "__main__":
    raise SystemExit(main())
