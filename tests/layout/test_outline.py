"""What is said of a line by how it looks is what is said of the line itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calque.layout.grammar import outline, read
from calque.layout.leaf import Unknown
from calque.layout.reader import Parsed, Place

GENERATED = Path(__file__).parents[2] / "generated"

WORDS = ["name", "a.b", "None", "lambda", "not", "in", "class", "def", "for", "f", "π"]
TOKENS = [*WORDS, '"text"', "'text'", '""', '"\\n"', "1", "1.5", " ", ",", ":", "="]
SIGNS = ["(", ")", "[", "]", "{", "}", ".", "...", "->", "|", "*", "@", "-", "=="]


def told(code: str, place: Place, reads: Callable[[str, Place], Parsed]) -> object:
    """All that matters of a line that needs no break."""
    try:
        parsed = reads(code, place)
    except Unknown:
        return None
    kinds = [leaf.kind for leaf in parsed.leaves]
    last = parsed.leaves[-1].text in (",", ":", "...")
    known = parsed.first if parsed.first in WORDS[3:9] else ""
    found = (parsed.opens, parsed.magic, parsed.breakable, parsed.solid)
    return kinds, last, known, *found


@pytest.mark.parametrize("package", sorted(p.name for p in GENERATED.iterdir()))
def test_of_the_lines_of_packages(package: str) -> None:
    for path in (GENERATED / package).rglob("*.py"):
        for line in set(path.read_text("utf-8").splitlines()):
            if code := line.strip():
                for place in Place:
                    assert told(code, place, outline) == told(code, place, read), code


@settings(max_examples=2000, deadline=None)
@given(code=st.lists(st.sampled_from([*TOKENS, *SIGNS]), min_size=1).map("".join))
def test_of_any_line(code: str) -> None:
    for place in Place:
        assert told(code, place, outline) == told(code, place, read)
