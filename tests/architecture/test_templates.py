"""The rules of the templates: they lay out text and decide nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[2] / "templates"
TEMPLATES = sorted(ROOT.rglob("*.jinja"))

# docs/design.md, "Templates". Everything else that Jinja offers is an offence.
ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Include,
    nodes.Filter,
    nodes.Const,
)


def offences(text: str) -> list[str]:
    """The parts of a template that do more than lay out, by line."""
    found: list[str] = []
    for node in Environment().parse(text).find_all(nodes.Node):
        if not isinstance(node, ALLOWED):
            found.append(f"line {node.lineno}: {type(node).__name__}")
        elif isinstance(node, nodes.Filter) and node.name != "indent":
            found.append(f"line {node.lineno}: filter {node.name}")
        elif isinstance(node, nodes.If) and not isinstance(
            node.test, (nodes.Name, nodes.Getattr)
        ):
            found.append(f"line {node.lineno}: a condition that is no ready flag")
        elif isinstance(node, nodes.For) and (node.test or node.recursive):
            found.append(f"line {node.lineno}: a loop that chooses")
        elif isinstance(node, nodes.Include) and not isinstance(
            node.template, nodes.Const
        ):
            found.append(f"line {node.lineno}: an include that is no constant")
    return found


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
