"""Who may write to a folder: one process at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def held(folder: Path) -> Generator[None]:
    """Keeps a folder, which is made if need be, for this process alone; waits for others.

    The hold is advisory, and ends with the process however that ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        # A folder can't be held there, so a file stands for it.
        with _locked_file(folder / ".calque.hold"):
            yield
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _locked_file(path: Path) -> Generator[None]:
    if sys.platform == "win32":
        import msvcrt

        with path.open("w") as file:
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            yield
        path.unlink(missing_ok=True)
    else:
        yield
