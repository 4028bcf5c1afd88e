"""Methods that answer at once or with a stream: a signature for each, told apart by a bool."""

from __future__ import annotations

from dataclasses import replace

from calque.model.api import Operation
from calque.model.arguments import Argument
from calque.model.types import Literals, nullable, or_null
from calque.render.annotations import Scope
from calque.render.body_forms import OverloadView
from calque.render.calls import asked_for
from calque.render.code import Code, Import, needed
from calque.render.manners import Manner

_OVERLOAD = frozenset({Import("typing", "overload")})


def signatures(
    operation: Operation, asked: tuple[Argument, ...], scope: Scope, how: Manner
) -> tuple[tuple[OverloadView, ...], frozenset[Import]]:
    """The two signatures of a method that has a switch, and their imports."""
    if not operation.switch:
        return (), frozenset()
    whole, stream = how.sides
    first, needs = _signature(operation, asked, scope, whole, streams=False)
    second, more = _signature(operation, asked, scope, stream, streams=True)
    return (first, second), _OVERLOAD | needs | more


def _signature(
    operation: Operation,
    asked: tuple[Argument, ...],
    scope: Scope,
    how: Manner,
    *,
    streams: bool,
) -> tuple[OverloadView, frozenset[Import]]:
    texts: dict[bool, list[Code]] = {True: [], False: []}
    for argument in asked:
        switches = argument.id == operation.switch
        told = _set(argument, streams) if switches else argument
        texts[argument.positional].append(asked_for(told, scope))
    view = OverloadView(
        positional=tuple(code.text for code in texts[True]),
        keywords=tuple(code.text for code in texts[False]),
        define=how.define,
        returns=how.returns.text,
    )
    return view, needed([*texts[True], *texts[False], how.returns])


def _set(switch: Argument, value: bool) -> Argument:
    """The switch with one value; it need not be given where the service takes that one."""
    only = Literals((value,))
    if switch.required or value != bool(switch.default):
        return replace(switch, type=only, required=True)
    told = or_null(only, null=nullable(switch.type))
    return replace(switch, type=told)
