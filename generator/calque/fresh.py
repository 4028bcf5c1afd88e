"""Whether a package is what its inputs give, told by hashes alone, before anything is read.

What was made of what is noted in a file of the user's cache, for each package's folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import cast

from calque.cache import below, digest, place, put_sealed, unsealed
from calque.project import Job

_KIND = "made"


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
    try:
        if (held := unsealed(place(_KIND, job.output), ())) is None:
            return None
        data = json.load(held)
        if data["inputs"] != _inputs(job, asked, data["read"]):
            return None
        if any(digest(job.output / p) != d for p, d in data["files"].items()):
            return None
        return tuple(Said(**said) for said in data["said"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def note(
    job: Job,
    asked: Sequence[object],
    read: Iterable[Path],
    said: Iterable[Said],
    files: Mapping[str, str],
) -> None:
    """Notes what a package was just made of, and the hashes of its files."""
    paths = sorted(str(path.absolute()) for path in read)
    entries = [{name: getattr(s, name) for name in Said.__slots__} for s in said]
    data = {
        "files": dict(files),
        "inputs": _inputs(job, asked, paths),
        "read": paths,
        "said": entries,
    }
    put_sealed(place(_KIND, job.output), (), json.dumps(data).encode())


def _inputs(job: Job, asked: Sequence[object], read: object) -> str:
    """The digest of all that a package depends on."""
    paths = [Path(str(path)) for path in cast("list[object]", read)]
    # What takes the place of a template may come later than the package.
    instead = below(job.config.templates, "*") if job.config.templates else ()
    told = [
        *(repr(job), repr(asked)),
        *(f"{path} {digest(path)}" for path in [*paths, *instead]),
    ]
    return sha256("\n".join(told).encode()).hexdigest()
