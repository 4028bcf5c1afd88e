"""Which event is the last of a stream: as `calque.toml` says, else as the document does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from calque.config import Config
from calque.model.api import Answer, Api, Content, Operation
from calque.model.both import SWITCH
from calque.model.named import check_names


def with_ends(api: Api, config: Config) -> Api:
    """The API with the ends of streams that `calque.toml` says.

    Raises ConfigError for an operation that there is not, or that answers with no events.
    """
    if not config.streams:
        return api
    telling = {key for o in api.operations if _tells(o) for key in _keys(o)}
    check_names(api, config, "streams", config.streams.keys() - telling)
    for key in config.streams.keys() - {*telling, "*"}:
        words = f"`streams.{key}`: it answers with no events"
        raise config.wrong(words, "streams", key)
    return replace(
        api, operations=tuple(_ended(o, config.streams) for o in api.operations)
    )


def _ended(operation: Operation, settings: Mapping[str, str]) -> Operation:
    named = (*_keys(operation), "*")
    end = next((settings[key] for key in named if key in settings), None)
    if end is None:
        return operation
    answers = tuple(_with_end(answer, end) for answer in operation.answers)
    return replace(operation, answers=answers)


def _with_end(answer: Answer, end: str) -> Answer:
    offers = tuple(
        replace(offer, end=end) if offer.content == Content.EVENTS else offer
        for offer in answer.offers
    )
    return replace(answer, offers=offers)


def _tells(operation: Operation) -> bool:
    return any(o.content == Content.EVENTS for a in operation.answers for o in a.offers)


def _keys(operation: Operation) -> tuple[str, ...]:
    """What it goes by; the streaming side of an operation as the whole does."""
    return tuple(key.removesuffix(f"#{SWITCH}") for key in operation.keys)
