"""How it is stated what an operation answers, and what it asks for."""

from __future__ import annotations

from calque.model.api import Answer, Content, Offer, Operation
from calque.model.media import JSON
from calque.render.annotations import Scope, annotation
from calque.render.code import Code, runtime
from calque.render.literals import literal
from calque.render.xml_names import xml_name


def answers(operation: Operation, scope: Scope) -> Code:
    """What each status means, and what comes with it."""
    entries = [
        Code(f"{_status(answer)}: ") + _answer(answer, scope)
        for answer in operation.answers
    ]
    return Code("{") + Code.join(", ", entries) + "}"


def accept(operation: Operation) -> str:
    """The media types to ask for, where that is more than JSON.

    Of several for one status the first is preferred (RFC 9110, section 12.5.1).
    """
    wanted: dict[str, str] = {}
    for answer in operation.answers:
        for number, offer in enumerate(answer.offers):
            wanted.setdefault(offer.media_type, ";q=0.9" if number else "")
    if wanted.keys() <= {JSON}:
        return ""
    return ", ".join(f"{media}{quality}" for media, quality in wanted.items())


def _status(answer: Answer) -> str:
    return answer.status if answer.status.isdigit() else literal(answer.status)


def _answer(answer: Answer, scope: Scope) -> Code:
    kinds = {(offer.content, offer.type) for offer in answer.offers}
    if len(kinds) > 1:
        entries = [
            Code(f"{literal(o.media_type)}: ") + _offer(o, scope) for o in answer.offers
        ]
        head = Code("ByMediaType({", runtime("operation", "ByMediaType"))
        return head + Code.join(", ", entries) + "})"
    for offer in answer.offers[:1]:
        return _offer(offer, scope)
    return Code("Empty()", runtime("operation", "Empty"))


def _offer(offer: Offer, scope: Scope) -> Code:
    if offer.content in (Content.EVENTS, Content.LINES, Content.SEQUENCE):
        # Its items are not read as an answer is.
        return Code("Empty()", runtime("operation", "Empty"))
    if offer.xml is not None:
        needed = runtime("operation", "Read") | runtime("xml_bodies", "XmlReader")
        type_ = annotation(offer.type, scope)
        head = Code("Read(XmlReader(lambda: ", needed)
        return head + type_ + ", " + xml_name(offer.xml) + "))"
    class_ = offer.content.capitalize()
    head = Code(f"{class_}(", runtime("operation", class_))
    if offer.content == Content.JSON:
        return head + "lambda: " + annotation(offer.type, scope.to_keep) + ")"
    return head + ")"
