"""The rules of the templates: they lay out text and decide nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment

from calque.render import template_rules as rules

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2] / "templates"
TEMPLATES = sorted(ROOT.rglob("*.jinja"))


def offences(text: str) -> list[str]:
    """The parts of a template that do more than lay out, by line."""
    template = Environment().parse(text)
    return [f"line {line}: {words}" for line, words in rules.offences(template)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_a_template_decides_nothing(path: Path) -> None:
    assert offences(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ f() }}",
        "{{ a + 1 }}",
        "{% set a = 1 %}",
        "{{ a | upper }}",
        "{% if a == 1 %}{% endif %}",
        "{% if not a %}{% endif %}",
        "{% for a in b if a %}{% endfor %}",
        "{% macro m() %}{% endmacro %}",
        "{% extends 'a' %}",
        "{% include a %}",
        "{{ a[0] }}",
        "{{ a if b else c }}",
    ],
)
def test_an_offence_is_seen(text: str) -> None:
    assert offences(text)
