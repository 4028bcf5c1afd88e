"""`calque update`: a document is got anew, judged, compared, and its package generated."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

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
from calque.cli.shown_changes import show
from calque.comparison.sides import Unreadable, since
from calque.config import FILE, ConfigError
from calque.lock import FILE as LOCK
from calque.origin import OriginError, get, record, recorded, written
from calque.project import Job
from calque.write import Refused


def add(commands: Commands) -> None:
    """Adds the command."""
    command = commands.add_parser(
        "update", help="get documents from their sources, and generate"
    )
    command.set_defaults(run=_run, check=False)
    command.add_argument(
        "--dry-run", action="store_true", help="show what would change, write nothing"
    )
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
    if content != before:
        code = _judged(replace(job, content=content), arguments)
        if code or arguments.dry_run:
            return code
        _put(spec, content)
    if arguments.dry_run:
        return DONE
    if origin != recorded(spec):
        _put(record(spec), written(origin).encode())
    return run(job, arguments)


def _judged(job: Job, arguments: argparse.Namespace) -> int:
    """Whether a document may take the place of another; shows what changes for callers."""
    found, _ = make(job, arguments)
    if found.made is None:
        return AT_FAULT
    if found.before is not None and not arguments.quiet:
        made = found.made.files[LOCK]
        former = (Path(job.spec), terms(arguments, job.config))
        try:
            show(since(job.output, made, found.locator, *former))
        except Unreadable as error:
            raise Refused(str(error)) from error
    return DONE


def _put(path: Path, content: bytes) -> None:
    """Writes a file whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".calque-{path.name}.new")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
