"""What is kept in the user's cache: a file for each package's folder, never needed.

Whatever is wrong with such a file, it is as if it was not there. They are written in one
step, so that runs at the same time do not disturb each other, and the oldest go first where
they are too much.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

_MOST = 512 * 1024 * 1024
"""How many bytes the files of one kind may be together."""


def home(kind: str) -> Path:
    """Where things of a kind are kept."""
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "calque" / kind


def place(kind: str, output: Path) -> Path:
    """Where things of a kind are kept for a package's folder."""
    return home(kind) / sha256(str(output.resolve()).encode()).hexdigest()[:24]


def put(path: Path, *content: bytes | memoryview) -> None:
    """Keeps something, in one piece or more; a cache that can't be written is left alone."""
    draft = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.writelines(content)
        draft.replace(path)
        _bound(path.parent)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _bound(folder: Path) -> None:
    """Removes what was not written for the longest time, as far as it is too much."""
    found = [(path.stat(), path) for path in folder.iterdir()]
    room = _MOST
    for stat, path in sorted(found, key=lambda entry: -entry[0].st_mtime):
        room -= stat.st_size
        if room < 0:
            path.unlink(missing_ok=True)


@cache
def own() -> str:
    """Tells calque's own files from those of any other state, its templates among them.

    To read them all would take a fifth of a run that has nothing to do, so it is told by when
    and how large they were written, and when they came to be where they are.
    """
    here, templates = Path(__file__).parent, Path(str(files("calque.templates")))
    told = (f"{path} {_state(path.stat())}" for path in _own(here, templates))
    return sha256("\n".join(told).encode()).hexdigest()


def _state(stat: os.stat_result) -> tuple[int, ...]:
    return (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


def _own(here: Path, templates: Path) -> Iterator[Path]:
    yield from below(here, "*.py")
    yield from below(templates, "*")


def below(root: Path, pattern: str) -> list[Path]:
    """The files below a folder, without those that Python leaves there."""
    found = (path for path in root.rglob(pattern) if path.is_file())
    return sorted(path for path in found if path.suffix != ".pyc")


def digest(path: Path) -> str:
    """The hash of a file; nothing where there is none."""
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
