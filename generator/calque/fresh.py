"""Whether a package is what its inputs give, told by hashes alone, before anything is read.

What was made of what is noted in a file of the user's cache, for each package's folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import cast

from calque.lock import FILE, parsed
from calque.project import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A diagnostic as it is shown, so that it can be shown again."""

    severity: str
    code: str
    message: str
    text: str
    json: str


def fresh(job: Job, asked: Sequence[object]) -> tuple[Said, ...] | None:
    """What was said when the package was made that is there, if it would be again.

    `asked` is all that the command line has to say about it. None: it has to be made.
    """
    note = _note(job.output)
    try:
        data = json.loads(note.read_text("utf-8"))
        if data["inputs"] != _inputs(job, asked, data["read"]):
            return None
        if data["lock"] != _digest(job.output / FILE):
            return None
        # The lock says the same, but a large one takes long to read.
        if any(_digest(job.output / p) != d for p, d in data["files"].items()):
            return None
        return tuple(Said(**said) for said in data["said"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def note(
    job: Job, asked: Sequence[object], read: Iterable[Path], said: Iterable[Said]
) -> None:
    """Notes what a package was just made of; a cache that can't be written is left alone."""
    paths = sorted(str(path.absolute()) for path in read)
    entries = [{name: getattr(s, name) for name in Said.__slots__} for s in said]
    lock = parsed((job.output / FILE).read_bytes(), FILE)
    data = {
        "files": dict(lock.files),
        "inputs": _inputs(job, asked, paths),
        "lock": _digest(job.output / FILE),
        "read": paths,
        "said": entries,
    }
    target = _note(job.output)
    draft = target.with_suffix(f".{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(data), "utf-8")
        draft.replace(target)
    except OSError:
        draft.unlink(missing_ok=True)


def _inputs(job: Job, asked: Sequence[object], read: object) -> str:
    """The digest of all that a package depends on."""
    paths = [Path(str(path)) for path in cast("list[object]", read)]
    # What takes the place of a template may come later than the package.
    instead = _below(job.config.templates, "*") if job.config.templates else ()
    told = [
        *(repr(job), repr(asked)),
        *(f"{path} {_digest(path)}" for path in [*paths, *instead, *_own()]),
    ]
    return sha256("\n".join(told).encode()).hexdigest()


def _own() -> Iterator[Path]:
    """The files of calque itself, its templates among them."""
    here, templates = Path(__file__).parent, Path(str(files("calque.templates")))
    for root, pattern in ((here, "*.py"), (templates, "*")):
        yield from _below(root, pattern)


def _below(root: Path, pattern: str) -> list[Path]:
    """The files below a folder, without those that Python leaves there."""
    found = (path for path in root.rglob(pattern) if path.is_file())
    return sorted(path for path in found if path.suffix != ".pyc")


def _digest(path: Path) -> str:
    """The hash of a file; nothing where there is none."""
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _note(output: Path) -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    name = sha256(str(output.resolve()).encode()).hexdigest()[:24]
    return Path(cache) / "calque" / "made" / f"{name}.json"
