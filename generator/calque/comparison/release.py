"""How a release is written down: the version in `calque.toml`, the changes in CHANGELOG.md."""

from __future__ import annotations

import re
from pathlib import Path

from calque.comparison.change import Report
from calque.comparison.markdown import inline
from calque.comparison.rule import Effect
from calque.comparison.words import TITLES

CHANGELOG = "CHANGELOG.md"
_TITLE = "# Changelog\n"
_VERSION = re.compile(r'^version[ \t]*=[ \t]*("[^"\n]*"|\'[^\'\n]*\')', re.M)


def versioned(settings: str, version: str, header: str = "", number: int = 0) -> str:
    """The text of a file of settings with another version of the package.

    The settings stand below a header, the first of its kind or a later one, if not at the
    top. Raises ValueError where there is none.
    """
    if header:
        found = list(
            re.finditer(rf"^{re.escape(header)}[ \t]*(#.*)?\n", settings, re.M)
        )
        if number >= len(found):
            raise ValueError(f"there is no `{header}` to write `version` below")
        at = found[number].end()
        return settings[:at] + versioned(settings[at:], version)
    line = f'version = "{version}"'
    head, table, rest = settings.partition("\n[")
    if settings.startswith("["):
        head, table, rest = "", "", settings
    if _VERSION.search(head):
        return _VERSION.sub(line, head, count=1) + table + rest
    kept = f"{head.rstrip()}\n" if head.strip() else ""
    gap = f"\n{table.lstrip()}{rest}" if table or rest else ""
    return f"{kept}{line}\n{gap}"


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
    folder: Path, place: tuple[Path, str, int], report: Report, version: str
) -> tuple[Path, ...]:
    """Writes both files; those that were written. Raises ValueError, and writes nothing.

    `place` is the file of the settings, the header that they stand below, and which of
    its kind that is.
    """
    settings, header, number = place
    changelog = folder / CHANGELOG
    before = _text(changelog), _text(settings)
    after = (
        logged(before[0], report, version),
        versioned(before[1], version, header, number),
    )
    written: list[Path] = []
    for path, old, new in zip((changelog, settings), before, after, strict=True):
        if old != new:
            path.write_text(new, "utf-8")
            written.append(path)
    return tuple(written)


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""
