"""What calque remembers of a package: `calque.lock`, its files and its names."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from keyword import iskeyword
from pathlib import Path, PurePosixPath
from typing import cast

FILE = "calque.lock"


class LockError(ValueError):
    """`calque.lock` can't be read as one; the text says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """The memory of one generation.

    `files` maps each file that was written to the SHA-256 of its bytes, `names` each Id
    to the Python name it was given, `operations` each operation to how it is called.
    """

    version: str = ""
    document: str = ""
    files: Mapping[str, str] = field(default_factory=dict[str, str])
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    operations: Mapping[str, object] = field(default_factory=dict[str, object])


def digest(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return sha256(content).hexdigest()


def read(folder: Path) -> Lock | None:
    """The lock of a package's folder, if it has one; raises LockError for a broken one."""
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        data = json.loads(path.read_text("utf-8"))
        return Lock(
            version=str(data["calque"]),
            document=str(data["document"]),
            files=_checked(_texts(data["files"]), _stays_below, "a path below it"),
            names=_checked(_texts(data["names"]), _is_name, "a name"),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise LockError(
            f"{path} can't be read ({error}); restore it from version control, or "
            "delete it together with the generated files and generate again"
        ) from error


def dump(lock: Lock) -> str:
    """The text of a lock: sorted, one entry a line, so that changes merge."""
    data = {
        "calque": lock.version,
        "document": lock.document,
        "files": dict(lock.files),
        "names": dict(lock.names),
        "operations": dict(lock.operations),
    }
    return json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _checked(
    entries: dict[str, str], holds: Callable[[str, str], bool], words: str
) -> dict[str, str]:
    """The entries, all of which must hold: a lock may have been edited, or merged."""
    for key, value in entries.items():
        if not holds(key, value):
            raise ValueError(f"`{key}: {value}` is not {words}")
    return entries


def _stays_below(path: str, _: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and not path.startswith("/")


def _is_name(_: str, name: str) -> bool:
    return name.isidentifier() and not iskeyword(name)


def _texts(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise TypeError("an object is expected")
    entries = cast("dict[object, object]", value)
    return {str(key): str(entry) for key, entry in entries.items()}
