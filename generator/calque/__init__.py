"""calque reads an OpenAPI document and writes a Python client package."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from calque.comparison import Report
    from calque.surface import Surface

__all__ = ["__version__", "diff"]

__version__ = version("calque")


def diff(old: Surface | Path | str, new: Surface | Path | str) -> Report:
    """What changes for the callers of a package: every change, by what it does to them.

    Each side is a surface, or the path of a document, of a `calque.lock`, of a package's
    folder, or `REV:path` of git. Nothing is printed or written. Raises
    `comparison.sides.Unreadable` where a path gives no surface, `config.ConfigError` and
    `lock.LockError` where a file beside it can't be read.
    """
    from calque.comparison.sides import between

    return between(old, new)
