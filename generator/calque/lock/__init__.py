"""What calque remembers of a package: `calque.lock`, as a value and as a text."""

from __future__ import annotations

from calque.lock.memory import Lock, Written, digest
from calque.lock.reading import FILE, LockError, parsed, read, salvage
from calque.lock.text import dump, entries, written

__all__ = [
    "FILE",
    "Lock",
    "LockError",
    "Written",
    "digest",
    "dump",
    "entries",
    "parsed",
    "read",
    "salvage",
    "written",
]
