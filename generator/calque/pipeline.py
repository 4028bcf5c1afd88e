"""The stages in their order: from a path to the files of a package, all in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from calque import __version__, lock
from calque.config import Config
from calque.diagnostics import Diagnostic, Locator, Severity, hardened
from calque.document import Terms, load
from calque.document.terms import USUAL
from calque.format import format_files
from calque.lock import Lock
from calque.model import build
from calque.model.api import Api
from calque.model.selection import selected
from calque.naming import name
from calque.render import render, surface
from calque.resolve import resolve
from calque.surface import Surface, stored

Progress = Callable[[str], None]
Layout = Callable[[Mapping[str, str]], dict[str, str]]


def silent(stage: str) -> None:
    """Tells nobody of a stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a document: `value` unless it is at fault, and all that was found.

    `digest` is the SHA-256 of all files that were read.
    """

    value: Api | None
    diagnostics: tuple[Diagnostic, ...]
    locator: Locator
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A generated package: its files by path, `calque.lock` among them."""

    files: Mapping[str, str]


def understand(path: Path, progress: Progress = silent, terms: Terms = USUAL) -> Result:
    """Reads, validates, resolves and models a document; raises nothing for its faults."""
    progress("reading and validating")
    loaded = load(path, terms)
    found, locator = loaded.diagnostics, loaded.locator
    if loaded.document is None:
        return Result(value=None, diagnostics=found, locator=locator)
    resolved = resolve(loaded.document)
    dangling = resolved.diagnostics
    found = (*found, *(map(hardened, dangling) if terms.strict else dangling))
    if any(d.severity is Severity.ERROR for d in found):
        return Result(value=None, diagnostics=found, locator=locator)
    progress("modelling")
    api, more = build(resolved)
    digest = loaded.document.digest
    return Result(
        value=api, diagnostics=(*found, *more), locator=locator, digest=digest
    )


def package(
    api: Api,
    config: Config,
    document: str,
    previous: Lock | None = None,
    progress: Progress = silent,
    layout: Layout = format_files,
) -> Package:
    """The package of an API; names that `previous` gave are kept.

    `document` is the SHA-256 of what the API was read from.
    """
    api = selected(api, config)
    progress("naming")
    names = name(api, config, previous.names if previous else {})
    progress("rendering")
    rendered = render(api, names, config)
    progress("formatting")
    laid_out = {**rendered.copied, **layout(rendered.written)}
    adopted = (previous or Lock()).adopted
    files = {path: text for path, text in laid_out.items() if path not in adopted}
    memory = Lock(
        version=__version__,
        document=document,
        files={path: lock.digest(text.encode()) for path, text in files.items()},
        names=names.given,
        adopted=adopted,
        surface=stored(surface(api, names, config)),
    )
    return Package(files={**files, lock.FILE: lock.dump(memory)})


def seen(api: Api, config: Config, names: Mapping[str, str]) -> Surface:
    """What callers would see of an API's package; the given names are kept."""
    api = selected(api, config)
    return surface(api, name(api, config, names), config)
