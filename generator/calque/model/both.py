"""Operations that answer at once or with a stream, and how a caller says which of the two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from calque.model.api import Answer, Operation
from calque.model.arguments import Argument, arguments
from calque.model.declarations import Declaration
from calque.model.types import AnyOf, Kind, Null, Scalar, Type, any_of

SWITCH = "stream"
"""What the parameter or member of the body is called that asks for a stream."""


def apart(
    operation: Operation, declarations: Mapping[str, Declaration]
) -> Iterator[Operation]:
    """An operation with its switch; without one it is two, which are called apart."""
    if not any(_both(answer) for answer in operation.successes):
        yield operation
    elif found := _switch(operation, declarations):
        yield replace(operation, switch=found.id)
    else:
        yield at_once(operation)
        told = operation.operation_id or f"{operation.method} {operation.path}"
        yield replace(
            streamed(operation),
            id=f"{operation.id}/{SWITCH}",
            operation_id=f"{told}#{SWITCH}",
            hint=(*operation.hint, SWITCH),
            headers=(),
        )


def at_once(operation: Operation) -> Operation:
    """The operation as it is where no stream is asked for."""
    return _answering(operation, streams=False)


def streamed(operation: Operation) -> Operation:
    """The operation as it is where a stream is asked for."""
    return replace(_answering(operation, streams=True), paging=None, polling=None)


def _both(answer: Answer) -> bool:
    return len({offer.streams for offer in answer.offers}) > 1


def _answering(operation: Operation, *, streams: bool) -> Operation:
    return replace(
        operation,
        answers=tuple(_part(answer, streams=streams) for answer in operation.answers),
        switch="",
    )


def _part(answer: Answer, *, streams: bool) -> Answer:
    """The one side of an answer that has two."""
    if not _both(answer):
        return answer
    offers = tuple(offer for offer in answer.offers if offer.streams == streams)
    type_ = any_of(*(offer.type for offer in offers))
    return replace(answer, content=offers[0].content, type=type_, offers=offers)


def _switch(
    operation: Operation, declarations: Mapping[str, Declaration]
) -> Argument | None:
    """The argument that asks for a stream, of one form of body and one page alone."""
    if operation.other_bodies or operation.paging is not None:
        return None
    asked = arguments(operation, declarations)
    named = (a for a in asked if a.name == SWITCH and a.place in ("query", "body"))
    return next((a for a in named if _is_boolean(a.type)), None)


def _is_boolean(type_: Type) -> bool:
    match type_:
        case AnyOf(options):
            return set(options) == {Scalar(Kind.BOOLEAN), Null()}
        case _:
            return type_ == Scalar(Kind.BOOLEAN)
