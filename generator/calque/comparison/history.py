"""What git has of a file or a folder: `REV:path`, as `git show` takes it."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from shutil import which

from calque.lock import FILE


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit, and a path in it from the top of the repository."""

    commit: str
    path: PurePosixPath


def has_git() -> bool:
    """Whether there is git to ask."""
    return which("git") is not None


def revision(text: str) -> Revision | None:
    """What `REV:path` names; None where git knows no such revision."""
    name, colon, path = text.partition(":")
    if not colon or name.startswith("-"):
        return None
    commit = _git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if commit is None:
        return None
    # `git show` takes a path from the top, or from here if it begins with a dot.
    prefix = _git("rev-parse", "--show-prefix") if path.startswith("./") else b""
    whole = PurePosixPath((prefix or b"").decode().strip(), path)
    return Revision(commit.decode().strip(), whole)


def extracted(found: Revision, folder: Path) -> Path | None:
    """Writes a file with its neighbours, or a package's lock, into a folder; its path there.

    A document may refer to files beside it, and has its `calque.toml` there.
    """
    kind = _git("cat-file", "-t", f"{found.commit}:{found.path}")
    if kind is None:
        return None
    if kind.strip() == b"tree":
        content = _git("cat-file", "blob", f"{found.commit}:{found.path / FILE}")
        if content is not None:
            (folder / FILE).write_bytes(content)
        return folder
    parent = "" if str(found.path.parent) == "." else str(found.path.parent)
    # In a folder below the top, git would give that folder alone.
    packed = _git("-C", _top(), "archive", "--format=tar", f"{found.commit}:{parent}")
    if packed is None:
        return None
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder / found.path.name


def working(found: Revision) -> Path:
    """Where that path is in the working tree, whether or not there is anything now."""
    return Path(_top(), found.path)


def _top() -> str:
    """The top of the working tree."""
    return os.fsdecode(_git("rev-parse", "--show-toplevel") or b".").rstrip("\n")


def _git(*arguments: str) -> bytes | None:
    """What git prints; None where it fails, or is not there."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None
