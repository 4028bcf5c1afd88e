"""What an OpenAPI document is once read: plain data in the form of OpenAPI 3.1, with positions."""

from __future__ import annotations

from dataclasses import replace

from calque.diagnostics import Severity, hardened
from calque.document import form, misfits, parts
from calque.document.document import Document, Loaded
from calque.document.gather import gather
from calque.document.node import Json, Node
from calque.document.overlays import under
from calque.document.sources import Sources
from calque.document.spec import Spec, folder_of, read_spec
from calque.document.swagger import convert
from calque.document.terms import USUAL, Terms
from calque.document.upgrade import upgrade
from calque.document.validate import validate
from calque.document.version import Version, find_version

__all__ = ["Document", "Json", "Loaded", "Node", "Terms", "Version", "load"]


def load(spec: Spec, terms: Terms = USUAL) -> Loaded:
    """Reads, validates and upgrades the document at `spec`; raises nothing."""
    loaded = _load(spec, terms)
    if not terms.strict:
        return loaded
    return replace(loaded, diagnostics=tuple(map(hardened, loaded.diagnostics)))


def _load(spec: Spec, terms: Terms) -> Loaded:
    fetcher = terms.fetcher()
    reading = read_spec(spec, fetcher)
    source = reading.source
    if reading.root is None:
        return Loaded(document=None, diagnostics=reading.diagnostics, locator=source)
    overlaid = under(reading.root, folder_of(spec), terms.overlays)
    root = overlaid.root
    texts = Sources(files={"": source, **overlaid.sources}, overlaid=overlaid.origins)
    version, wrong = find_version(root)
    first = (*reading.diagnostics, *overlaid.diagnostics, *wrong)
    if version is None or any(
        d.severity is Severity.ERROR for d in (*overlaid.diagnostics, *wrong)
    ):
        return Loaded(document=None, diagnostics=first, locator=texts)
    formed = form.check(root, version)
    gathered = gather(reading.url or spec, formed.root, version, terms, fetcher, texts)
    checked = parts.check(gathered.files, gathered.places)
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
        *(*formed.diagnostics, *checked.diagnostics),
        *converted.diagnostics,
    )
    if converted.origins.written:
        written = tuple(map(sources.pinned, written))
    found = (
        *(*first, *gathered.diagnostics, *written),
        *(*validated.diagnostics, *upgraded.diagnostics),
        *misfits.check(document.files),
    )
    return Loaded(document=document, diagnostics=found, locator=document)
