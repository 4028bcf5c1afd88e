"""What is kept in the user's cache: a file for each package's folder, never needed.

Whatever is wrong with such a file, it is as if it was not there. They are written in one
step, so that runs at the same time do not disturb each other, and the oldest go first where
they are too much.
"""

from __future__ import annotations

import io
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

_MOST = 512 * 1024 * 1024
"""How many bytes the files of one kind may be together."""

_SEAL = 32
"""How many bytes stand before what is sealed."""

LIBRARIES = (
    *("black", "jinja2", "jsonpath_rfc9535", "jsonschema_rs"),
    *("openapi_spec_validator", "yaml"),
)
"""What a package and its diagnostics depend on besides calque."""


def home(kind: str) -> Path:
    """Where things of a kind are kept; where nothing can be, for whom has no home."""
    try:
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    except RuntimeError:
        cache = os.devnull
    return Path(cache) / "calque" / kind


def place(kind: str, output: Path) -> Path:
    """Where things of a kind are kept for a package's folder."""
    return home(kind) / sha256(str(output.resolve()).encode()).hexdigest()[:24]


def put(path: Path, *content: bytes | memoryview) -> None:
    """Keeps something, in one piece or more; a cache that can't be written is left alone."""
    draft = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
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


def seal(asked: Sequence[object], held: bytes | memoryview) -> bytes:
    """What tells whether something is whole, and of this calque, Python and question."""
    told = sha256(repr((own(), sys.version, tuple(asked))).encode())
    told.update(held)
    return told.digest()


def put_sealed(path: Path, asked: Sequence[object], held: bytes | memoryview) -> None:
    """Keeps something so that it is known again."""
    put(path, seal(asked, held), held)


def unsealed(path: Path, asked: Sequence[object]) -> io.BytesIO | None:
    """What was kept so; None where there is nothing, or nothing to be trusted."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    held = io.BytesIO(content)
    whole = held.read(_SEAL) == seal(asked, memoryview(content)[_SEAL:])
    return held if whole else None


@cache
def own() -> str:
    """Tells calque's own files from those of any other state, its templates among them, and
    the libraries that it works with.

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
    for library in map(find_spec, LIBRARIES):
        if library and library.origin:
            yield Path(library.origin)


def below(root: Path, pattern: str) -> list[Path]:
    """The files below a folder, without those that Python leaves there."""
    found = (path for path in root.rglob(pattern) if path.is_file())
    return sorted(path for path in found if path.suffix != ".pyc")


def digest(path: Path) -> str:
    """The hash of a file; nothing where there is none."""
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
