"""Which state of calque a row is of, and whether a package is still the one that was checked."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import calque

_JUDGES = (
    "examine.py",
    "examples.py",
    "families.py",
    "fidelity.py",
    "judge.py",
    "outcome.py",
)


def code() -> str:
    """The digest of all that a row depends on: calque's files, and what looks at packages."""
    roots = (Path(calque.__file__).parent, Path(str(files("calque.templates"))))
    found = [path for root in roots for path in sorted(root.rglob("*"))]
    return digest([*found, *(Path(__file__).with_name(name) for name in _JUDGES)])


def digest(paths: Iterable[Path]) -> str:
    """The digest of some files, their names included; what Python leaves behind is passed over."""
    found = sha256()
    for path in paths:
        if path.is_file() and path.suffix != ".pyc":
            found.update(f"{path.name}\n".encode())
            found.update(sha256(path.read_bytes()).digest())
    return found.hexdigest()[:12]
