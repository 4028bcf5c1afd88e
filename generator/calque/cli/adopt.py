"""`calque adopt`: a generated file becomes the user's."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from calque import lock
from calque.cli.options import DONE, Commands, add_loudness
from calque.write import Refused, write_lock


def add(commands: Commands) -> None:
    """Adds the command."""
    command = commands.add_parser("adopt", help="make a generated file yours")
    command.set_defaults(run=_run)
    command.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="from now on calque neither writes nor removes it",
    )
    command.add_argument(
        "--undo", action="store_true", help="let calque write the file again"
    )
    add_loudness(command)


def _run(arguments: argparse.Namespace) -> int:
    for file in map(Path, arguments.files):
        folder = _package_of(file)
        path = file.resolve().relative_to(folder).as_posix()
        before = lock.read(folder)
        if before is not None:
            after = _given_back if arguments.undo else _adopted
            write_lock(folder, before, after(before, path, folder))
    return DONE


def _package_of(file: Path) -> Path:
    """The nearest folder above a file that calque wrote."""
    for folder in file.resolve().parents:
        if (folder / lock.FILE).is_file():
            return folder
    raise Refused(f"{file} is in no package of calque's: no {lock.FILE} above it")


def _adopted(before: lock.Lock, path: str, folder: Path) -> lock.Lock:
    if path == lock.FILE:
        raise Refused(
            f"{folder / path} is how calque knows its files; it stays calque's"
        )
    if path not in before.files:
        if not (folder / path).exists():
            raise Refused(f"there is no file {folder / path}")
        raise Refused(f"{folder / path} is no file of calque's; it is yours already")
    files = {p: digest for p, digest in before.files.items() if p != path}
    return replace(before, files=files, adopted={**before.adopted, path: "user"})


def _given_back(before: lock.Lock, path: str, folder: Path) -> lock.Lock:
    if path not in before.adopted:
        raise Refused(f"{folder / path} was not adopted")
    adopted = {p: who for p, who in before.adopted.items() if p != path}
    return replace(before, adopted=adopted)
