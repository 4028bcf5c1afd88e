"""Work that goes on in another process, beside this one, with the same outcome as here.

Where no process can be started, or one ends without an outcome, the work is done here.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeVar, TypeVarTuple, cast

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import DefaultContext

Method = Literal["fork", "forkserver", "spawn"]
"""How a process is started: with all that is here, or anew, with what it is told."""

R = TypeVar("R")
Values = TypeVarTuple("Values")


def processors() -> int:
    """How many processes can work at once."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def usual() -> Method:
    """The way in which processes are started: the cheapest that is safe everywhere."""
    return "fork" if sys.platform == "linux" else "spawn"


def beside(
    work: Callable[[*Values], R], *values: *Values, method: Method | None = None
) -> Callable[[], R]:
    """Begins some work; what is given back waits for its outcome.

    Unless processes are forked, `work`, its values and its outcome have to be pickled.
    """
    # Loading it takes longer than a small package does.
    from multiprocessing import get_context

    context = cast("DefaultContext", get_context(method or usual()))
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(there, work, values), daemon=True)
    try:
        process.start()
    except OSError:
        return lambda: work(*values)
    finally:
        there.close()

    def outcome() -> R:
        try:
            found = here.recv()
        except EOFError:
            # What went wrong there goes wrong here, where it is told of.
            return work(*values)
        return cast("R", found)

    return outcome


def _tell(connection: Connection, work: Callable[..., object], values: object) -> None:
    """Sends the outcome of some work, and ends the process."""
    # Who interrupts calque interrupts the process that waits for this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        connection.send(work(*cast("tuple[object, ...]", values)))
    finally:
        # No more is to be done: nothing of what was forked is this process's own.
        os._exit(0)
