"""`calque generate`: from a document to its package on the disk."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

from calque import config, lock
from calque.cli.options import (
    AT_FAULT,
    DONE,
    Commands,
    add_document,
    add_loudness,
    terms,
)
from calque.cli.report import progress, report
from calque.document.spec import Spec, folder_of
from calque.format import Formatter, format_files
from calque.pipeline import package, understand
from calque.write import Changes, compare, difference, finish, write


def add(commands: Commands) -> None:
    """Adds the command."""
    command = commands.add_parser("generate", help="write the package of a document")
    command.set_defaults(run=_run)
    command.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="its folder"
    )
    command.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit 1 with a diff when DIR is not up to date",
    )
    command.add_argument(
        "--overwrite",
        action="store_true",
        help="drop what was edited in files that calque wrote",
    )
    command.add_argument(
        "--relock",
        action="store_true",
        help="keep what can be read of a broken or conflicted calque.lock, and its names",
    )
    command.add_argument(
        "--accept-renames",
        action="store_true",
        help="rename what the document renamed; the old names become deprecated aliases",
    )
    command.add_argument(
        "--drop-aliases", action="store_true", help="leave out all deprecated aliases"
    )
    command.add_argument(
        "--format",
        type=Formatter,
        choices=tuple(Formatter),
        default=Formatter.CALQUE,
        help="who lays out the code: calque, as black would (default); black; or ruff, "
        "where it is installed",
    )
    add_document(command)
    add_loudness(command)


def _run(arguments: argparse.Namespace) -> int:
    spec: Spec = arguments.spec
    folder = Path(arguments.output)
    settings = config.read(folder_of(spec))
    finish(folder)
    memory = lock.salvage(folder) if arguments.relock else lock.read(folder)
    past = replace(memory, aliases={}) if memory and arguments.drop_aliases else memory
    with progress(arguments) as told:
        result = understand(spec, told, terms(arguments, settings))
        made = None
        if result.value is not None:
            layout = partial(format_files, by=arguments.format)
            made = package(
                *(result.value, settings, result.digest, past, told, layout),
                accept=bool(arguments.accept_renames),
            )
            result = replace(
                result, diagnostics=(*result.diagnostics, *made.diagnostics)
            )
            for path in made.by_black:
                told(f"laid out by black: {path}")
    report(result, arguments)
    if made is None:
        return AT_FAULT
    if arguments.check:
        changes = compare(folder, made.files, memory)
        sys.stdout.writelines(difference(changes))
        return AT_FAULT if changes else DONE
    overwrite = arguments.overwrite or arguments.relock
    changes = write(folder, made.files, memory, overwrite=overwrite)
    _summarise(changes, len(made.files), arguments)
    return DONE


def _summarise(changes: Changes, total: int, arguments: argparse.Namespace) -> None:
    if arguments.quiet or arguments.diagnostics == "json":
        return
    if arguments.verbose:
        for path in sorted(changes.written):
            print(f"wrote {changes.folder / path}", file=sys.stderr)
        for path in changes.removed:
            print(f"removed {changes.folder / path}", file=sys.stderr)
    if sys.stderr.isatty() or arguments.verbose:
        print(
            f"{changes.folder}: {total} files, {len(changes.written)} written, "
            f"{len(changes.removed)} removed",
            file=sys.stderr,
        )
