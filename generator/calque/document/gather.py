"""Which other files a document refers to, and which of them may be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from calque.codes import Code
from calque.diagnostics import Diagnostic
from calque.document.files import Files, Unread, whole
from calque.document.identity import identities
from calque.document.node import Node
from calque.document.read import Reading, of_another, read
from calque.document.reference import base_of, is_remote
from calque.document.source import Source
from calque.document.sources import Sources
from calque.document.spec import Spec, folder_of, name_of, read_url
from calque.document.terms import Terms
from calque.document.uses import outward
from calque.document.version import Version, find_version
from calque.document.walk import Place

if TYPE_CHECKING:
    from calque.document.remote import Fetcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The files of a document; the places in the others that references lead to."""

    files: Files
    sources: dict[str, Source]
    places: tuple[Place, ...]
    diagnostics: tuple[Diagnostic, ...]


def gather(
    spec: Spec,
    root: Node,
    version: Version,
    terms: Terms,
    texts: Sources,
) -> Gathered:
    """Reads every file that the document at `spec` refers to, however indirectly.

    Only files below `terms.ref_root` are read, by default the folder of the document, and
    URLs if there is something to fetch them with.
    """
    folder, fetcher = folder_of(spec), terms.fetcher()
    allowed = terms.ref_root or folder
    sources: dict[str, Source] = {}
    diagnostics: list[Diagnostic] = []
    files = Files(roots={"": root}, versions={"": version}, main=name_of(spec))
    for source in texts.files.values():
        files = _identified(files, "", source)
    while True:
        places = dict.fromkeys(_places(files))
        names = dict.fromkeys(base_of(id_) for _, id_ in places)
        new = [n for n in names if n not in files.roots and n not in files.unread]
        if not new:
            break
        for name in new:
            remote = is_remote(name)
            found = _remote(name, fetcher) if remote else _file(folder, name, allowed)
            if isinstance(found, Reading):
                sources[name] = found.source
                diagnostics.extend(of_another(d, name) for d in found.diagnostics)
            files = _with(files, name, found)
    kept = tuple(p for p in places if base_of(p[1]) in files.roots)
    return Gathered(
        files=files, sources=sources, places=kept, diagnostics=tuple(diagnostics)
    )


def _places(files: Files) -> Iterator[Place]:
    """What references lead to in other files than the main one."""
    for kind, reference in outward(files):
        if reference.file:
            yield kind, reference.id or whole(reference.file)


def _with(files: Files, name: str, found: Reading | Unread) -> Files:
    if isinstance(found, Unread) or found.root is None:
        unread = found if isinstance(found, Unread) else None
        return replace(files, unread={**files.unread, name: unread})
    root = Node(whole(name), found.root.value)
    version = find_version(root)[0] or files.versions[""]
    more = replace(
        files,
        roots={**files.roots, name: root},
        versions={**files.versions, name: version},
        bases={**files.bases, name: found.url} if found.url else files.bases,
    )
    return _identified(more, name, found.source)


def _identified(files: Files, name: str, source: Source) -> Files:
    """The files with what the schemas of one of them call themselves in a text."""
    if "$id" not in source.text:
        return files
    own = files.main if is_remote(files.main) else ""
    found = dict(identities(files.roots[name], files.bases.get(name, name or own)))
    if not found:
        return files
    ids = {uri: id_ for id_, uri in reversed(found.items())}
    return replace(
        files,
        identities={**files.identities, **found},
        identified={**ids, **files.identified},
    )


def _file(folder: Path, name: str, allowed: Path) -> Reading | Unread:
    """What is in a file, or why it was not read."""
    path = folder / name
    try:
        outside = not path.resolve().is_relative_to(allowed.resolve())
    except (OSError, ValueError, RuntimeError):
        return _unreadable(name, "the name of the file cannot be used", "check it")
    if os.path.isabs(name) or outside:
        return _outside(name, allowed)
    if path.exists() and not path.is_file() and not path.is_dir():
        return _unreadable(name, "this is not a file", "name a YAML or JSON file")
    found = read(Path(os.path.normpath(path)))
    for diagnostic in found.diagnostics:
        if diagnostic.code == Code.UNREADABLE_FILE:
            return _unreadable(name, diagnostic.message, diagnostic.help)
    return found


def _remote(name: str, fetcher: Fetcher | None) -> Reading | Unread:
    """What is at an absolute URI, if it may and can be fetched."""
    if fetcher is None:
        return Unread(
            code=Code.REMOTE_REF,
            message=f"`{name}` would have to be downloaded",
            help="allow it with `--allow-remote`, or save it and refer to the file",
        )
    found = read_url(name, fetcher)
    for diagnostic in found.diagnostics:
        if diagnostic.code is Code.UNREADABLE_FILE:
            return _unreadable(name, diagnostic.message, diagnostic.help)
    return found


def _outside(name: str, allowed: Path) -> Unread:
    return Unread(
        code=Code.REF_OUTSIDE,
        message=f"`{name}` is not below `{allowed}`, so it is not read",
        help="move the file there, or name a folder that holds both with `--ref-root`",
    )


def _unreadable(name: str, message: str, advice: str) -> Unread:
    return Unread(code=Code.UNREADABLE_REF, message=f"`{name}`: {message}", help=advice)
