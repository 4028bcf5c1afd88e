"""Where a document is, a file or a URL, and how it is read from there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from calque.codes import Code
from calque.diagnostics import Diagnostic, Severity
from calque.document.outline import NONE, Extent
from calque.document.read import Reading, parse, read
from calque.document.source import Source
from calque.document.terms import Terms

if TYPE_CHECKING:
    from calque.document.remote import Fetcher

Spec: TypeAlias = Path | str
"""A path, or the text of an http(s) URL."""

_SPOKEN = ("http", "https")


def folder_of(spec: Spec) -> Path:
    """The folder where a document's settings are: for a URL, the current one."""
    return spec.parent if isinstance(spec, Path) else Path()


def name_of(spec: Spec) -> str:
    """The name by which other files of its folder, or of its server, call a document."""
    return spec.name if isinstance(spec, Path) else spec


def read_spec(spec: Spec, terms: Terms, known: Mapping[str, Extent] = NONE) -> Reading:
    """Reads a document; from a URL only if there is something to fetch it with.

    Units of a file whose texts are `known` are left out of its root.
    """
    if terms.content is not None:
        return parse(str(spec), terms.content, known=known)
    if isinstance(spec, Path):
        return read(spec, known)
    if (scheme := spec.partition(":")[0]).lower() not in _SPOKEN:
        return _unread(
            spec,
            Code.UNREADABLE_FILE,
            f"`{scheme}` is no scheme that documents are read from",
            "name a file, or an `http` or `https` URL",
        )
    fetcher = terms.fetcher()
    if fetcher is None:
        return _unread(
            spec,
            Code.REMOTE_REF,
            "the document would have to be downloaded",
            "allow it with `--allow-remote`, or save it and name the file",
        )
    return read_url(spec, fetcher)


def read_url(url: str, fetcher: Fetcher) -> Reading:
    """Reads what a URL holds."""
    # Most runs fetch nothing, and should not wait for the protocols.
    from calque.document.remote import Unfetched

    found = fetcher.fetch(url)
    if isinstance(found, Unfetched):
        return _unread(url, Code.UNREADABLE_FILE, found.message, found.help)
    return parse(url, found.content or b"", found.url)


def _unread(url: str, code: Code, message: str, advice: str) -> Reading:
    diagnostic = Diagnostic(
        severity=Severity.ERROR, code=code, message=message, help=advice
    )
    return Reading(source=Source(file=url), diagnostics=(diagnostic,))
