"""One run of calque for one package: from a job to its files, all in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from calque import again, lock
from calque.again import Understood
from calque.diagnostics import Diagnostic, Locator
from calque.document import Terms
from calque.document.spec import Spec, folder_of
from calque.format import Formatter, format_files
from calque.lock import Lock
from calque.pipeline import Package, Progress, Result, package, silent, understand
from calque.project import Job
from calque.render import Digests, Past
from calque.workers import processors


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is asked for beyond the settings: how the lock is taken, renames, the layout.

    `workers` is how many processes may work on it at once.
    """

    relock: bool = False
    accept_renames: bool = False
    drop_aliases: bool = False
    by: Formatter = Formatter.CALQUE
    workers: int = field(default_factory=processors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What a run leaves to the next one: its files, and what the document meant."""

    past: Past | None = None
    understood: Understood | None = None


NOTHING = Memory()


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """What came of a job: a package unless the document is at fault, and what was found.

    `before` is the lock of the folder, over which the package was made; `read` are the
    files that it depends on; `memory` what may be told to the next run, where that is new.
    """

    job: Job
    made: Package | None
    before: Lock | None
    diagnostics: tuple[Diagnostic, ...]
    locator: Locator
    read: tuple[Path, ...]
    memory: Memory


USUAL = Options()


def generation(
    job: Job,
    terms: Terms,
    options: Options = USUAL,
    progress: Progress = silent,
    memory: Memory = NOTHING,
) -> Generation:
    """Makes the package of a job in memory; raises LockError, ConfigError or OSError.

    `memory` is what an earlier run with the same options has left.
    """
    read = lock.salvage if options.relock else lock.read
    before = read(job.output)
    known = replace(before, aliases={}) if before and options.drop_aliases else before
    result, told = _understood(job.spec, progress, terms, memory, options.workers)
    made, found, digests = None, result.diagnostics, _known(memory.understood)
    layout = partial(format_files, by=options.by)
    if result.value is not None:
        made = package(
            *(result.value, job.config, result.digest, known, progress, layout),
            accept=options.accept_renames,
            past=memory.past,
            digests=digests,
            workers=options.workers,
        )
        found = (*found, *made.diagnostics)
        for path in made.by_black:
            progress(f"laid out by black: {path}")
    spec = (job.spec,) if isinstance(job.spec, Path) else ()
    below = (folder_of(job.spec) / name for name in result.files)
    settings = (job.file,) if job.file else ()
    return Generation(
        job=job,
        made=made,
        before=before,
        diagnostics=found,
        locator=result.locator,
        read=(*spec, *below, *terms.overlays, *settings),
        memory=_left(made, told, digests),
    )


def _known(understood: Understood | None) -> Digests:
    """The digests of members that an earlier run has taken."""
    if understood is None:
        return Digests()
    told, every = understood.told, understood.members.every
    return Digests((member, told[member.id]) for member in every if member.id in told)


def _left(
    made: Package | None, understood: Understood | None, digests: Digests
) -> Memory:
    """What the next run may be told, with the digests that this one has taken."""
    past = made.past if made else None
    if understood is None:
        return Memory(past=past)
    told = digests.taken(understood.members.every)
    return Memory(past=past, understood=replace(understood, told=told))


def _understood(
    spec: Spec, progress: Progress, terms: Terms, memory: Memory, workers: int
) -> tuple[Result, Understood | None]:
    """What a document means; of one that is a file alone, only what changed is read."""
    if isinstance(spec, Path) and not terms.overlays and not terms.remote:
        return again.understand(spec, progress, terms, memory.understood, workers)
    return understand(spec, progress, terms, workers), None
