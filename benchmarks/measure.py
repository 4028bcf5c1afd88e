"""What a process costs: CPU seconds and peak memory of it and of all that it starts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_PAUSE = 0.03

# With it, Python compiles every module anew; few people have it set.
_UNCOMPILED = "PYTHONDONTWRITEBYTECODE"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took, and whether it did what it should; `memory` is in MB."""

    seconds: float
    memory: float
    failed: bool


def cost(
    command: Sequence[str], cache: Path | None = None, limit: float = 1800
) -> Cost:
    """Runs a process to its end, or for so many seconds of the clock.

    `cache` takes the place of the folder where programs keep things for a user.
    """
    environment = {key: v for key, v in os.environ.items() if key != _UNCOMPILED}
    if cache is not None:
        environment["XDG_CACHE_HOME"] = str(cache)
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=environment,
    )
    peak, end = 0.0, time.monotonic() + limit
    while True:
        done, status, used = os.wait4(process.pid, os.WNOHANG)
        if done:
            break
        # Until it is another program, a process has the memory of this one.
        time.sleep(_PAUSE)
        peak = max(peak, _memory(process.pid))
        if time.monotonic() > end:
            os.killpg(process.pid, signal.SIGKILL)
    process.returncode = os.waitstatus_to_exitcode(status)
    own = used.ru_maxrss / (1024 if sys.platform == "linux" else 1 << 20)
    seconds = used.ru_utime + used.ru_stime
    return Cost(seconds, peak or own, bool(process.returncode))


def _memory(process: int) -> float:
    """The MB that a process and those it has started take now, shared ones once.

    Only Linux tells; elsewhere the largest process counts.
    """
    return sum(map(_proportional, _with_started(process)))


def _with_started(process: int) -> Iterator[int]:
    yield process
    for task in _listed(f"/proc/{process}/task/*/children"):
        for child in task.split():
            yield from _with_started(int(child))


def _proportional(process: int) -> float:
    for text in _listed(f"/proc/{process}/smaps_rollup"):
        for line in text.splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _listed(pattern: str) -> Iterable[str]:
    """The texts of some files, less those of processes that have just ended."""
    found: list[str] = []
    for path in Path("/").glob(pattern[1:]):
        try:
            found.append(path.read_text("utf-8"))
        except OSError:
            continue
    return found
