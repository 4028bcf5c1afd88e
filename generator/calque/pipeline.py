"""The stages in their order: from a path to the files of a package, all in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from calque import __version__, lock
from calque.codes import Code
from calque.config import Config
from calque.diagnostics import Diagnostic, Locator, Severity, hardened
from calque.document import Judging, Loaded, Terms, begin
from calque.document.spec import Spec
from calque.document.terms import USUAL
from calque.format import Formatted, Layout, begun, format_files
from calque.lock import Lock
from calque.model import Members, members, whole
from calque.model.api import Api
from calque.model.ends import with_ends
from calque.model.pages import with_pages
from calque.model.polled import with_polling
from calque.model.selection import selected
from calque.model.webhook_payload import together
from calque.naming.moves import Forms, formed
from calque.naming.settle import Rename, Settled, settle
from calque.render import (
    Digests,
    Past,
    Rendered,
    digest_of,
    render,
    surface,
    written_surface,
)
from calque.render.shadow import own
from calque.resolve import Resolved, resolve
from calque.surface import Surface

Progress = Callable[[str], None]


def silent(stage: str) -> None:
    """Tells nobody of a stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a document: `value` unless it is at fault, and all that was found.

    `digest` is the SHA-256 of all files that were read; `files` are those that the document
    refers to, as seen from its folder. `resolved` and `members` are what the API was made of.
    """

    value: Api | None
    diagnostics: tuple[Diagnostic, ...]
    locator: Locator
    digest: str = ""
    files: tuple[str, ...] = ()
    resolved: Resolved | None = None
    members: Members | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What members of an API are asked for once, and may have been asked for before."""

    forms: Forms = field(default_factory=partial(Forms, formed))
    digests: Digests = field(default_factory=partial(Digests, digest_of))


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A generated package: its files by path, among them `calque.lock`, which holds `lock`.

    `digests` are those of all files, and `adopted` those that the user has in their place.
    `diagnostics` are the renames that the document asks for, `by_black` the files that black
    had to lay out. `past` is what the next one may take over from it. `name` is its import
    name.
    """

    name: str

    files: Mapping[str, str]
    digests: Mapping[str, str]
    lock: Lock
    past: Past
    diagnostics: tuple[Diagnostic, ...] = ()
    by_black: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()


def understand(
    spec: Spec, progress: Progress = silent, terms: Terms = USUAL, workers: int = 1
) -> Result:
    """Reads, validates, resolves and models a document; raises nothing for its faults.

    With more than one worker, other processes do a part of it for a large document.
    """
    progress("reading and validating")
    return understood(begin(spec, terms, workers), progress, terms)


def understood(
    read: tuple[Loaded, Judging], progress: Progress, terms: Terms
) -> Result:
    """Resolves and models a document that was read and validated."""
    loaded, judging = read
    found, locator = loaded.diagnostics, loaded.locator
    if loaded.document is None:
        return Result(value=None, diagnostics=found, locator=locator)
    resolved = resolve(loaded.document)
    dangling = resolved.diagnostics
    found = (*found, *(map(hardened, dangling) if terms.strict else dangling))
    if _at_fault(found):
        return Result(value=None, diagnostics=(*found, *judging()), locator=locator)
    progress("modelling")
    there = members(resolved)
    found = (*found, *judging())
    return Result(
        value=None if _at_fault(found) else whole(resolved, there),
        diagnostics=(*found, *there.diagnostics),
        resolved=resolved,
        members=there,
        locator=locator,
        digest=loaded.document.digest,
        files=tuple(name for name in loaded.document.sources.files if name),
    )


def _at_fault(found: Sequence[Diagnostic]) -> bool:
    return any(d.severity is Severity.ERROR for d in found)


def package(
    api: Api,
    config: Config,
    document: str,
    previous: Lock | None = None,
    progress: Progress = silent,
    layout: Layout = format_files,
    *,
    accept: bool = False,
    past: Past | None = None,
    asked: Known | None = None,
    workers: int = 1,
) -> Package:
    """The package of an API; names that `previous` gave are kept.

    What the document renamed is proposed, or with `accept` renamed. `document` is the SHA-256
    of what the API was read from. Of `past`, made with the same `layout`, files that would be
    the same are taken over; `asked` may know of members. Several workers lay out a large one.
    """
    progress("naming")
    memory, asked = previous or Lock(), asked or Known()
    chosen = _chosen(api, config)
    settled = settle(chosen, config, memory, accept=accept, forms=asked.forms)
    progress("rendering")
    rendered = render(settled.api, settled.names, config, past, asked.digests)
    progress("formatting")
    laying = begun(rendered.filled.written, layout, workers)
    told = replace(_told(settled, config, rendered, memory), document=document)
    return _package(settled, rendered, laying(), told, previous)


def _package(
    settled: Settled,
    rendered: Rendered,
    formatted: Formatted,
    told: Lock,
    previous: Lock | None,
) -> Package:
    """The package of files that have their layout, those that the user has left out."""
    laid_out = rendered.whole(formatted.files)
    theirs = tuple(path for path in laid_out if path in told.adopted)
    files = {p: text for p, text in laid_out.items() if p not in theirs}
    after = replace(told, files=_digests(files))
    files[lock.FILE] = text = lock.dump(after, previous)
    return Package(
        name=settled.names.package,
        files=files,
        digests={**after.files, lock.FILE: lock.digest(text.encode())},
        lock=after,
        past=rendered.past(laid_out),
        diagnostics=tuple(map(_proposal, settled.renames)),
        by_black=formatted.by_black,
        adopted=theirs,
    )


def _digests(files: Mapping[str, str]) -> dict[str, str]:
    return {path: lock.digest(text.encode()) for path, text in files.items()}


def _told(settled: Settled, config: Config, rendered: Rendered, memory: Lock) -> Lock:
    """A lock that tells all of a package but its files."""
    return replace(
        _named(settled),
        version=__version__,
        adopted=memory.adopted,
        templates=_instead(config),
        modules=settled.names.module_of,
        surface=written_surface(settled.api, settled.names, config, rendered.parts),
    )


def _instead(config: Config) -> dict[str, str]:
    """The templates that are not calque's own, with their hashes."""
    found = own(config.templates) if config.templates else {}
    return {name: lock.digest(path.read_bytes()) for name, path in found.items()}


def _named(settled: Settled) -> Lock:
    """A lock that remembers names, and nothing else."""
    names = settled.names
    return Lock(names=names.given, known=settled.known, aliases=names.aliases)


def seen(api: Api, config: Config, memory: Lock) -> tuple[Surface, Lock]:
    """What callers would see of an API's package if it was generated over another one.

    That one's memory is given; with the surface comes the memory that it would have.
    """
    settled = settle(_chosen(api, config), config, memory)
    return surface(settled.api, settled.names, config), _named(settled)


def _chosen(api: Api, config: Config) -> Api:
    """The API as `calque.toml` has it: its operations, and how they are gone on with."""
    chosen = with_ends(together(selected(api, config)), config)
    return with_polling(with_pages(chosen, config), config)


def _proposal(rename: Rename) -> Diagnostic:
    """What may be done about a name that the document would no longer give."""
    table = {"operation": "calls", "resource": "resources"}.get(rename.kind, "models")
    keep = f"{rename.after} = \"{rename.old.removeprefix('models.')}\""
    return Diagnostic(
        severity=Severity.WARNING,
        code=Code.RENAMED,
        message=f"`{rename.old}` keeps its name, and would now be `{rename.new}`",
        help=f"`--accept-renames` renames it, and keeps the old name as a deprecated "
        f"alias; `{keep}` under [{table}] in calque.toml settles that it stays",
        pointer=rename.id,
    )
