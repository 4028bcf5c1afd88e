"""Writes two versions of a package in turn until it is stopped: `writer.py FOLDER`.

With a number, it writes once, and kills itself at that step: `writer.py FOLDER STEP`.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from calque import lock
from calque.write import finish, write

PACKAGE = "shown"
FILES = 30


def version(text: str) -> dict[str, str]:
    """A package all of whose files say the same, with its lock; one file never changes."""
    modules = {f"{PACKAGE}/deep/m{n}.py": f"{text}\n" * 400 for n in range(FILES)}
    only = {f"{PACKAGE}/only_{text}.py": text}
    files = {**modules, **only, f"{PACKAGE}/same.py": "same", "README.md": text}
    digests = {path: lock.digest(t.encode()) for path, t in files.items()}
    memory = lock.Lock(version="1", document=text, files=digests)
    return {**files, lock.FILE: lock.dump(memory)}


def main(folder: Path) -> None:
    """Writes on and on; says so once it has begun, and each time that it has written."""
    finish(folder)
    print("begun", flush=True)
    while True:
        for text in ("one", "two"):
            write(folder, version(text), lock.read(folder))
            print(text, flush=True)


def once(folder: Path, last: int) -> None:
    """Writes the version that is not there, and says in how many steps.

    A step is what the system is asked to do: to open, to link, to rename.
    """
    before = lock.read(folder)
    text = "one" if before and before.document == "two" else "two"
    files, steps, watched = version(text), 0, True

    def step(event: str, _: object) -> None:
        nonlocal steps
        if watched and event.startswith(("open", "os.", "shutil.", "ctypes.")):
            steps += 1
            if steps == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(step)
    write(folder, files, before)
    watched = False
    print(steps, flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        once(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        main(Path(sys.argv[1]))
