"""The rules of templates: they lay out text, and decide nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, cast

from jinja2 import nodes

# docs/design.md, "Templates". Everything else that Jinja offers is an offence.
_ALLOWED = (
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


class Fault(NamedTuple):
    """What is wrong with a template, and in which line."""

    line: int
    words: str


def offences(within: nodes.Node, line: int = 1) -> Iterator[Fault]:
    """The parts of a template that do more than lay out; of one that does, no more is said.

    Some of Jinja's nodes are at no line: they are where that is which they are part of.
    """
    for node in within.iter_child_nodes():
        # The types of Jinja say that each has a line.
        at = cast("int | None", node.lineno) or line
        if words := _offence(node):
            yield Fault(at, f"a template decides nothing: {words}")
        else:
            yield from offences(node, at)


def _offence(node: nodes.Node) -> str:
    """What a part of a template does that it may not; nothing where that is nothing."""
    if not isinstance(node, _ALLOWED):
        return f"{type(node).__name__} is not allowed"
    if isinstance(node, nodes.Filter) and node.name != "indent":
        return f"the filter `{node.name}` is not allowed"
    if isinstance(node, nodes.If) and not isinstance(node.test, _Ready):
        return "a condition has to be a ready flag"
    if isinstance(node, nodes.For):
        if node.test or node.recursive or not isinstance(node.target, nodes.Name):
            return "a loop takes all of a list, one by one"
        return "" if isinstance(node.iter, _Ready) else "a loop needs a ready list"
    if isinstance(node, nodes.Include) and not isinstance(node.template, nodes.Const):
        return "an include has to be a constant"
    return ""


_Ready = (nodes.Name, nodes.Getattr)
