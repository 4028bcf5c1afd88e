"""A report for a pull request: Markdown, in which nothing of a document is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from calque.comparison.change import Change, Report
from calque.comparison.rule import Effect
from calque.comparison.words import TITLES, tally, verdict

_FOLDED = {Effect.ADDITION, Effect.DOCUMENTATION}
"""What nobody has to act on is folded away."""


def markdown(report: Report) -> str:
    """The text of a report."""
    lines = [
        "## What changes for callers",
        "",
        f"**{verdict(report)}** {tally(report)}.",
    ]
    for effect in Effect:
        if changes := list(report.of(effect)):
            lines += ["", *_section(effect, changes)]
    return "\n".join(lines) + "\n"


def _section(effect: Effect, changes: list[Change]) -> Iterator[str]:
    title = f"{TITLES[effect]} ({len(changes)})"
    if effect in _FOLDED:
        yield f"<details><summary>{title}</summary>"
    else:
        yield f"### {title}"
    yield ""
    for change in changes:
        yield from _change(change, brief=effect in _FOLDED)
    if effect in _FOLDED:
        yield "\n</details>"


def _change(change: Change, *, brief: bool) -> Iterator[str]:
    rule = change.rule
    yield f"- {inline(change.subject)}: {rule.means} `{rule.code}`"
    if brief:
        return
    yield f"  {rule.adapt}"
    yield from _difference(change)
    sides = (("before", change.old), ("now", change.new))
    said = [
        f"{word} {inline(side.place)}" for word, side in sides if side and side.place
    ]
    if said:
        yield f"  <sub>{', '.join(said)}</sub>"


def _difference(change: Change) -> Iterator[str]:
    """Both sides as a block that shows what goes and what comes."""
    old = change.old.python.splitlines() if change.old else []
    new = change.new.python.splitlines() if change.new else []
    same = [line for line in old if line in new]
    lines = [("  " if line in same else "- ") + line for line in old]
    lines += ["+ " + line for line in new if line not in same]
    fence = _fence("\n".join(lines), 3)
    yield ""
    yield f"  {fence}diff"
    yield from (f"  {line}" for line in lines)
    yield f"  {fence}"


def inline(text: str) -> str:
    """A text as code in a line, whatever backticks it has (CommonMark 0.31, section 6.1)."""
    line = " ".join(text.split())
    fence = _fence(line, 1)
    pad = " " if "`" in line else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def _fence(text: str, least: int) -> str:
    """Backticks that do not stand in a text, at least so many."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(least, longest + 1)
