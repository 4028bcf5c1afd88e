"""Which files of the runtime a package has use for: those it imports, and those they do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

# How generated code names a module of the runtime, and how such modules name each other.
_FROM_OUTSIDE = re.compile(r"\._runtime\.(\w+)")
_FROM_INSIDE = re.compile(r"^\s*from \.(\w+) import", re.MULTILINE)


def without_unused(written: dict[str, str], copied: dict[str, str]) -> dict[str, str]:
    """The copied files, less the modules of the runtime that nothing leads to."""
    modules = {
        PurePosixPath(path).stem: text
        for path, text in (written | copied).items()
        if _in_runtime(path)
    }
    roots = (
        module
        for path, text in written.items()
        if not _in_runtime(path)
        for module in _FROM_OUTSIDE.findall(text)
    )
    used = {"__init__", *_reached(roots, modules)}
    return {
        path: text
        for path, text in copied.items()
        if not _in_runtime(path) or PurePosixPath(path).stem in used
    }


def _in_runtime(path: str) -> bool:
    return PurePosixPath(path).parent.name == "_runtime"


def _reached(roots: Iterable[str], modules: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    pending = list(roots)
    while pending:
        module = pending.pop()
        if module in modules and module not in found:
            found.add(module)
            pending += _FROM_INSIDE.findall(modules[module])
    return found
