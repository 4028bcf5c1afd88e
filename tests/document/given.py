"""How the tests of this folder get a document from a text, and look into what it became."""

from __future__ import annotations

from pathlib import Path

from calque.diagnostics import Diagnostic, Severity
from calque.document import Document, Json, Loaded, load
from calque.document.reference import lookup

HEAD = 'openapi: 3.1.0\ninfo: {title: Calls, version: "1"}\n'
HEAD_3_0 = 'openapi: 3.0.3\ninfo: {title: Calls, version: "1"}\n'


def loaded(folder: Path, text: str, name: str = "openapi.yaml") -> Loaded:
    """What becomes of a text in a file of this name."""
    path = folder / name
    path.write_text(text, "utf-8")
    return load(path)


def document(folder: Path, text: str) -> Document:
    """The document of a text without errors."""
    result = loaded(folder, text)
    assert result.document is not None, result.diagnostics
    assert not errors(result.diagnostics)
    return result.document


def schemas(folder: Path, text: str, head: str = HEAD_3_0) -> Document:
    """A document with these schemas, each a line `Name: {...}`."""
    lines = "".join(f"    {line}\n" for line in text.splitlines())
    return document(folder, f"{head}paths: {{}}\ncomponents:\n  schemas:\n{lines}")


def at(found: Document, id_: str) -> Json:
    """The value at an Id."""
    node = lookup(found.root, id_)
    assert node is not None, f"nothing stands at {id_}"
    return node.value


def schema(found: Document, name: str) -> Json:
    """The schema of this name."""
    return at(found, f"#/components/schemas/{name}")


def codes(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    """The codes of the diagnostics, those of warnings with `?`."""
    warning = Severity.WARNING
    return [f"{d.code}{'?' if d.severity is warning else ''}" for d in diagnostics]


def errors(diagnostics: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    return [d for d in diagnostics if d.severity is Severity.ERROR]
