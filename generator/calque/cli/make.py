"""How a command makes a package in memory: with what was asked, and what it says meanwhile."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from calque.cli.options import strict, terms
from calque.cli.report import progress, report
from calque.fresh import Said, note
from calque.project import Job
from calque.toml_places import Keys
from calque.whereabouts import shown
from calque.workers import processors

if TYPE_CHECKING:
    from calque.generation import Generation


def make(
    job: Job, arguments: argparse.Namespace
) -> tuple[Generation, tuple[Said, ...]]:
    """The package of a job, and what was said of its document."""
    # What makes packages takes long to load; a run that has nothing to do needs none of it.
    from calque.format import Formatter
    from calque.generation import Options, generation
    from calque.kept import recalled

    options = Options(
        relock=_flag(arguments, "relock"),
        accept_renames=_flag(arguments, "accept_renames"),
        drop_aliases=_flag(arguments, "drop_aliases"),
        by=Formatter(getattr(arguments, "format", Formatter.CALQUE)),
        workers=getattr(arguments, "workers", None) or processors(),
    )
    _check_named(job, named=arguments.spec is None)
    with progress(arguments) as told:
        memory = recalled(job.output, asked(job, arguments))
        read = replace(terms(arguments, job.config), content=job.content)
        found = generation(job, read, options, told, memory)
    return found, report(found, arguments, found.lacks)


def _check_named(job: Job, *, named: bool) -> None:
    """Raises ConfigError where the settings name a file that is not there.

    Whether the document is `named` there, or by the command.
    """
    from calque.document.read import meant

    files: list[tuple[Path, Keys]] = []
    if named and isinstance(job.spec, Path) and job.content is None:
        files.append((job.spec, ("spec",)))
    overlays = enumerate(job.config.overlays)
    files += ((path, ("overlays", number)) for number, path in overlays)
    for path, keys in files:
        if not path.exists():
            words = f"there is no file `{shown(path)}`; {meant(shown(path))}"
            raise job.config.wrong(words, *keys)


def settled(
    found: Generation, arguments: argparse.Namespace, said: tuple[Said, ...]
) -> None:
    """Notes that a package is on the disk as it was made, and leaves it to the next run."""
    from calque.kept import keep

    keep(found.job.output, asked(found.job, arguments), found.memory)
    # What is elsewhere may change without a file changing here.
    if arguments.allow_remote or not isinstance(found.job.spec, Path):
        return
    if found.made is not None:
        files = found.made.digests
        note(found.job, asked(found.job, arguments), found.read, said, files)


def asked(job: Job, arguments: argparse.Namespace) -> tuple[object, ...]:
    """On what terms a package is made, as the command line or its settings say."""
    overlays = tuple(map(str, arguments.overlay))
    layout = str(getattr(arguments, "format", "calque"))
    hard = strict(arguments, job.config)
    return (hard, str(arguments.ref_root), overlays, layout)


def _flag(arguments: argparse.Namespace, name: str) -> bool:
    return bool(getattr(arguments, name, False))
