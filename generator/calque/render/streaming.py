"""How it is stated in which form the items of a stream come, and what they are."""

from __future__ import annotations

from calque.model.api import Content, Operation
from calque.model.types import Anything, Kind, Scalar, Type, any_of
from calque.render.annotations import Scope, annotation
from calque.render.code import Code, runtime
from calque.render.literals import literal

_CLASSES = {
    Content.EVENTS: ("server_sent_events", "EventFraming"),
    Content.LINES: ("json_lines", "JsonLines"),
    Content.SEQUENCE: ("json_lines", "JsonSequence"),
}


def streams(operation: Operation) -> bool:
    """Whether an answer that worked comes item by item."""
    return any(answer.streams for answer in operation.successes)


def may_stream(operation: Operation) -> bool:
    """Whether it does, or does where that is asked for."""
    return bool(operation.switch) or streams(operation)


def item(operation: Operation, scope: Scope) -> Code:
    """The type of an item; an event as it is where its data has no type."""
    content, type_ = _item(operation)
    if is_event(content, type_):
        return Code("ServerSentEvent", runtime("server_sent_events", "ServerSentEvent"))
    return annotation(type_, scope)


def framing(operation: Operation, scope: Scope) -> Code:
    """The form of the items."""
    content, type_ = _item(operation)
    module, class_ = _CLASSES[content]
    arguments: list[Code] = []
    if not is_event(content, type_):
        arguments.append(Code("lambda: ") + annotation(type_, scope))
    arguments += [Code(f"end={literal(end)}") for end in _ends(operation)]
    head = Code(f"{class_}(", runtime(module, class_))
    return head + Code.join(", ", arguments) + ")"


def _ends(operation: Operation) -> list[str]:
    """What the last event says, if the description has it."""
    offers = (offer for answer in operation.successes for offer in answer.offers)
    return [offer.end for offer in offers if offer.end is not None][:1]


def _item(operation: Operation) -> tuple[Content, Type]:
    found = [answer for answer in operation.successes if answer.streams]
    return found[0].content, any_of(*(answer.type for answer in found))


def is_event(content: Content, type_: Type) -> bool:
    """Whether an item is told as the event that it is, since nothing is said of its data."""
    bare = type_ in (Scalar(Kind.STRING), Anything())
    return content == Content.EVENTS and bare
