"""The difference between a package in memory and its folder on disk, and how it is made."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from calque.lock import FILE, Lock, digest


class Refused(Exception):
    """The folder holds what calque did not write; the text says what and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What it takes to bring a folder up to date: files to write, files to remove."""

    folder: Path
    written: Mapping[str, str]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.written or self.removed)


def check_writable(folder: Path, files: Mapping[str, str], lock: Lock | None) -> None:
    """Raises Refused where a folder holds what nobody but its writer may overwrite.

    That is files of others, and files of calque's that were edited since. `lock` is the
    folder's own.
    """
    _check_owned(folder, lock)
    known: Mapping[str, str] = lock.files if lock else {}
    edited = [
        path for path in sorted({*known, *files}) if _foreign(folder, path, known)
    ]
    conflicts = [p for p in edited if p != FILE and files.get(p) != _text(folder / p)]
    if conflicts:
        raise Refused(
            f"edited since calque wrote them: {', '.join(conflicts)} (in {folder}); "
            "undo the edits, or move them elsewhere and delete these files"
        )


def compare(folder: Path, files: Mapping[str, str], lock: Lock | None) -> Changes:
    """What differs between a package's files and its folder, whose lock is given."""
    known: Mapping[str, str] = lock.files if lock else {}
    stale = (path for path in sorted(known) if path not in files)
    return Changes(
        folder=folder,
        written={p: t for p, t in files.items() if _text(folder / p) != t},
        removed=tuple(path for path in stale if (folder / path).exists()),
    )


def apply(changes: Changes) -> None:
    """Brings the folder up to date; each file is there whole, old or new."""
    for path, text in changes.written.items():
        _write(changes.folder / path, text)
    for path in changes.removed:
        (changes.folder / path).unlink()
        _prune((changes.folder / path).parent, changes.folder)


def difference(changes: Changes) -> Iterator[str]:
    """The changes as the lines of a unified diff."""
    removed = dict.fromkeys(changes.removed, "")
    for path, text in sorted({**changes.written, **removed}.items()):
        before = (_text(changes.folder / path) or "").splitlines(keepends=True)
        after = text.splitlines(keepends=True)
        yield from difflib.unified_diff(before, after, f"on disk/{path}", f"new/{path}")


def _check_owned(folder: Path, lock: Lock | None) -> None:
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is a file; name a folder for the package")
    if lock is None and folder.exists() and any(folder.iterdir()):
        raise Refused(
            f"{folder} holds files that calque did not write (it has no {FILE}); name an "
            "empty or new folder"
        )


def _foreign(folder: Path, path: str, known: Mapping[str, str]) -> bool:
    """Whether the file there is not as calque left it."""
    file = folder / path
    return file.is_file() and known.get(path) != digest(file.read_bytes())


def _text(path: Path) -> str | None:
    """The text of a file as it is, line ends included; None where there is none."""
    if not path.is_file():
        return None
    return path.read_bytes().decode("utf-8", errors="surrogateescape")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.calque-{os.getpid()}")
    try:
        beside.write_bytes(text.encode())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _prune(folder: Path, top: Path) -> None:
    """Removes a folder that the last removal left empty, and those above it."""
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
