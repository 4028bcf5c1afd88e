"""What a fake says of the operations of a resource: made once, and kept where it still holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from functools import partial

from calque.model.api import Group, Operation
from calque.model.both import at_once, streamed
from calque.model.types import Null, Type, any_of
from calque.naming import Names
from calque.render.annotations import Scope, annotation, is_formatted
from calque.render.code import Code, Import, needed, runtime
from calque.render.fake_defaults import defaults_of
from calque.render.manners import answer_type
from calque.render.parts import Parts
from calque.render.streaming import item, streams

_FAKE = "fake"


@dataclass(frozen=True, slots=True)
class FakeOperationView:
    """An operation of a fake: `name: type = value`."""

    name: str
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Faked:
    """The operations of a resource, what they need, and what they answer by default."""

    operations: tuple[FakeOperationView, ...]
    code: Code
    answers: Mapping[str, str]


def faked(
    parts: Parts, names: Names, group: Group, members: Iterable[Operation]
) -> Faked:
    """What a fake says of the operations of a resource."""
    shown = sorted(members, key=lambda operation: names[operation.id])
    text = parts.text((_FAKE, names[group.id]), shown, partial(_text, shown))
    operations, imports, answers = json.loads(text)
    return Faked(
        operations=tuple(FakeOperationView(*each) for each in operations),
        code=Code("", frozenset(Import(*each) for each in imports)),
        answers=answers,
    )


def _text(members: list[Operation], scope: Scope) -> str:
    """All of it in JSON."""
    named = frozenset(scope.names[operation.id] for operation in members)
    there = replace(scope, shadowed=named, plain=True)
    codes = [(_type(o, there), _value(o, there)) for o in members]
    operations = [
        (scope.names[o.id], type_.text, value.text)
        for o, (type_, value) in zip(members, codes, strict=True)
    ]
    imports = sorted(needed(code for pair in codes for code in pair))
    answers = [defaults_of(o, scope.declarations) for o in members]
    told = {id_: text for each in answers for id_, text in each.items()}
    return json.dumps((operations, [astuple(each) for each in imports], told))


def _kind(operation: Operation) -> Code:
    """The class that an operation is faked by."""
    if operation.paging is not None:
        return Code("PageAnswers", runtime("fake_pages", "PageAnswers"))
    if streams(operation):
        return Code("StreamAnswers", runtime("fake_streams", "StreamAnswers"))
    if operation.switch:
        return Code("EitherAnswers", runtime("fake_streams", "EitherAnswers"))
    return Code("Answers", runtime("fake_answers", "Answers"))


def _type(operation: Operation, scope: Scope) -> Code:
    """That class, of what the operation answers and fails with."""
    whole = at_once(operation) if operation.switch else operation
    told: list[Code] = []
    if operation.paging is not None:
        told.append(annotation(operation.paging.item, scope))
    if not streams(operation):
        told.append(annotation(answer_type(whole), scope))
    if operation.switch:
        told.append(item(streamed(operation), scope))
    elif streams(operation):
        told.append(item(operation, scope))
    failure = _failure(operation)
    told.append(
        scope.builtin("object") if failure is None else annotation(failure, scope)
    )
    return _kind(operation) + "[" + Code.join(", ", told) + "]"


def _failure(operation: Operation) -> Type | None:
    """What comes with the errors of an operation; None where nothing is declared."""
    types = [a.type for a in operation.errors if a.type != Null()]
    return any_of(*types) if types else None


def _value(operation: Operation, scope: Scope) -> Code:
    """How an operation is stated; with what writes values that do not tell their format."""
    types = [answer_type(operation), _failure(operation) or Null()]
    if any(is_formatted(type_, scope.unions) for type_ in types):
        written = Code("(written)", runtime("formatted", "written"))
        return Code(_kind(operation).text) + written
    return Code(f"{_kind(operation).text}()")
