"""What an OpenAPI document is once read: plain data in the form of OpenAPI 3.1, with positions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from calque.diagnostics import Diagnostic, Severity, hardened
from calque.document import form, misfits, parts, x_webhooks
from calque.document.document import Document, Loaded
from calque.document.gather import gather
from calque.document.node import Json, Node
from calque.document.overlays import under
from calque.document.read import Reading
from calque.document.sources import Sources
from calque.document.spec import Spec, folder_of, read_spec
from calque.document.swagger import convert
from calque.document.terms import USUAL, Terms
from calque.document.upgrade import upgrade
from calque.document.validate import validate
from calque.document.version import Version, find_version
from calque.document.walk import walk
from calque.workers import beside

__all__ = [
    "Document",
    "Json",
    "Judging",
    "Loaded",
    "Node",
    "Terms",
    "Version",
    "begin",
    "judged",
    "load",
]

Judging: TypeAlias = Callable[[], Sequence[Diagnostic]]
"""Waits for what is found wrong with the defaults and the examples of a document."""

_MANY = 20_000
"""From how many objects on it pays to judge their examples in another process."""


def load(spec: Spec, terms: Terms = USUAL) -> Loaded:
    """Reads, validates and upgrades the document at `spec`; raises nothing."""
    loaded, judging = begin(spec, terms)
    return replace(loaded, diagnostics=(*loaded.diagnostics, *judging()))


def begin(spec: Spec, terms: Terms = USUAL, workers: int = 1) -> tuple[Loaded, Judging]:
    """What `load` gives, save what is found wrong with defaults and examples.

    With more than one worker, those of a large document are judged by another process.
    """
    return judged(read_spec(spec, terms), spec, terms, workers)


def judged(
    reading: Reading,
    spec: Spec,
    terms: Terms = USUAL,
    workers: int = 1,
    one_way: frozenset[str] = frozenset(),
) -> tuple[Loaded, Judging]:
    """What `begin` gives, of a document that was read from `spec`, or of a part of it.

    `one_way` are the names of members that the rest calls read-only or write-only.
    """
    loaded = _judged(reading, spec, terms)
    judging = _judging(loaded.document, workers, one_way)
    if not terms.strict:
        return loaded, judging
    hard = replace(loaded, diagnostics=tuple(map(hardened, loaded.diagnostics)))
    return hard, lambda: tuple(map(hardened, judging()))


def _judging(
    document: Document | None, workers: int, one_way: frozenset[str]
) -> Judging:
    if document is None:
        return tuple
    if workers > 1 and len(walk(document.files)) >= _MANY:
        return beside(misfits.check, document.files, one_way)
    return partial(misfits.check, document.files, one_way)


def _judged(reading: Reading, spec: Spec, terms: Terms) -> Loaded:
    source = reading.source
    if reading.root is None:
        return Loaded(document=None, diagnostics=reading.diagnostics, locator=source)
    overlaid = under(reading.root, folder_of(spec), terms.overlays)
    texts = Sources(files={"": source, **overlaid.sources}, overlaid=overlaid.origins)
    version, wrong = find_version(overlaid.root)
    wrong = (*overlaid.diagnostics, *wrong)
    first = (*reading.diagnostics, *wrong)
    if version is None or any(d.severity is Severity.ERROR for d in wrong):
        return Loaded(document=None, diagnostics=first, locator=texts)
    spec = reading.url or spec
    document, found = _document(spec, overlaid.root, version, terms, texts)
    return Loaded(document=document, diagnostics=(*first, *found), locator=document)


def _document(
    spec: Spec, root: Node, version: Version, terms: Terms, texts: Sources
) -> tuple[Document, tuple[Diagnostic, ...]]:
    """A document with the files that it refers to, in the form of OpenAPI 3.1; what is
    wrong with it.
    """
    formed = form.check(root, version)
    gathered = gather(spec, formed.root, version, terms, texts)
    told = x_webhooks.check(gathered.files)
    checked = parts.check(told.files, gathered.places)
    converted = convert(checked.files)
    validated = validate(converted.files)
    upgraded = upgrade(validated.files)
    sources = replace(texts, files={**texts.files, **gathered.sources})
    document = Document(
        files=upgraded.files,
        sources=sources,
        moves=upgraded.moves,
        origins=converted.origins,
    )
    written = (
        *(*formed.diagnostics, *told.diagnostics, *checked.diagnostics),
        *converted.diagnostics,
    )
    if converted.origins.written:
        written = tuple(map(sources.pinned, written))
    found = (*validated.diagnostics, *upgraded.diagnostics)
    return document, (*gathered.diagnostics, *written, *found)
