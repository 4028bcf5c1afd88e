"""The text of a lock: sorted, one entry a line, so that changes merge."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import cast

from calque.lock.memory import Lock, Written

_TEXT = json.JSONEncoder(ensure_ascii=False).encode
# As `_TEXT`, of a text, without being asked what it is.
_QUOTED: Callable[[str], str] = json.encoder.encode_basestring

_ENTRY = "    "
"""What an entry of a section begins its line with."""

_MEMORY = 1 << 10
"""How many sets of keys are remembered: entries of a kind have much the same."""

_FIRST, _NEXT = f'{_ENTRY}"', f',\n{_ENTRY}"'

_TEXTS = ("adopted", "aliases", "files", "known", "names", "templates")
"""The sections whose entries are texts."""


def dump(lock: Lock, before: Lock | None = None) -> str:
    """The text of a lock; what is as it was `before`, if that is calque's own, is taken from it."""
    texts = {name: cast("Mapping[str, str]", getattr(lock, name)) for name in _TEXTS}
    sections: dict[str, object] = {
        "calque": lock.version,
        "document": lock.document,
        **{name: entries for name, entries in texts.items() if entries},
        **lock.surface,
    }
    # A large one has millions of characters: all of them are put together once.
    pieces: list[str] = []
    for name, section in sorted(sections.items()):
        pieces += (",\n" if pieces else "{\n", f'  "{name}": ')
        as_before = _as_before(name, section, before)
        pieces += [as_before] if as_before else _section(section)
    return "".join([*pieces, "\n}\n"])


def written(section: Mapping[str, object]) -> str:
    """Some entries of a section, laid out where they will stand."""
    return ",\n".join(_lines(section, _ENTRY))


def entries(text: str) -> dict[str, str]:
    """Entries that are laid out, each by its key, without what begins their lines."""
    found = text.removeprefix(_FIRST).split(_NEXT) if text else []
    return {_key(each): each for each in found}


def _key(entry: str) -> str:
    """The key of an entry that is laid out, without what it begins with."""
    key, _, _ = entry.partition('": ')
    if "\\" not in key:
        return key
    # There may be a quotation mark in it.
    whole: object = json.JSONDecoder().raw_decode(f'"{entry}')[0]
    return str(whole)


def _as_before(name: str, section: object, before: Lock | None) -> str:
    """A section of texts as it stands in a lock of calque's own; empty where it is another."""
    known = before is not None and before.dumped and name in _TEXTS
    if before is None or not known or getattr(before, name) != section:
        return ""
    start = before.text.index(f'\n  "{name}": {{'.encode())
    begin = before.text.index(b"{", start)
    return before.text[begin : before.text.index(b"\n  }", begin)].decode() + "\n  }"


def _section(section: object) -> list[str]:
    """A section in pieces."""
    if not isinstance(section, Written):
        return [_laid_out(section, "  ")]
    shown = [each for _, each in sorted(section.entries.items())]
    if not shown:
        return ["{}"]
    after = [piece for each in shown[1:] for piece in (_NEXT, each)]
    return [f"{{\n{_FIRST}", shown[0], *after, "\n  }"]


def _laid_out(value: object, indent: str) -> str:
    """JSON with one entry a line; an object that has an Id and no others below is one."""
    if isinstance(value, str):
        return _QUOTED(value)
    if not isinstance(value, dict):
        return _TEXT(value)
    members = cast("dict[str, object]", value)
    if "id" in members and dict not in map(type, members.values()):
        return _line(members)
    return _object(_lines(members, f"{indent}  "), indent)


def _line(members: Mapping[str, object]) -> str:
    """An object on one line, its members sorted; most say texts."""
    shown = [
        f"{named}{_QUOTED(each) if type(each := members[key]) is str else _TEXT(each)}"
        for key, named in _named(tuple(members))
    ]
    return f"{{{', '.join(shown)}}}"


@lru_cache(_MEMORY)
def _named(keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """Some keys, sorted, each with what its member begins with."""
    return [(key, f"{_QUOTED(key)}: ") for key in sorted(keys)]


def _lines(members: Mapping[str, object], indent: str) -> list[str]:
    return [
        f"{indent}{_QUOTED(key)}: "
        # Most are names and hashes, which need no call to find out what they are.
        f"{_QUOTED(each) if type(each) is str else _laid_out(each, indent)}"
        for key, each in sorted(members.items())
    ]


def _object(lines: list[str], indent: str) -> str:
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}" if lines else "{}"
