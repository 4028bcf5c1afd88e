"""HTML in descriptions becomes words, and prose that only looks like it stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calque.model.html_words import words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain *words*.", "Plain *words*."),
        ("a < b and c > d", "a < b and c > d"),
        ("https://<resource>.example.com", "https://<resource>.example.com"),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("One.<br/>Two.", "One.\nTwo."),
        ("<p>Say <code>x</code> &amp; <b>y</b>.</p>", "Say `x` & **y**."),
        ("<ul><li>a</li><li><p>b</p></li></ul>", "- a\n-\n\nb"),
        ('See <a href="https://a.example">here</a>.', "See here (https://a.example)."),
        ("<p>a</p><script>alert(1)</script>", "a"),
        ("<p>The name, not <resource>.</p>", "The name, not <resource>."),
        ("<p>never closed <code>x", "never closed `x"),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert words_of(text) == expected


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    assert "<p>" not in words_of(f"<p>{text}")
