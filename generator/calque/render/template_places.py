"""Where the expressions of a template stand: in code, within quotes, and beside what.

What a view holds is finished text for the places that calque's own templates have for it: a
docstring is safe as a statement, and would be none in a comment. A template of somebody
else is held to the same places, and so keeps the words of a document where they are words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from jinja2 import nodes

from calque.render.template_rules import Fault


class Place(StrEnum):
    """What an expression is there for."""

    CODE = "in code"
    BESIDE = "right beside other text"
    QUOTED = "within quotes"
    COMMENT = "in a comment"
    TEXT = "in text"
    FLAG = "as a condition"
    LIST = "as a list"


@dataclass(frozen=True, slots=True)
class Use:
    """An expression, by what it leads to from the names that are given: `client.name`.

    What a loop goes through ends in `[]`: `client.resources[].name`.
    """

    expression: str
    place: Place
    line: int


@dataclass(slots=True)
class Reading:
    """What is found while a template is read; `lexed` where its text is code."""

    lexed: bool
    uses: list[Use] = field(default_factory=list[Use])
    faults: list[Fault] = field(default_factory=list[Fault])


def read(template: nodes.Template, *, lexed: bool) -> Reading:
    """The expressions of a template, each in its place."""
    reading = Reading(lexed)
    _body(reading, template.body, {}, _State())
    return reading


@dataclass(frozen=True, slots=True)
class _State:
    """Within which quotes a text ends (`#`: in a comment), and whether in a word."""

    within: str = ""
    beside: bool = False


_Names = Mapping[str, str]

# What ends each part of code: which begins with these quotes, or is a comment, or neither.
_ENDS = {
    "": re.compile(r"#|\"\"\"|'''|\"|'"),
    "#": re.compile(r"\n"),
    **{q: re.compile(rf"\\.|{q}", re.DOTALL) for q in ('"""', "'''")},
    **{q: re.compile(rf"\\.|{q}|\n", re.DOTALL) for q in ('"', "'")},
}


def _body(
    reading: Reading, body: Iterable[nodes.Node], names: _Names, state: _State
) -> _State:
    for node in body:
        match node:
            case nodes.Output():
                state = _output(reading, node, names, state)
            case nodes.If():
                _use(reading, node.test, names, Place.FLAG)
                branches = (node.body, *(e.body for e in node.elif_), node.else_)
                for each in node.elif_:
                    _use(reading, each.test, names, Place.FLAG)
                ends = [_body(reading, branch, names, state) for branch in branches]
                state = _joined(reading, node, state, ends)
            case nodes.For():
                state = _loop(reading, node, names, state)
            case _:
                words = f"{type(node).__name__} is not allowed"
                reading.faults.append(Fault(node.lineno, words))
    return state


def _loop(reading: Reading, node: nodes.For, names: _Names, state: _State) -> _State:
    _use(reading, node.iter, names, Place.LIST)
    target = node.target.name if isinstance(node.target, nodes.Name) else ""
    inner = {**names, target: f"{_expression(node.iter, names)}[]"}
    # What comes first in a loop comes after its end, too.
    once = _body(Reading(reading.lexed), node.body, inner, state)
    begun = _State(state.within, state.beside or once.beside)
    ends = [_body(reading, node.body, inner, begun)]
    ends.append(_body(reading, node.else_, names, state))
    return _joined(reading, node, state, ends)


def _joined(
    reading: Reading, node: nodes.Node, before: _State, ends: list[_State]
) -> _State:
    """The state after a block, whichever way was taken."""
    if any(end.within != before.within for end in ends):
        words = "quotes or a comment begin in a block, and do not end in it"
        reading.faults.append(Fault(node.lineno, words))
    return _State(before.within, any(end.beside for end in ends))


def _output(
    reading: Reading, node: nodes.Output, names: _Names, state: _State
) -> _State:
    for part in node.nodes:
        if isinstance(part, nodes.TemplateData):
            state = _after(part.data, state) if reading.lexed else state
        else:
            place = _place(state) if reading.lexed else Place.TEXT
            _use(reading, part, names, place)
            state = _State(state.within, beside=True)
    return state


def _place(state: _State) -> Place:
    if state.within:
        return Place.COMMENT if state.within == "#" else Place.QUOTED
    return Place.BESIDE if state.beside else Place.CODE


def _after(text: str, state: _State) -> _State:
    """The state after some text that a template has as it is."""
    within, at = state.within, 0
    while end := _ENDS[within].search(text, at):
        at = end.end()
        if not within:
            within = end[0]
        elif not end[0].startswith("\\"):
            within = ""
    last = text[-1:]
    return _State(within, last.isalnum() or last in "_\\\"'" if last else state.beside)


_UNKNOWN = "?"


def _use(reading: Reading, node: nodes.Node, names: _Names, place: Place) -> None:
    expression = _expression(node, names)
    # What is no name is told of by `offences`.
    if _UNKNOWN not in expression:
        reading.uses.append(Use(expression, place, node.lineno))


def _expression(node: nodes.Node, names: _Names) -> str:
    match node:
        case nodes.Name():
            return names.get(node.name, node.name)
        case nodes.Getattr():
            return f"{_expression(node.node, names)}.{node.attr}"
        case nodes.Filter() if node.node is not None:
            return _expression(node.node, names)
        case _:
            return _UNKNOWN
