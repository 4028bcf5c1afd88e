"""`calque check`: whether the packages on the disk are what their documents give."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from calque import __version__
from calque.cli.make import asked, make
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
from calque.lock import FILE, parsed
from calque.project import Job
from calque.write import Changes, compare, difference, edited, interrupted

if TYPE_CHECKING:
    from calque.generation import Generation

_SHOWN_LINES = 60


def add(commands: Commands) -> None:
    """Adds the command."""
    command = commands.add_parser(
        "check", help="exit 1 with a diff when packages are not up to date"
    )
    command.set_defaults(run=_run)
    command.add_argument(
        "--full", action="store_true", help="show the whole difference"
    )
    add_output(command)
    add_document(command, optional=True)
    add_loudness(command)


def _run(arguments: argparse.Namespace) -> int:
    return max(answer(job, arguments) for job in wanted(arguments))


def answer(job: Job, arguments: argparse.Namespace) -> int:
    """Compares a package with what its document gives, and says why they differ."""
    said = fresh(job, asked(job, arguments))
    if said is not None:
        repeat(said, arguments)
        return DONE
    if interrupted(job.output):
        print(f"{job.output}: a write was stopped; `calque generate` finishes it")
        return AT_FAULT
    found, _ = make(job, arguments)
    if found.made is None:
        return AT_FAULT
    changes = compare(job.output, found.made.files, found.before)
    if not changes:
        return DONE
    for reason in _reasons(found, changes):
        print(f"{job.output}: {reason}")
    if found.before is None:
        return AT_FAULT
    lines = difference(changes)
    whole = getattr(arguments, "full", True)
    sys.stdout.writelines(lines if whole else islice(lines, _SHOWN_LINES))
    if more := sum(1 for _ in lines):
        print(f"... and {more} lines more (--full)")
    return AT_FAULT


def _reasons(found: Generation, changes: Changes) -> Iterator[str]:
    """Why a package is not what its document gives."""
    before, made = found.before, found.made
    if before is None or made is None:
        yield "there is no package; run `calque generate`"
        return
    if before.version != __version__:
        yield f"made by calque {before.version}; this is calque {__version__}"
    # What it was made with this time, the lock of what was made says.
    now = parsed(made.files[FILE].encode(), FILE).templates
    if swapped := sorted(n for n, _ in now.items() ^ before.templates.items()):
        yield f"other templates: {', '.join(dict.fromkeys(swapped))}"
    touched = edited(found.job.output, made.files, before)
    if touched:
        yield f"edited: {', '.join(touched)}"
    stale = sorted({*changes.written, *changes.removed} - {*touched, FILE})
    if stale:
        many = "1 file" if len(stale) == 1 else f"{len(stale)} files"
        yield f"out of date: {many}; run `calque generate`"
