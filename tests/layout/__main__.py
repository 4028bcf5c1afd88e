"""Lays real packages out both ways, and compares: `python -m tests.layout FOLDER`.

Each document of the folder gives a package; every file that calque's layout knows has to be,
byte for byte, what black makes of the same text.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Mapping
from pathlib import Path

from calque.config import Config
from calque.format import Formatted, Formatter, format_files
from calque.pipeline import package, understand


def main() -> int:
    """Prints each file that differs; returns 1 where one does."""
    parser = argparse.ArgumentParser(prog="python -m tests.layout")
    parser.add_argument("folder", help="a folder of OpenAPI documents in JSON")
    parser.add_argument("--limit", type=int, default=50, help="only so many, by chance")
    arguments = parser.parse_args()
    found = sorted(Path(arguments.folder).rglob("*.json"))
    random.Random(0).shuffle(found)
    files = by_black = 0
    different: list[str] = []
    for path in found[: arguments.limit]:
        done, other = _compared(path)
        files, by_black = files + len(done.files), by_black + len(done.by_black)
        different += [f"{path}: {file}" for file in other]
    print(*different, sep="\n")
    print(f"{files} files, {by_black} by black, {len(different)} different")
    return int(bool(different))


def _compared(path: Path) -> tuple[Formatted, list[str]]:
    """The files of a document's package, and those of them that black lays out otherwise."""
    result = understand(path)
    if result.value is None:
        return Formatted({}), []
    filled: dict[str, str] = {}

    def kept(files: Mapping[str, str]) -> Formatted:
        filled.update(files)
        return Formatted(files)

    package(result.value, Config(package="compared"), "", layout=kept)
    done = format_files(filled)
    black = format_files(filled, Formatter.BLACK)
    return done, [
        file for file, text in done.files.items() if black.files[file] != text
    ]


if __name__ == "__main__":
    raise SystemExit(main())
