"""The difference between a package in memory and its folder on disk, and whose files are whose."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from calque.exclusive import held
from calque.lock import FILE, Lock, digest, dump
from calque.transaction import JOURNAL, STAGE, recover, replace

_SHOWN_LINES = 40
"""As much of a diff as belongs in a message."""


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
    conflicts = edited(folder, files, lock)
    if conflicts:
        stale = compare(folder, files, lock)
        shown = {p: t for p, t in stale.written.items() if p in conflicts}
        gone = tuple(p for p in stale.removed if p in conflicts)
        diff = difference(Changes(folder=folder, written=shown, removed=gone))
        raise Refused(
            f"edited since calque wrote them: {', '.join(conflicts)} (in {folder})\n"
            f"{''.join(_head(diff))}"
            "three ways on: `--overwrite` drops the edits; moved to the package's "
            "`custom/` folder they are kept, and calque never touches that; "
            "`calque adopt FILE` makes a file yours"
        )


def edited(folder: Path, files: Mapping[str, str], lock: Lock | None) -> list[str]:
    """The files of calque's that somebody else has written, and that would be lost."""
    known: Mapping[str, str] = lock.files if lock else {}
    there = sorted({*known, *files} - {FILE})
    foreign = [p for p in there if _foreign(folder, p, known)]
    return [p for p in foreign if files.get(p) != _text(folder / p)]


def compare(folder: Path, files: Mapping[str, str], lock: Lock | None) -> Changes:
    """What differs between a package's files and its folder, whose lock is given."""
    known: Mapping[str, str] = lock.files if lock else {}
    stale = (path for path in sorted(known) if path not in files)
    return Changes(
        folder=folder,
        written={p: t for p, t in files.items() if _text(folder / p) != t},
        removed=tuple(path for path in stale if (folder / path).is_file()),
    )


def write(
    folder: Path,
    files: Mapping[str, str],
    before: Lock | None,
    *,
    overwrite: bool = False,
) -> Changes:
    """Brings a folder up to date, as a whole or not at all; what it took.

    `before` is the lock that the files were made with. Raises Refused where the folder
    has what is not calque's to overwrite, or has got another lock since.
    """
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is a file; name a folder for the package")
    with held(folder):
        recover(folder)
        if overwrite:
            _check_owned(folder, before)
        elif _content(folder / FILE) != (before.text if before else None):
            raise Refused(f"another run has written to {folder}; run this one again")
        else:
            check_writable(folder, files, before)
        changes = compare(folder, files, before)
        if changes:
            replace(folder, changes.written, changes.removed, FILE)
    return changes


def write_lock(folder: Path, before: Lock, after: Lock) -> None:
    """Puts another lock in the place of that which was read; raises Refused as `write`."""
    with held(folder):
        if _text(folder / FILE) != dump(before):
            raise Refused(f"{folder / FILE} is not as calque writes it; generate first")
        replace(folder, {FILE: dump(after)}, (), FILE)


def finish(folder: Path) -> bool:
    """Carries through a write that was interrupted; whether there was one."""
    if not (folder / STAGE).is_dir():
        return False
    with held(folder):
        return recover(folder)


def interrupted(folder: Path) -> bool:
    """Whether a write to a folder was stopped before its end, and is to be finished."""
    return (folder / STAGE / JOURNAL).is_file()


def difference(changes: Changes) -> Iterator[str]:
    """The changes as the lines of a unified diff; those of the lock, which follow, last."""
    removed = dict.fromkeys(changes.removed, "")
    found = {**changes.written, **removed}
    for path in sorted(found, key=lambda path: (path == FILE, path)):
        text = found[path]
        before = (_text(changes.folder / path) or "").splitlines(keepends=True)
        after = text.splitlines(keepends=True)
        yield from difflib.unified_diff(before, after, f"on disk/{path}", f"new/{path}")


def _head(lines: Iterator[str]) -> Iterator[str]:
    """The first lines, and how many there are besides."""
    for line in islice(lines, _SHOWN_LINES):
        yield line if line.endswith("\n") else f"{line}\n"
    if more := sum(1 for _ in lines):
        yield f"... and {more} lines more\n"


def _check_owned(folder: Path, lock: Lock | None) -> None:
    if lock is None and any(map(_others, folder.iterdir())):
        raise Refused(
            f"{folder} holds files that calque did not write (it has no {FILE}); name an "
            f"empty or new folder, or restore the {FILE} of the package in it"
        )


def _others(path: Path) -> bool:
    """Whether something in the folder is none of what calque has there while it writes."""
    return not path.name.startswith(".calque.")


def _foreign(folder: Path, path: str, known: Mapping[str, str]) -> bool:
    """Whether the file there is not as calque left it."""
    file = folder / path
    return file.is_file() and known.get(path) != digest(file.read_bytes())


def _text(path: Path) -> str | None:
    """The text of a file as it is, line ends included; None where there is none."""
    content = _content(path)
    if content is None:
        return None
    return content.decode("utf-8", errors="surrogateescape")


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
