"""`calque watch`: packages are made anew whenever what they depend on changes."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from calque.cli.generate import run
from calque.cli.options import (
    DONE,
    Commands,
    add_document,
    add_loudness,
    add_output,
    wanted,
)
from calque.cli.report import complain
from calque.config import FILE, PYPROJECT, ConfigError
from calque.lock import LockError
from calque.project import Job
from calque.write import Refused

_PAUSE = 0.05
"""Seconds between two looks at the files, at least."""

_REST = 20
"""How many times as long as it takes to look it is then waited: that costs 5 % of a core."""

_KINDS = (".yaml", ".yml", ".json")


def add(commands: Commands) -> None:
    """Adds the command."""
    command = commands.add_parser("watch", help="generate whenever something changes")
    command.set_defaults(
        run=_run,
        check=False,
        overwrite=False,
        relock=False,
        accept_renames=False,
        drop_aliases=False,
        format="calque",
    )
    add_output(command)
    add_document(command, optional=True)
    add_loudness(command)


def _run(arguments: argparse.Namespace) -> int:
    """Goes on until it is stopped; faults are shown, and the last good packages stay."""
    seen: object = None
    try:
        while True:
            began = time.perf_counter()
            now = _state(arguments)
            looked = time.perf_counter() - began
            if now != seen:
                seen = now
                _make(arguments)
                gc.collect()
            time.sleep(max(_PAUSE, _REST * looked))
    except KeyboardInterrupt:
        return DONE


def _make(arguments: argparse.Namespace) -> None:
    try:
        codes = [run(job, arguments) for job in wanted(arguments)]
    except (Refused, ConfigError, LockError, OSError) as error:
        complain(error, arguments)
        codes = [1]
    if not arguments.quiet and arguments.diagnostics == "text":
        words = "still at fault" if any(codes) else "up to date"
        print(f"calque: {time.strftime('%H:%M:%S')} {words}", file=sys.stderr)


def _state(arguments: argparse.Namespace) -> tuple[object, ...]:
    """What the files that matter look like from outside."""
    try:
        found = wanted(arguments)
    except ConfigError as error:
        # Until the settings make sense, they are all that there is to look at.
        return (str(error), *_looks(Path.cwd().glob("*.toml")))
    return tuple(look for job in found for look in _looks(_around(job, arguments)))


def _around(job: Job, arguments: argparse.Namespace) -> Iterable[Path]:
    """The document and all that it may refer to; settings; overlays; templates."""
    yield from map(Path, arguments.overlay)
    yield from job.config.overlays
    yield from job.config.templates.rglob("*") if job.config.templates else ()
    yield from [job.file] if job.file else []
    yield from job.output.glob("*/custom/*.py") if job.config.extend else ()
    if isinstance(job.spec, Path):
        folder = job.spec.parent
        yield from (folder / FILE, folder / PYPROJECT, job.spec)
        root = arguments.ref_root or folder
        for kind in _KINDS:
            yield from (p for p in root.rglob(f"*{kind}") if "/." not in p.as_posix())


def _looks(paths: Iterable[Path]) -> list[tuple[str, int, int]]:
    """Each file that is there, with when it was written and how large it is."""
    found: dict[str, tuple[str, int, int]] = {}
    for path in paths:
        if path.is_file():
            stat = path.stat()
            found[str(path)] = (str(path), stat.st_mtime_ns, stat.st_size)
    return [found[name] for name in sorted(found)]
