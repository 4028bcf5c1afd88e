"""calque for programs: a document becomes the files of a package, and nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from calque.config import Config
from calque.diagnostics import Diagnostic, Locator, Severity, in_order, render
from calque.document import Terms
from calque.lock import Lock
from calque.pipeline import package, understand
from calque.project import config_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """What came of a document: the files of its package, `calque.lock` among them, by path.

    There are none where the document is at fault: then some of the diagnostics are errors.
    """

    files: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]
    locator: Locator

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """Why there are no files."""
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR)

    def explained(self) -> tuple[str, ...]:
        """The diagnostics as a person reads them, in the order of the document."""
        found = in_order(self.diagnostics, self.locator)
        return tuple(render(diagnostic, self.locator) for diagnostic in found)


def generate(
    spec: str | Path,
    *,
    config: Config | None = None,
    lock: Lock | None = None,
    terms: Terms | None = None,
    accept_renames: bool = False,
) -> Generated:
    """The package of the document at `spec`, in memory. Prints, writes and exits nothing.

    `config` is by default what `calque.toml` says of the document; of `lock`, the names are kept.
    Raises ConfigError for settings that do not fit, and OSError where no file can be read.
    """
    path = Path(spec)
    settings = config_of(path) if config is None else config
    result = understand(
        path,
        terms=terms or Terms(strict=settings.strict, overlays=settings.overlays),
    )
    files: Mapping[str, str] = {}
    found = result.diagnostics
    if result.value is not None:
        made = package(
            *(result.value, settings, result.digest, lock), accept=accept_renames
        )
        files, found = made.files, (*found, *made.diagnostics)
    return Generated(files=files, diagnostics=found, locator=result.locator)
