"""Where a surface comes from: a document, a lock, a package, or what git has of them.

A document is compared as its package would be: the names that the other side gave are kept,
as they are when a package is generated anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from tempfile import TemporaryDirectory

from calque import config, lock
from calque.comparison.change import Change, Report, Side
from calque.comparison.compare import diff
from calque.comparison.history import Revision, extracted, has_git, revision, working
from calque.comparison.places import Locate, locator_of
from calque.config import Config, ConfigError
from calque.diagnostics import Locator, located
from calque.document import Terms, begin
from calque.document.json_text import find
from calque.lock import Lock, LockError
from calque.pipeline import Result, seen, understand
from calque.project import config_of
from calque.surface import Surface, SurfaceError, restored
from calque.whereabouts import shown


class Unreadable(ValueError):
    """There is no surface to be had; `result` tells more where a document is at fault."""

    def __init__(self, message: str, result: Result | None = None) -> None:
        super().__init__(message)
        self.result = result


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A surface with what is known besides: the memory of its names, the places of Ids.

    `document` is the path of the document that it was made of, if it was.
    """

    name: str
    surface: Surface
    locate: Locate
    memory: Lock = field(default_factory=Lock)
    document: Path | None = None


def between(
    old: Surface | Path | str,
    new: Surface | Path | str,
    settings: Config | None = None,
) -> Report:
    """What changes for callers from one surface to another, or to that of a path.

    Documents are read with `settings`, or else with those that speak of them.
    """
    before = _origin(old, Lock(), settings)
    return compared(before, _origin(new, before.memory, settings))


def _origin(
    given: Surface | Path | str, memory: Lock, settings: Config | None
) -> Origin:
    if isinstance(given, Surface):
        return Origin(name="", surface=given, locate=lambda _: "")
    return origin(str(given), memory, settings)


def both(old: str, new: str) -> tuple[Origin, Origin]:
    """The two sides of a comparison; raises Unreadable, ConfigError or LockError."""
    before = origin(old, Lock())
    return before, origin(new, before.memory)


def compared(old: Origin, new: Origin) -> Report:
    """What changes for callers, with the places of it on both sides."""
    report = diff(old.surface, new.surface)
    changes = (_located(change, old.locate, new.locate) for change in report.changes)
    return replace(report, changes=tuple(changes))


def since(
    package: Path, text: str, known: Locator, former: Path, terms: Terms
) -> Report:
    """What changes for callers of the package in a folder, whose lock is to be `text`.

    `known` has the places in the document that the lock is of. Those in the one before are
    found in `former`, if it is that still when it is read on some terms.
    """
    surface, _ = _restored(text.encode(), lock.FILE)
    after = Origin(name="", surface=surface, locate=locator_of(known))
    before = origin(str(package), Lock())
    return compared(replace(before, locate=_former(before, former, terms)), after)


def _former(before: Origin, spec: Path, terms: Terms) -> Locate:
    """What tells the places in the document that a lock was made of; reads it when asked."""

    @cache
    def locate() -> Locate:
        document = begin(spec, terms)[0].document
        if document is None or document.digest != before.memory.document:
            return before.locate
        return locator_of(document)

    return lambda id_: locate()(id_)


def origin(text: str, memory: Lock, settings: Config | None = None) -> Origin:
    """The surface that a path or `REV:path` stands for.

    A document is taken as generated over the package that `memory` is of.
    """
    path = Path(text)
    if path.exists():
        return _on_disk(path, str(path), memory, settings)
    found = revision(text)
    if found is None:
        git = "no such revision" if has_git() else "no git to ask for a revision"
        raise Unreadable(f"{text}: there is no such file or folder, and {git}")
    return _committed(found, text, memory, settings)


def _committed(
    found: Revision, text: str, memory: Lock, settings: Config | None
) -> Origin:
    with TemporaryDirectory() as folder:
        path = extracted(found, Path(folder))
        if path is None:
            raise Unreadable(f"{text}: git has no such file or folder in that revision")
        # Settings above the document are as they are now; those beside it, as they were.
        beside = any(map(config.table, (path.parent / n for n in config.FILES)))
        now = None if beside else config_of(working(found))
        mark = "/" if "/" in text else ":"
        prefix = f"{text.rpartition('/')[0] or text.partition(':')[0]}{mark}"
        try:
            read = _on_disk(path, text, memory, settings or now)
        except ConfigError as error:
            raise _there(error, path.parent, prefix) from None
        top, inside = str(path.parent), read.locate

    def locate(id_: str) -> str:
        return inside(id_).replace(f"{top}/", prefix)

    return replace(read, locate=locate, document=None)


def _there(error: ConfigError, folder: Path, prefix: str) -> ConfigError:
    """What is wrong with settings, at their place in the revision that they are of."""
    if error.location is None:
        return error
    file = error.location.file.replace(f"{folder.resolve()}/", prefix)
    return ConfigError(error.message, replace(error.location, file=file))


def _on_disk(path: Path, name: str, memory: Lock, settings: Config | None) -> Origin:
    locked = _lock_of(path)
    if locked is not None:
        return _locked(locked, name, _named(locked, path, name))
    if path.is_dir():
        raise Unreadable(
            f"{name}: the folder has no {lock.FILE}: calque did not write it"
        )
    return _document(path, name, memory, settings or config_of(path))


def _lock_of(path: Path) -> Path | None:
    """The lock that a path is, or that its package has: in its folder or in the one above.

    Of an installed package, whoever installed it has noted where its files are.
    """
    if path.is_file():
        return path if path.name == lock.FILE else None
    folder = path.resolve()
    known = (folder / lock.FILE, folder.parent / lock.FILE, *_installed(folder))
    return next((file for file in known if file.is_file()), None)


def _installed(folder: Path) -> Iterator[Path]:
    """The locks of the package in a folder, by what is noted beside it (RECORD, PEP 376).

    What was installed by `pip install --target` was moved after that was noted.
    """
    yield folder.parent / "share" / "calque" / folder.name / lock.FILE
    for distribution in distributions(path=[str(folder.parent)]):
        for file in distribution.files or ():
            if file.name == lock.FILE and file.parent.name == folder.name:
                yield Path(str(distribution.locate_file(file)))


def _restored(content: bytes, name: str) -> tuple[Surface, Lock]:
    """The surface that a lock tells of, and all else; raises LockError."""
    memory = lock.parsed(content, name)
    try:
        return restored(memory.surface), memory
    except SurfaceError as error:
        text = content.decode("utf-8", errors="replace")
        found = find(text, [*error.keys], {})
        span = found.key or found.value
        raise LockError(
            f"the lock does not tell the surface ({error}); an older calque may have "
            "written it: generate the package again",
            located(name, text, span.start, span.end),
        ) from error


def _named(locked: Path, path: Path, name: str) -> str:
    """The file of a lock, as messages have it; of a revision, as git knows it."""
    if name == str(path):
        return str(shown(locked))
    return name if path.is_file() else f"{name}/{lock.FILE}"


def _locked(path: Path, name: str, file: str) -> Origin:
    surface, memory = _restored(path.read_bytes(), file)
    return Origin(
        name=name,
        surface=surface,
        locate=lambda id_: f"{name} {id_}",
        memory=memory,
    )


def _document(path: Path, name: str, memory: Lock, settings: Config) -> Origin:
    terms = Terms(strict=settings.strict, overlays=settings.overlays)
    result = understand(path, terms=terms)
    if result.value is None:
        raise Unreadable(f"{name}: nothing comes of this document", result)
    surface, after = seen(result.value, settings, memory)
    return Origin(
        name=name,
        surface=surface,
        locate=locator_of(result.locator),
        memory=after,
        document=path,
    )


def _located(change: Change, old: Locate, new: Locate) -> Change:
    return replace(change, old=_at(change.old, old), new=_at(change.new, new))


def _at(side: Side | None, locate: Locate) -> Side | None:
    return None if side is None else replace(side, place=locate(side.id))
