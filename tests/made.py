"""Packages that are generated from a document of a test, and imported while it runs."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from calque.config import Config
from calque.document.node import Json
from calque.pipeline import package, understand


def write(
    spec: Json,
    name: str,
    folder: Path,
    config: Config | None = None,
    *,
    told: frozenset[str] = frozenset(),
) -> None:
    """Generates the package `name` of a document into a folder; nothing may be left out.

    `told`: the codes of warnings that the document has.
    """
    path = folder / "openapi.json"
    path.write_text(json.dumps(spec), "utf-8")
    result = understand(path)
    # `allowReserved` where it means nothing is spoken of, and ignored.
    assert {found.code for found in result.diagnostics} <= {"unknown-field", *told}
    assert result.value is not None
    config = replace(config or Config(), package=name)
    files = package(result.value, config, "").files
    for file, text in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, "utf-8")


@contextmanager
def imported(folder: Path, name: str) -> Generator[ModuleType]:
    """A generated package, for as long as it is used."""
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))
        for module in [m for m in sys.modules if m.partition(".")[0] == name]:
            del sys.modules[module]
