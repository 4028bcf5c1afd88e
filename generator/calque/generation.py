"""One run of calque for one package: from a job to its files, all in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
from calque.naming.moves import Forms, formed
from calque.pipeline import (
    Known,
    Package,
    Progress,
    Result,
    package,
    silent,
    understand,
)
from calque.project import Job
from calque.render import Digests, Past, digest_of
from calque.theirs import Lack, extending, lacks
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
    """What a run leaves to the next one: its files, and what the document meant.

    `locks` are those that were made, by the digests of their texts.
    """

    past: Past | None = None
    locks: Mapping[str, Lock] = field(default_factory=dict[str, Lock])
    understood: Understood | None = None


NOTHING = Memory()


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """What came of a job: a package unless the document is at fault, and what was found.

    `before` is the lock of the folder, over which the package was made; `read` are the
    files that it depends on; `memory` what may be told to the next run, where that is new.
    `lacks` is what the package takes from files of the user's that are not there.
    """

    job: Job
    made: Package | None
    before: Lock | None
    diagnostics: tuple[Diagnostic, ...]
    locator: Locator
    read: tuple[Path, ...]
    memory: Memory
    lacks: tuple[Lack, ...] = ()


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
    before = _before(job, options, memory)
    known = before
    if before and options.drop_aliases:
        known = replace(before, aliases={}, dumped=False)
    result, told = _understood(job.spec, progress, terms, memory, options.workers)
    made, found, asked = None, result.diagnostics, _known(memory.understood)
    layout = partial(format_files, by=options.by)
    if result.value is not None:
        made = package(
            *(result.value, job.config, result.digest, known, progress, layout),
            accept=options.accept_renames,
            past=memory.past,
            asked=asked,
            workers=options.workers,
        )
        found = (*found, *made.diagnostics)
        for path in made.by_black:
            progress(f"laid out by black: {path}")
    return Generation(
        job=job,
        made=made,
        before=before,
        diagnostics=found,
        locator=result.locator,
        read=tuple(_read(job, terms, result, made)),
        memory=_left(made, told, asked),
        lacks=_lacks(job, made),
    )


def _read(
    job: Job, terms: Terms, result: Result, made: Package | None
) -> Iterator[Path]:
    """The files that a run depends on, those of the user's in the package among them."""
    yield from [job.spec] if isinstance(job.spec, Path) else []
    yield from (folder_of(job.spec) / name for name in result.files)
    yield from terms.overlays
    yield from [job.file] if job.file else []
    if made is not None:
        yield from (job.output / path for path in made.adopted)
        yield from extending(job.output / made.name, job.config)


def _lacks(job: Job, made: Package | None) -> tuple[Lack, ...]:
    if made is None:
        return ()
    return tuple(lacks(job.output / made.name, made.adopted, job.config))


def _before(job: Job, options: Options, memory: Memory) -> Lock | None:
    """The lock of the package that is there, as far as it is to be taken."""
    if options.relock:
        return lock.salvage(job.output)
    return lock.read(job.output, memory.locks)


def _known(understood: Understood | None) -> Known:
    """What members were asked for by an earlier run."""
    if understood is None:
        return Known()
    there = understood.members
    forms, digests = understood.forms, understood.digests_of
    return Known(
        Forms(formed, ((d, forms[d.id]) for d in there.declarations if d.id in forms)),
        Digests(
            digest_of, ((m, digests[m.id]) for m in there.every if m.id in digests)
        ),
    )


def _left(made: Package | None, understood: Understood | None, asked: Known) -> Memory:
    """What the next run may be told, with what members were asked for in this one."""
    if made is None:
        return NOTHING
    locks = {made.digests[lock.FILE]: replace(made.lock, surface={})}
    memory = Memory(past=made.past, locks=locks)
    if understood is None:
        return memory
    there = understood.members
    forms = asked.forms.said(there.declarations)
    digests = asked.digests.said(there.every)
    told = replace(understood, forms=forms, digests_of=digests)
    return replace(memory, understood=told)


def _understood(
    spec: Spec, progress: Progress, terms: Terms, memory: Memory, workers: int
) -> tuple[Result, Understood | None]:
    """What a document means; of one that is a file alone, only what changed is read."""
    if isinstance(spec, Path) and not terms.overlays and not terms.remote:
        return again.understand(spec, progress, terms, memory.understood, workers)
    return understand(spec, progress, terms, workers), None
