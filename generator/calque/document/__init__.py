"""What an OpenAPI document is once read: plain data in the form of OpenAPI 3.1, with positions."""

from __future__ import annotations

from pathlib import Path

from calque.diagnostics import Severity
from calque.document import defaults
from calque.document.document import Document, Loaded
from calque.document.node import Json, Node
from calque.document.read import read
from calque.document.upgrade import upgrade
from calque.document.validate import validate
from calque.document.version import Version, find_version

__all__ = ["Document", "Json", "Loaded", "Node", "Version", "load"]


def load(path: Path) -> Loaded:
    """Reads, validates and upgrades the document at `path`; raises nothing."""
    reading = read(path)
    source, root = reading.source, reading.root
    if root is None:
        return Loaded(document=None, diagnostics=reading.diagnostics, locator=source)
    version, wrong = find_version(root)
    diagnostics = (*reading.diagnostics, *wrong)
    if version is None or any(d.severity is Severity.ERROR for d in diagnostics):
        return Loaded(document=None, diagnostics=diagnostics, locator=source)
    validated = validate(root, version)
    upgraded = upgrade(validated.root, version)
    document = Document(
        root=upgraded.root, version=version, source=source, moves=upgraded.moves
    )
    found = (*diagnostics, *validated.diagnostics, *upgraded.diagnostics)
    return Loaded(
        document=document,
        diagnostics=(*found, *defaults.check(document.root)),
        locator=document,
    )
