"""`calque update`: a document is got anew, judged, compared, and its package generated."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from calque.cli.fail_on import add_fail_on, exit_code
from calque.cli.generate import add_writing, run
from calque.cli.make import make
from calque.cli.options import (
    AT_FAULT,
    DONE,
    Commands,
    add_document,
    add_loudness,
    add_output,
    terms,
    wanted,
)
from calque.cli.report import say
from calque.cli.shown_changes import show
from calque.comparison.sides import Unreadable, since
from calque.config import FILE, ConfigError
from calque.lock import FILE as LOCK
from calque.origin import OriginError, get, record, recorded, written
from calque.project import Job
from calque.write import Refused

if TYPE_CHECKING:
    from calque.generation import Generation


def add(commands: Commands) -> None:
    """Adds the command."""
    command = commands.add_parser(
        "update", help="get documents from their sources, and generate"
    )
    command.set_defaults(run=_run, check=False)
    command.add_argument(
        "--dry-run", action="store_true", help="show what would change, write nothing"
    )
    add_fail_on(command)
    add_writing(command)
    add_output(command)
    add_document(command, optional=True)
    add_loudness(command)


def _run(arguments: argparse.Namespace) -> int:
    sourced = [job for job in wanted(arguments) if job.source]
    if not sourced:
        raise ConfigError(f"say in {FILE} where the document comes from: `source`")
    return max(_update(job, arguments) for job in sourced)


def _update(job: Job, arguments: argparse.Namespace) -> int:
    """Gets one document, and makes its package if it is without fault."""
    spec = job.spec
    if not isinstance(spec, Path):
        raise ConfigError("a document that is updated is a file")
    try:
        content, origin = get(job.source or "", spec, job.sha256)
    except OriginError as error:
        raise job.config.wrong(str(error), error.key) from error
    before = spec.read_bytes() if spec.is_file() else None
    code = DONE
    if content != before:
        # What is generated is told of then; here, what keeps it from being so.
        silent = argparse.Namespace(**vars(arguments))
        silent.quiet = arguments.quiet or not arguments.dry_run
        found, _ = make(replace(job, content=content), silent)
        if found.made is None:
            say(f"that came from {job.source}; {spec} stays as it is", arguments)
            return AT_FAULT
        code = _told(found, found.made.files[LOCK], arguments)
    if arguments.dry_run:
        return code
    if content != before:
        _put(spec, content)
    if origin != recorded(spec):
        _put(record(spec), written(origin).encode())
    return run(job, arguments) or code


def _told(found: Generation, lock: str, arguments: argparse.Namespace) -> int:
    """Shows what a new document changes for callers; the exit code for it."""
    if found.before is None:
        return DONE
    job = found.job
    former = (Path(job.spec), terms(arguments, job.config))
    try:
        report = since(job.output, lock, found.locator, *former)
    except Unreadable as error:
        raise Refused(str(error)) from error
    if not arguments.quiet:
        show(report)
    return exit_code(report, arguments)


def _put(path: Path, content: bytes) -> None:
    """Writes a file whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".calque-{path.name}.new")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
