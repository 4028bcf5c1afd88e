"""Writes two versions of a package in turn until it is stopped: `writer.py FOLDER`."""

from __future__ import annotations

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
    """Writes on and on; says so once it has begun."""
    finish(folder)
    print("begun", flush=True)
    while True:
        for text in ("one", "two"):
            write(folder, version(text), lock.read(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
