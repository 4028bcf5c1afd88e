"""How a package is replaced as a whole: staged beside the old one, and then put in its place.

New files are staged in a folder below the package's own, next to links to those that stay.
A journal makes the change final: from then on it is carried through, by this process or,
if that is killed, by the next one. A folder changes places with the staged one in a
single step where the system has one (Linux), so that nobody ever sees it half written.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

STAGE = ".calque.new"
"""Where changes are staged; there is such a folder only while one is made."""

JOURNAL, _OLD = "journal.json", "old"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # <linux/fcntl.h>, <linux/fs.h>


def replace(
    folder: Path, written: Mapping[str, str], removed: Collection[str], last: str
) -> None:
    """Writes and removes files of a folder, all or none; `last` names the one that seals it.

    Paths are below the folder, with slashes. Files that are not named stay, with their
    times. Raises OSError if the disk refuses; the folder then is as it was.
    """
    stage = folder / STAGE
    _discard(stage)
    try:
        stage.mkdir()
        units = _stage(folder, written, removed, last)
        _write_journal(stage, units)
    except BaseException:
        with suppress(OSError):
            _discard(stage)
        raise
    try:
        recover(folder)
    except KeyboardInterrupt:
        recover(folder)
        raise


def recover(folder: Path) -> bool:
    """Carries through a change that was interrupted, or undoes one that was not final.

    Whether anything was carried through.
    """
    stage = folder / STAGE
    if not stage.is_dir():
        return False
    journal = stage / JOURNAL
    final = journal.is_file()
    if final:
        units: dict[str, int | None] = json.loads(journal.read_text("utf-8"))
        for name, inode in units.items():
            _put(stage, folder, name, inode)
        # Without its journal, what is left of the stage means nothing.
        journal.unlink()
    _discard(stage)
    return final


def _discard(stage: Path) -> None:
    """Removes what was staged, or is out of place now; of a folder, its mode went along."""
    for within, folders, _ in os.walk(stage):
        for folder in (Path(within, name) for name in folders):
            if not folder.is_symlink():
                folder.chmod(0o700)
    if stage.is_dir():
        shutil.rmtree(stage)


def _stage(
    folder: Path, written: Mapping[str, str], removed: Collection[str], last: str
) -> dict[str, int | None]:
    """Stages the files; the units that change, with the inode of what is to be there."""
    stage = folder / STAGE
    tops = {PurePosixPath(path).parts[0] for path in (*written, *removed)}
    for top in sorted(tops):
        if (folder / top).is_dir():
            _link_all(folder / top, stage / top)
    for path in removed:
        (stage / path).unlink(missing_ok=True)
        _prune((stage / path).parent, stage)
    for path, text in written.items():
        target = stage / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)  # It is a link to the old file, which stays.
        target.write_bytes(text.encode())
    ordered = sorted(tops, key=lambda top: (top == last, not _is_folder(stage / top)))
    return {top: _inode(stage / top) for top in ordered}


def _link_all(source: Path, target: Path) -> None:
    """A copy of a tree whose files are those of the tree, or else have their times."""

    def link(one: str, other: str) -> str:
        try:
            os.link(one, other, follow_symlinks=False)
        except (OSError, NotImplementedError):
            shutil.copy2(one, other, follow_symlinks=False)
        return other

    shutil.copytree(source, target, symlinks=True, copy_function=link)


def _write_journal(stage: Path, units: Mapping[str, int | None]) -> None:
    """Makes the change final, in one step."""
    draft = stage / f"{JOURNAL}.draft"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(units, file)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(stage / JOURNAL)


def _put(stage: Path, folder: Path, name: str, inode: int | None) -> None:
    """Puts a staged unit in its place, unless it is there already; None: takes it away."""
    staged, place = stage / name, folder / name
    if _inode(place) == inode:
        return
    (stage / _OLD).mkdir(exist_ok=True)
    if inode is None:
        place.rename(stage / _OLD / name)
    elif not place.is_dir():
        staged.replace(place)
    elif not _exchanged(staged, place):
        place.rename(stage / _OLD / name)
        staged.rename(place)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the system let two folders change places in one step (renameat2(2))."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    here = os.fsencode(one), os.fsencode(other)
    result = libc.renameat2(_AT_FDCWD, here[0], _AT_FDCWD, here[1], _RENAME_EXCHANGE)
    return int(result) == 0


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _inode(path: Path) -> int | None:
    """What stands for the very file or folder at a path, wherever it is moved."""
    try:
        return path.lstat().st_ino
    except FileNotFoundError:
        return None


def _prune(folder: Path, top: Path) -> None:
    """Removes a folder that the last removal left empty, and those above it."""
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
