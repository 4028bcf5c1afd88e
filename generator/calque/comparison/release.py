"""How a release is written down: the version in `calque.toml`, the changes in CHANGELOG.md."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import cast

from calque.comparison.change import Report
from calque.comparison.markdown import inline
from calque.comparison.rule import Effect
from calque.comparison.words import TITLES
from calque.toml_places import Keys, Place, places

CHANGELOG = "CHANGELOG.md"
_TITLE = "# Changelog\n"


def versioned(settings: str, version: str, table: Keys = ()) -> str:
    """The text of a file of settings with another version of the package.

    `table` is the way to the settings. Raises ValueError where they are written in a way
    that leaves no certain place for it.
    """
    text = _with_version(settings, version, table)
    if _read(text) != _set(_read(settings), table, version):
        raise ValueError(
            f'write `version = "{version}"` yourself: it has no sure place'
        )
    return text


def _with_version(settings: str, version: str, table: Keys) -> str:
    found = places(settings)
    if said := found.get((*table, "version")):
        start, end = said.value
        return f'{settings[:start]}"{version}"{settings[end:]}'
    line = f'version = "{version}"'
    # What has a header of its own is no entry: its key is all that there is of it.
    own = (p for keys, p in found.items() if keys[:-1] == table and p.key != p.value)
    last = max(own, key=lambda place: place.value, default=None)
    if last is not None and table in found and _is_inline(settings, found[table]):
        end = last.value[1]
        return f"{settings[:end]}, {line}{settings[end:]}"
    if last is not None:
        start = settings.rfind("\n", 0, last.key[0]) + 1
        return _after(settings, last.value[1], settings[start : last.key[0]] + line)
    if table in found:
        return _after(settings, found[table].key[1], line)
    head, header, rest = settings.partition("[")
    gap = "\n" if header else ""
    return f"{head}{line}\n{gap}{header}{rest}"


def _is_inline(settings: str, place: Place) -> bool:
    """Whether a table stands in braces."""
    return settings.startswith("{", place.value[0])


def _after(text: str, position: int, line: str) -> str:
    """A text with a line more after that of a position."""
    end = text.find("\n", position)
    end = len(text) if end < 0 else end
    return f"{text[:end]}\n{line}{text[end:] or chr(10)}"


def _read(text: str) -> object:
    """What a text says in TOML; None where it is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _set(value: object, table: Keys, version: str) -> object:
    """The same data with a version in one of its tables."""
    match value, table:
        case dict(), ():
            return {**cast("dict[str, object]", value), "version": version}
        case dict(), (str() as key, *below):
            entries = cast("dict[str, object]", value)
            return {**entries, key: _set(entries.get(key), tuple(below), version)}
        case list(), (int() as index, *below):
            listed = cast("list[object]", value)
            changed = _set(listed[index], tuple(below), version)
            return [*listed[:index], changed, *listed[index + 1 :]]
        case _:
            return value


def logged(changelog: str, report: Report, version: str) -> str:
    """The text of a CHANGELOG.md with a section for a version at its top.

    A section that the version has already is written anew.
    """
    _, _, older = (changelog or _TITLE).partition("\n")
    own = re.compile(rf"^## {re.escape(version)}\n.*?(?=^## |\Z)", re.M | re.S)
    older = own.sub("", older).strip("\n")
    title = (changelog or _TITLE).partition("\n")[0]
    parts = [title, "", *_section(report, version), *(["", older] if older else [])]
    return "\n".join(parts) + "\n"


def _section(report: Report, version: str) -> list[str]:
    lines = [f"## {version}"]
    for effect in Effect:
        if changes := list(report.of(effect)):
            lines += ["", f"### {TITLES[effect]}", ""]
            lines += [
                f"- {inline(c.subject)}: {c.rule.means} {_advice(c.rule.adapt)}".rstrip()
                for c in changes
            ]
    return lines


def _advice(adapt: str) -> str:
    return "" if adapt == "Nothing has to be done." else adapt


def write(
    folder: Path, place: tuple[Path, Keys], report: Report, version: str
) -> tuple[Path, ...]:
    """Writes both files; those that were written. Raises ValueError, and writes nothing.

    `place` is the file of the settings, and the way to them in it.
    """
    settings, table = place
    changelog = folder / CHANGELOG
    before = _text(changelog), _text(settings)
    after = (
        logged(before[0], report, version),
        versioned(before[1], version, table),
    )
    written: list[Path] = []
    for path, old, new in zip((changelog, settings), before, after, strict=True):
        if old != new:
            path.write_text(new, "utf-8")
            written.append(path)
    return tuple(written)


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""
