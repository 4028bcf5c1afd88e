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

_SURFACE = ("client", "operations", "models")
"""The parts that tell what callers see; `calque.surface` knows their form."""


class LockError(ValueError):
    """`calque.lock` can't be read as one; the text says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """The memory of one generation.

    `files` maps each file that was written to the SHA-256 of its bytes, `names` each Id
    to the Python name it was given; `surface` is what callers see of the package.
    """

    version: str = ""
    document: str = ""
    files: Mapping[str, str] = field(default_factory=dict[str, str])
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    surface: Mapping[str, object] = field(default_factory=dict[str, object])


def digest(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return sha256(content).hexdigest()


def read(folder: Path) -> Lock | None:
    """The lock of a package's folder, if it has one; raises LockError for a broken one."""
    path = folder / FILE
    return parsed(path.read_bytes(), str(path)) if path.is_file() else None


def parsed(content: bytes, name: str) -> Lock:
    """The lock that a file `name` holds; raises LockError where that is none."""
    try:
        data = json.loads(content.decode("utf-8"))
        return Lock(
            version=str(data["calque"]),
            document=str(data["document"]),
            files=_checked(_texts(data["files"]), _stays_below, "a path below it"),
            names=_checked(_texts(data["names"]), _is_name, "a name"),
            surface={key: data[key] for key in _SURFACE if key in data},
        )
    except (ValueError, KeyError, TypeError) as error:
        raise LockError(
            f"{name} can't be read ({error}); restore it from version control, or "
            "delete it together with the generated files and generate again"
        ) from error


def dump(lock: Lock) -> str:
    """The text of a lock: sorted, one entry a line, so that changes merge."""
    data = {
        "calque": lock.version,
        "document": lock.document,
        "files": dict(lock.files),
        "names": dict(lock.names),
        **lock.surface,
    }
    return _laid_out(data, "") + "\n"


def _laid_out(value: object, indent: str) -> str:
    """JSON with one entry a line; an object that has an Id and no others below is one."""
    if not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    members = cast("dict[str, object]", value)
    nested = any(isinstance(member, dict) for member in members.values())
    if not members or ("id" in members and not nested):
        return json.dumps(members, sort_keys=True, ensure_ascii=False)
    inner = f"{indent}  "
    lines = (
        f"{inner}{json.dumps(key, ensure_ascii=False)}: {_laid_out(member, inner)}"
        for key, member in sorted(members.items())
    )
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"


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
