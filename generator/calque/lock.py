"""What calque remembers of a package: `calque.lock`, its files and its names."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from keyword import iskeyword
from pathlib import Path, PurePosixPath
from typing import cast

from calque.diagnostics import PlacedError, located

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """The memory of one generation.

    `files` maps each file that was written to the SHA-256 of its bytes, `names` each Id
    to the Python name it was given; `surface` is what callers see of the package.
    `known` says by Id what a thing was in the document when it got its name, `aliases`
    maps a name that is no longer used to the Id of what it still means, and `adopted`
    are the files that were calque's, each with "user". `templates` are those that were
    not calque's own, each with the SHA-256 of what took its place.
    """

    version: str = ""
    document: str = ""
    files: Mapping[str, str] = field(default_factory=dict[str, str])
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    known: Mapping[str, str] = field(default_factory=dict[str, str])
    aliases: Mapping[str, str] = field(default_factory=dict[str, str])
    adopted: Mapping[str, str] = field(default_factory=dict[str, str])
    templates: Mapping[str, str] = field(default_factory=dict[str, str])
    surface: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class Written:
    """An entry of a surface that was laid out before, as a lock's text has it."""

    text: str


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
        return _whole(content)
    except (ValueError, KeyError, TypeError) as error:
        raise _unread(content, name, error) from error


@lru_cache(maxsize=1)
def _whole(content: bytes) -> Lock:
    """The lock in some bytes, which a run reads twice: before it makes and before it writes."""
    return _lock(_entries(json.loads(content.decode("utf-8", errors="replace"))))


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
    section = max(0, text.find(f"  {_QUOTED(error.section)}: {{"))
    quoted = _QUOTED(error.key)
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


def dump(lock: Lock) -> str:
    """The text of a lock: sorted, one entry a line, so that changes merge."""
    sections = {
        "adopted": dict(lock.adopted),
        "aliases": dict(lock.aliases),
        "files": dict(lock.files),
        "known": dict(lock.known),
        "names": dict(lock.names),
        "templates": dict(lock.templates),
    }
    data: dict[str, object] = {
        "calque": lock.version,
        "document": lock.document,
        **{name: entries for name, entries in sections.items() if entries},
        **lock.surface,
    }
    return _laid_out(data, "") + "\n"


_TEXT = json.JSONEncoder(ensure_ascii=False).encode
# As `_TEXT`, of a text, without being asked what it is.
_QUOTED: Callable[[str], str] = json.encoder.encode_basestring
_LINE = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def written(entry: object) -> Written:
    """The entry of a model or of a call, laid out where it will stand."""
    return Written(_laid_out(entry, "    "))


def _laid_out(value: object, indent: str) -> str:
    """JSON with one entry a line; an object that has an Id and no others below is one."""
    if isinstance(value, str):
        return _QUOTED(value)
    if isinstance(value, Written):
        return value.text
    if not isinstance(value, dict):
        return _TEXT(value)
    members = cast("dict[str, object]", value)
    if not members or ("id" in members and not _nested(members)):
        return _LINE(members)
    inner = f"{indent}  "
    lines = [
        f"{inner}{_QUOTED(key)}: "
        # Most are names and hashes, which need no call to find out what they are.
        f"{_QUOTED(each) if type(each) is str else _laid_out(each, inner)}"
        for key, each in sorted(members.items())
    ]
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"


def _nested(members: Mapping[str, object]) -> bool:
    return any(isinstance(member, (dict, Written)) for member in members.values())


def _lock(data: Mapping[str, object]) -> Lock:
    """The lock in some data; raises ValueError, KeyError or TypeError where it is none."""
    return Lock(
        version=str(data["calque"]),
        document=str(data["document"]),
        **{
            name: _checked(name, _texts(data.get(name, {})), holds, words)
            for name, (holds, words) in _SECTIONS.items()
        },
        surface={key: data[key] for key in _SURFACE if key in data},
    )


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
