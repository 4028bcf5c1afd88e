"""How changes look in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from calque.comparison import Change, Effect, Report
from calque.comparison.words import TITLES, tally, verdict

_STYLES = {
    Effect.TYPE_CHECK: "bold red",
    Effect.RUN_TIME: "bold magenta",
    Effect.BEHAVIOUR: "bold yellow",
    Effect.ADDITION: "bold green",
    Effect.DOCUMENTATION: "bold blue",
}
_BRIEF = {Effect.ADDITION, Effect.DOCUMENTATION}
"""What nobody has to act on gets a line."""


def show(report: Report) -> None:
    """Prints a report, in colours where that is a terminal."""
    console = Console(highlight=False, soft_wrap=True)
    for effect in Effect:
        changes = list(report.of(effect))
        if changes:
            console.print(Text(f"{TITLES[effect]} ({len(changes)})", _STYLES[effect]))
            for change in changes:
                for line in _lines(change):
                    console.print(line)
            console.print()
    console.print(Text(verdict(report), "bold"))
    if report.changes:
        console.print(Text(f"{tally(report)}.", "dim"))


def _lines(change: Change) -> Iterator[Text]:
    rule = change.rule
    head = (
        Text("  ")
        .append(_plain(change.subject), "bold")
        .append(f"  {rule.code}", "dim")
    )
    yield head
    if rule.effect in _BRIEF:
        return
    yield Text(f"    {rule.means}")
    yield Text(f"    → {rule.adapt}")
    old = change.old.python.splitlines() if change.old else []
    new = change.new.python.splitlines() if change.new else []
    for line in old:
        if line not in new:
            yield Text(f"    - {_plain(line)}", "red")
    for line in new:
        if line not in old:
            yield Text(f"    + {_plain(line)}", "green")
    for word, side in (("before", change.old), ("now", change.new)):
        if side and side.place:
            yield Text(f"    {word}: {_plain(side.place)}", "dim")


def _plain(text: str) -> str:
    """A text without anything that moves the cursor or turns the writing direction."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
