"""`calque generate`: from documents to their packages on the disk."""

from __future__ import annotations

import argparse
import sys

from calque.cli.check import answer
from calque.cli.make import asked, make, settled
from calque.cli.options import (
    AT_FAULT,
    DONE,
    Commands,
    add_document,
    add_loudness,
    add_output,
    wanted,
)
from calque.cli.report import repeat
from calque.fresh import fresh
from calque.project import Job
from calque.write import Changes, finish, write


def add(commands: Commands) -> None:
    """Adds the command."""
    command = commands.add_parser("generate", help="write the packages of documents")
    command.set_defaults(run=_run)
    add_output(command)
    command.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit 1 with a diff when DIR is not up to date",
    )
    add_writing(command)
    add_document(command, optional=True)
    add_loudness(command)


def add_writing(command: argparse.ArgumentParser) -> None:
    """What becomes of edits, of names, and of the layout."""
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
        choices=("calque", "black", "ruff"),
        default="calque",
        help="who lays out the code: calque, as black would (default); black; or ruff, "
        "where it is installed",
    )
    command.add_argument(
        "--workers",
        type=_number,
        metavar="N",
        help="how many processes work on a large document at once (default: as many as "
        "there are processors)",
    )


def _number(text: str) -> int:
    """A number of processes: one at least."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"`{text}` is no number from 1 on")
    return int(text)


def _run(arguments: argparse.Namespace) -> int:
    return max(run(job, arguments) for job in wanted(arguments))


def run(job: Job, arguments: argparse.Namespace) -> int:
    """Makes a package, and writes it or, with `--check`, compares it; the exit code."""
    if arguments.check:
        return answer(job, arguments)
    finish(job.output)
    once = arguments.relock or arguments.accept_renames or arguments.drop_aliases
    said = None if once else fresh(job, asked(job, arguments))
    if said is not None:
        repeat(said, arguments)
        _summarise(Changes(folder=job.output, written={}, removed=()), arguments)
        return DONE
    found, told = make(job, arguments)
    if found.made is None:
        return AT_FAULT
    overwrite = arguments.overwrite or arguments.relock
    changes = write(job.output, found.made.files, found.before, overwrite=overwrite)
    settled(found, arguments, told)
    _summarise(changes, arguments)
    return DONE


def _summarise(changes: Changes, arguments: argparse.Namespace) -> None:
    if arguments.quiet or arguments.diagnostics == "json":
        return
    if arguments.verbose:
        for path in sorted(changes.written):
            print(f"wrote {changes.folder / path}", file=sys.stderr)
        for path in changes.removed:
            print(f"removed {changes.folder / path}", file=sys.stderr)
    if sys.stderr.isatty() or arguments.verbose:
        print(
            f"{changes.folder}: {len(changes.written)} files written, "
            f"{len(changes.removed)} removed",
            file=sys.stderr,
        )
