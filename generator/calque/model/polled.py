"""Which operations go on after they were answered: as AutoRest has it, or `calque.toml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from calque.config import Config
from calque.document.node import Node, join, unescape
from calque.model.api import Answer, Api, Content, Operation
from calque.model.arguments import declared
from calque.model.declarations import Declaration, record_in
from calque.model.dropped import left_out
from calque.model.named import Unfit, check_names, name_in
from calque.model.page_body import Look, at
from calque.model.paging import Path
from calque.model.polling import Polling
from calque.model.schemas import Schemas
from calque.model.types import Null, Ref, Type, any_of, without_null
from calque.poll_settings import FINALS, PollSetting

LONG_RUNNING = "x-ms-long-running-operation"

# What in the word for the state stands beside the result, by who says where that is.
_RESULTS = {"operation-location": "result", "azure-async-operation": "properties"}
_REPLACING = ("PUT", "PATCH")

_Known: TypeAlias = Mapping[str, Declaration]
"""The declarations of an API by their Ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Going:
    """What may be an operation that goes on: all that tells what it comes to."""

    method: str
    answers: tuple[Answer, ...]
    look: Look
    schema: Callable[[str], Type | None]

    @property
    def successes(self) -> list[Answer]:
        named = [answer for answer in self.answers if answer.success]
        return named or [
            answer for answer in self.answers if answer.status == "default"
        ]


def polling(
    schemas: Schemas,
    node: Node,
    method: str,
    answers: tuple[Answer, ...],
    hint: tuple[str, ...],
) -> Polling | None:
    """How an operation goes on, where the document says that it does."""
    if not node.flag(LONG_RUNNING):
        return None

    def schema(reference: str) -> Type | None:
        place = schemas.resolved.root.below("components").below("schemas")
        found = place.get(reference.rpartition("/")[2])
        return schemas.type_of(found, hint) if found else None

    options = node.below(f"{LONG_RUNNING}-options")
    final = options.text("final-state-via") or ""
    if final not in ("", *FINALS):
        words = f"`final-state-via` is not known to be `{final}`"
        schemas.diagnostics.append(left_out(options, words))
    setting = PollSetting(
        final=final if final in FINALS else "",
        schema=options.text("final-state-schema") or "",
    )
    going = _Going(
        method=method, answers=answers, look=schemas.record_of, schema=schema
    )
    try:
        return _polling(going, setting)
    except Unfit as unfit:
        words = f"it is not told how far it is: {unfit}"
        schemas.diagnostics.append(left_out(node, words))
        return None


def with_polling(api: Api, config: Config) -> Api:
    """The API with the operations that go on as `calque.toml` says, and no others.

    One that goes on has no pages. Raises ConfigError for what an operation has no
    counterpart to.
    """
    check_names(api, config, "polling", config.polling)
    known = declared(api)
    return replace(
        api, operations=tuple(_set(o, known, config) for o in api.operations)
    )


def _set(operation: Operation, known: _Known, config: Config) -> Operation:
    said = _said(operation, known, config)
    if said is None:
        return replace(operation, polling=None) if operation.polling else operation
    return replace(operation, polling=said, paging=None)


def _said(operation: Operation, known: _Known, config: Config) -> Polling | None:
    settings = config.polling
    name = name_in(settings, operation)
    if not name:
        return None if "*" in settings else operation.polling
    setting = settings[name]
    if setting is None:
        return None

    def schema(reference: str) -> Type | None:
        id_ = join("#", "components", "schemas", reference)
        return Ref(id_) if id_ in known else None

    going = _Going(
        method=operation.method,
        answers=operation.answers,
        look=partial(record_in, known),
        schema=schema,
    )
    try:
        return _polling(going, setting)
    except Unfit as unfit:
        words = f"`polling.{name}`: {unfit}"
        raise config.wrong(words, "polling", name) from None


def _polling(going: _Going, setting: PollSetting) -> Polling:
    if any(answer.streams for answer in going.successes):
        raise Unfit("its answer is a stream")
    type_, result = _result(going, setting)
    return Polling(
        type=type_,
        final=setting.final,
        link=_path(setting.link),
        status=_path(setting.status),
        succeeded=setting.succeeded,
        failed=setting.failed,
        result=result,
        own=bool(setting.schema or setting.result),
        hosts=setting.hosts,
    )


def _result(going: _Going, setting: PollSetting) -> tuple[Type, Path]:
    """The type of the result, and the way to it in the answer that it is in."""
    result = _path(setting.result)
    if setting.schema:
        named = going.schema(setting.schema)
        if named is None:
            raise Unfit(f"there is no schema `{setting.schema}`")
        return named, result or _beside(going, setting, named)
    if result:
        found = (at(answer.type, result, going.look) for answer in going.successes)
        inner = next((type_ for type_ in found if type_ is not None), None)
        if inner is None:
            words = f"its answers have nothing at `{setting.result}`"
            raise Unfit(f"{words}: `schema` says what it is")
        return inner, result
    type_ = _last(going)
    return type_, _beside(going, setting, type_)


def _last(going: _Going) -> Type:
    """What the last answer holds: that it was accepted (202) is not the last.

    What replaces something comes to that, whatever an answer has of it.
    """
    last = [a for a in going.successes if a.status != "202"] or going.successes
    full = [a for a in last if a.content != Content.EMPTY]
    if going.method in _REPLACING and full:
        last = full
    return any_of(*(answer.type for answer in last)) if last else Null()


def _beside(going: _Going, setting: PollSetting, type_: Type) -> Path:
    """The way to a result that stands beside the word for the state.

    An object that has such a word itself, or such a member, is all of the answer.
    """
    member = _RESULTS.get(setting.final)
    if member is None or going.method in _REPLACING or type_ == Null():
        return ()
    record = going.look(without_null(type_))
    names = {field.name for field in record.fields} if record else set[str]()
    return () if names & {"status", member} else (member,)


def _path(pointer: str) -> Path:
    """A JSON pointer (RFC 6901) as the names of members."""
    return tuple(unescape(token) for token in pointer.split("/")[1:])
