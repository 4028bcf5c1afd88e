"""calque reads an OpenAPI document and writes a Python client package.

`calque.generate` and `calque.diff` are for programs. What they need is loaded when they are
first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from calque.comparison import Report
    from calque.config import Config
    from calque.library import Generated, generate
    from calque.lock import Lock
    from calque.surface import Surface

__all__ = ["Config", "Generated", "Lock", "__version__", "diff", "generate"]

__version__ = "0.1.0"
"""Said here alone: the project's metadata take it from here."""

_PLACES = {
    "Config": "config",
    "Generated": "library",
    "Lock": "lock",
    "generate": "library",
}


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(f"module 'calque' has no attribute {name!r}")
    value: object = getattr(import_module(f"calque.{_PLACES[name]}"), name)
    return value


def diff(old: Surface | Path | str, new: Surface | Path | str) -> Report:
    """What changes for the callers of a package: every change, by what it does to them.

    Each side is a surface, or the path of a document, of a `calque.lock`, of a package's
    folder, or `REV:path` of git. Nothing is printed or written. Raises
    `comparison.sides.Unreadable` where a path gives no surface, `config.ConfigError` and
    `lock.LockError` where a file beside it can't be read.
    """
    from calque.comparison.sides import between

    return between(old, new)
