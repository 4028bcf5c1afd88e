"""One run of calque for one package: from a job to its files, all in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace

from calque import lock
from calque.diagnostics import Diagnostic, Locator
from calque.document import Terms
from calque.lock import Lock
from calque.pipeline import Package, Progress, package, silent, understand
from calque.project import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is asked for beyond the settings: how the lock is taken, and renames."""

    relock: bool = False
    accept_renames: bool = False
    drop_aliases: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """What came of a job: a package unless the document is at fault, and what was found.

    `before` is the lock of the folder, over which the package was made.
    """

    job: Job
    made: Package | None
    before: Lock | None
    diagnostics: tuple[Diagnostic, ...]
    locator: Locator


USUAL = Options()


def generation(
    job: Job, terms: Terms, options: Options = USUAL, progress: Progress = silent
) -> Generation:
    """Makes the package of a job in memory; raises LockError, ConfigError or OSError."""
    read = lock.salvage if options.relock else lock.read
    before = read(job.output)
    past = replace(before, aliases={}) if before and options.drop_aliases else before
    result = understand(job.spec, progress, terms)
    made, found = None, result.diagnostics
    if result.value is not None:
        made = package(
            *(result.value, job.config, result.digest, past, progress),
            accept=options.accept_renames,
        )
        found = (*found, *made.diagnostics)
    return Generation(
        job=job, made=made, before=before, diagnostics=found, locator=result.locator
    )
