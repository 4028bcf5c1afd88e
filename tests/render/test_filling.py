"""Lines are filled as the standard library's `textwrap` fills them."""

from __future__ import annotations

import textwrap

from hypothesis import given, settings
from hypothesis import strategies as st

from calque.render.filling import filled

TEXTS = st.text(st.sampled_from("ab-.\u00a0\u00e9   \t\n"), max_size=80) | st.lists(
    st.text(st.sampled_from("abc-"), min_size=1, max_size=12), max_size=20
).map(" ".join)
LEADS = st.integers(0, 8).map(" ".__mul__)


@settings(max_examples=1000, deadline=None)
@given(TEXTS, st.integers(1, 30), LEADS, LEADS)
def test_the_same_lines(text: str, width: int, first: str, later: str) -> None:
    assert filled(text, width, first, later) == textwrap.fill(
        text,
        width,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
