"""How `calque.lock` is read, which may have been edited, or merged, or may be broken."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from keyword import iskeyword
from pathlib import Path, PurePosixPath
from typing import cast

from calque.diagnostics import PlacedError, located
from calque.lock.memory import Lock, digest

FILE = "calque.lock"

_SURFACE = ("client", "operations", "models", "webhooks")
"""The parts that tell what callers see; `calque.surface` knows their form."""

# What version control leaves in a file where two sides changed the same lines.
_MARKER = re.compile(r"^(<{7}|\|{7}|={7}|>{7})( .*)?\r?$", re.M)
# The lines of a lock: the head of a section, and an entry of one.
_SECTION = re.compile(r'  ("(?:[^"\\]|\\.)*"): \{,?')
_ENTRY = re.compile(r'    ("(?:[^"\\]|\\.)*"): (.*?),?')


class LockError(PlacedError):
    """`calque.lock` can't be read as one; the text says where, and what to do."""


class _Unfit(ValueError):
    """An entry of a section is not what it has to be."""

    def __init__(self, message: str, section: str, key: str) -> None:
        super().__init__(message)
        self.section = section
        self.key = key


def read(folder: Path, made: Mapping[str, Lock] | None = None) -> Lock | None:
    """The lock of a package's folder, if it has one; raises LockError for a broken one.

    Those that were `made` before are known by the digests of their texts.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    content = path.read_bytes()
    known = made.get(digest(content)) if made else None
    if known is None:
        return parsed(content, str(path))
    return replace(known, text=content, dumped=True)


def parsed(content: bytes, name: str) -> Lock:
    """The lock that a file `name` holds; raises LockError where that is none."""
    try:
        data = json.loads(content.decode("utf-8", errors="replace"))
        return replace(_lock(_entries(data)), text=content)
    except (ValueError, KeyError, TypeError) as error:
        raise _unread(content, name, error) from error


def _unread(content: bytes, name: str, error: Exception) -> LockError:
    """Why a lock can't be read, and what to do."""
    text = content.decode("utf-8", errors="replace")
    if mark := _MARKER.search(text):
        return LockError(
            "it has the marks of a merge conflict; `calque generate --relock` keeps "
            "the names of both sides, and makes the package anew",
            located(name, text, *mark.span()),
        )
    words = f"there is no {error}" if isinstance(error, KeyError) else str(error)
    return LockError(
        f"it can't be read ({words}); restore it from version control, or run "
        "`calque generate --relock`, which keeps what can be read of it",
        located(name, text, *_at_fault(text, error)),
    )


def _at_fault(text: str, error: Exception) -> tuple[int, int]:
    """Where in a lock stands what an error is about."""
    if isinstance(error, json.JSONDecodeError):
        return error.pos, error.pos + 1
    if not isinstance(error, _Unfit):
        return 0, 1
    section = max(0, text.find(f"  {json.dumps(error.section)}: {{"))
    quoted = json.dumps(error.key, ensure_ascii=False)
    start = text.find(f"{quoted}:", section)
    return (start, start + len(quoted)) if start >= 0 else (section, section + 1)


def salvage(folder: Path) -> Lock | None:
    """What can be read of a lock, line by line; of two sides of a conflict, both.

    Where they disagree, the first one holds.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    sections: dict[str, dict[str, object]] = {}
    section: dict[str, object] = {}
    for line in path.read_bytes().decode("utf-8", errors="replace").splitlines():
        if head := _SECTION.fullmatch(line):
            section = sections.setdefault(str(json.loads(head[1])), {})
        elif (entry := _ENTRY.fullmatch(line)) and (found := _said(entry)):
            section.setdefault(*found)
    return _lock({"calque": "", "document": "", **dict(_sound(sections))})


def _lock(data: Mapping[str, object]) -> Lock:
    """The lock in some data; raises ValueError, KeyError or TypeError where it is none."""
    texts = {
        name: _checked(name, _texts(data.get(name, {})), holds, words)
        for name, (holds, words) in _SECTIONS.items()
    }
    return Lock(
        version=str(data["calque"]),
        document=str(data["document"]),
        files=texts["files"],
        names=texts["names"],
        known=texts["known"],
        aliases=texts["aliases"],
        adopted=texts["adopted"],
        templates=texts["templates"],
        modules=_modules(data.get("models")),
        surface={key: data[key] for key in _SURFACE if key in data},
    )


def _modules(models: object) -> dict[str, str]:
    """The modules of the models that a lock tells of, by Id; none where it tells of none."""
    try:
        found = [_entries(model) for model in _entries(models).values()]
        told = [(model["id"], model["module"]) for model in found]
    except (KeyError, TypeError):
        return {}
    whole = all(isinstance(i, str) and isinstance(m, str) for i, m in told)
    return cast("dict[str, str]", dict(told)) if whole else {}


def _sound(
    sections: Mapping[str, Mapping[str, object]],
) -> Iterator[tuple[str, dict[str, object]]]:
    """The entries that hold, of the sections that are known."""
    for name, (holds, _) in _SECTIONS.items():
        entries = sections.get(name, {})
        yield name, {k: v for k, v in entries.items() if holds(k, str(v))}


def _said(entry: re.Match[str]) -> tuple[str, object] | None:
    try:
        return str(json.loads(entry[1])), json.loads(entry[2])
    except ValueError:
        return None


def _checked(
    section: str,
    entries: dict[str, str],
    holds: Callable[[str, str], bool],
    words: str,
) -> dict[str, str]:
    """The entries, all of which must hold: a lock may have been edited, or merged."""
    for key, value in entries.items():
        if not holds(key, value):
            raise _Unfit(f"`{key}: {value}` is not {words}", section, key)
    return entries


def _stays_below(path: str, _: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and not path.startswith("/")


def _is_name(_: str, name: str) -> bool:
    return name.isidentifier() and not iskeyword(name)


def _is_alias(call: str, _: str) -> bool:
    return all(_is_name("", part) for part in call.split("."))


def _is_text(_: str, __: str) -> bool:
    return True


# What the entries of each section have to be.
_SECTIONS: dict[str, tuple[Callable[[str, str], bool], str]] = {
    "adopted": (_stays_below, "a path below it"),
    "aliases": (_is_alias, "a name of something"),
    "files": (_stays_below, "a path below it"),
    "known": (_is_text, "a text"),
    "names": (_is_name, "a name"),
    "templates": (_stays_below, "a path below the folder of templates"),
}


def _texts(value: object) -> dict[str, str]:
    return {key: str(entry) for key, entry in _entries(value).items()}


def _entries(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError("an object is expected")
    entries = cast("dict[object, object]", value)
    return {str(key): entry for key, entry in entries.items()}
