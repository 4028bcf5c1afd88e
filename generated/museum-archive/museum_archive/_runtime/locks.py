"""Locks that nobody holds in a process that was forked."""

from __future__ import annotations

from os import getpid
from threading import Lock


class ProcessLock:
    """A lock of the threads of one process.

    Whoever holds a plain one while another thread forks is not there in the child, and
    would never let go of it.
    """

    __slots__ = ("_lock", "_process")

    def __init__(self) -> None:
        self._lock = Lock()
        self._process = getpid()

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *error: object) -> None:
        self.release()

    def acquire(self, seconds: float | None = None) -> bool:
        """Waits for it; False if `seconds` pass before."""
        if self._process != getpid():
            self._lock, self._process = Lock(), getpid()
        return self._lock.acquire(timeout=-1 if seconds is None else max(0.0, seconds))

    def release(self) -> None:
        """Lets the next one have it."""
        self._lock.release()
