"""The page of the rules of `calque diff`, made of the rules themselves."""

from __future__ import annotations

from pathlib import Path

from calque.comparison import Effect, Rule
from calque.comparison.rules import ALL
from calque.comparison.words import TITLES

PAGE = Path(__file__).parents[2] / "docs/diff.md"

_HEAD = """# What `calque diff` tells

*Made of the rules by `make golden`. Each has a proof in `tests/comparison/proofs`: two
documents and a caller's program that mypy, pyright and Python judge with either package.*

`calque diff OLD NEW` compares what callers see of two packages. Each side is a document, a
`calque.lock`, the folder of a generated package, or `REV:path` of git. A document is compared
as its package would be, generated over the one of OLD.

Where a change has several effects, it stands under the one that is noticed first. `major` asks
for a major release: something breaks, or does something else without anyone being told. Below
1.0.0, and for pre-releases, less goes up: what breaks raises the minor version there.
"""


def rules_page() -> str:
    """The text of the page."""
    parts = [_HEAD]
    for effect in Effect:
        rules = sorted((r for r in ALL if r.effect is effect), key=lambda r: r.code)
        rows = "".join(map(_row, rules))
        head = "| code | release | means | what to do |\n|---|---|---|---|\n"
        parts.append(f"## {TITLES[effect]}\n\n{head}{rows}")
    return "\n".join(parts)


def _row(rule: Rule) -> str:
    also = [TITLES[effect].lower() for effect in rule.effects[1:]]
    more = f" Also {' and '.join(also)}." if also else ""
    level = rule.bump.name.lower()
    return f"| `{rule.code}` | {level} | {rule.means}{more} | {rule.adapt} |\n"
