"""What lets one thread, or one task, of a client through at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .locks import ProcessLock

if TYPE_CHECKING:
    import anyio


class Gate:
    """Entered by the threads of a synchronous client, or by the tasks of the other."""

    __slots__ = ("_lock", "_task_lock")

    def __init__(self) -> None:
        self._lock = ProcessLock()
        self._task_lock: anyio.Lock | None = None

    def enter(self, seconds: float | None) -> bool:
        """Waits to be the only thread inside; False if `seconds` pass before."""
        return self._lock.acquire(seconds)

    async def aenter(self, seconds: float | None) -> bool:
        """Waits to be the only task inside; False if `seconds` pass before."""
        import anyio

        if self._task_lock is None:
            self._task_lock = anyio.Lock()
        with anyio.move_on_after(seconds):
            await self._task_lock.acquire()
            return True
        return False

    def leave(self) -> None:
        """Lets the next one in."""
        (self._task_lock or self._lock).release()
