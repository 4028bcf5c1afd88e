"""What is said to another generator, said to calque: names, groups, pages, credentials."""

from __future__ import annotations

from calque.foreign.over import (
    NotCarried,
    Settings,
    carried_over,
    file_of,
    named,
    overlay,
)

__all__ = ["NotCarried", "Settings", "carried_over", "file_of", "named", "overlay"]
