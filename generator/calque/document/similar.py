"""Which of the words that are allowed somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_CLOSE = 0.75
"""How alike two words must be (difflib's ratio): `sumary` and `summary` are at 0.92."""

_MOST = 2000
"""Words compared at most, so that thousands of faults in a large document end soon."""


def similar(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed word that is spelled most like `word`, if one is spelled alike."""
    words = list(allowed)
    bare = _bare(word)
    for each in words:
        if bare and each != word and _bare(each) == bare:
            return each
    slack = 2 + len(word) // 4
    near = [each for each in words if abs(len(each) - len(word)) <= slack]
    close = get_close_matches(word, near[:_MOST], 1, _CLOSE)
    return close[0] if close and close[0] != word else None


def _bare(word: str) -> str:
    """`word` without what people vary: case, hyphens, underscores, spaces."""
    return "".join(filter(str.isalnum, word.casefold()))
