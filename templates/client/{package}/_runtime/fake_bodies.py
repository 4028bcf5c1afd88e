"""How a fake answers with a value: the status, header fields and body that are read as it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias, assert_never

from .answers import read_value
from .codec import encode
from .errors import ResponseDecodeError
from .headers import Headers
from .media_types import essence, is_json
from .operation import (
    Answer,
    Binary,
    ByMediaType,
    Empty,
    Json,
    OneAnswer,
    Operation,
    Read,
    Text,
)
from .request import RawResponse

Fields: TypeAlias = Mapping[str, str]

Write: TypeAlias = Callable[[object, object], object]
"""What is to be encoded for a value of a type."""


def success(
    operation: Operation[object],
    value: object,
    status: int | None,
    headers: Fields,
    write: Write | None = None,
) -> RawResponse:
    """The answer that is read as a value: of a status, or of the first that fits it.

    Raises TypeError for a value that cannot be written.
    """
    if status is not None:
        answer = declared(operation, status) or Empty()
        return answered(operation, answer, value, status, headers, write)
    made = [
        answered(operation, answer, value, code, headers, write)
        for code, answer in successes(operation)
        if not isinstance(answer, Empty) or value is None
    ]
    if not made:
        raise TypeError(f"{operation.id} answers with nothing that such a value is")
    fitting = (each for each in made if _is_read(each, operation))
    return next(fitting, made[0])


def successes(operation: Operation[object]) -> Iterator[tuple[int, Answer]]:
    """The answers to a call that worked, with a status of each."""
    named = {k: a for k, a in operation.answers.items() if str(k).startswith("2")}
    if not named:
        yield 200, operation.answers.get("default", Empty())
    for key, answer in named.items():
        yield key if isinstance(key, int) else 200, answer


def declared(operation: Operation[object], status: int) -> Answer | None:
    """What the document says of a status, by itself, by its range, or by default."""
    answers = operation.answers
    ranged = answers.get(f"{status // 100}XX")
    return answers.get(status) or ranged or answers.get("default")


def answered(
    operation: Operation[object],
    answer: Answer,
    value: object,
    status: int,
    headers: Fields,
    write: Write | None = None,
) -> RawResponse:
    """The answer of a status that is read as a value."""
    given = Headers(headers)
    kind, media = _one(answer, value, given.get("content-type"))
    content, usual = _written(kind, value, write)
    media = media or usual or _asked_for(operation, kind)
    fields = {"Content-Type": media, **headers} if media else headers
    return RawResponse(status=status, headers=Headers(fields), content=content)


def _is_read(response: RawResponse, operation: Operation[object]) -> bool:
    """Whether an answer is as the document says."""
    try:
        read_value(response, operation, strict=True, keep_unknown=False)
    except ResponseDecodeError:
        return False
    return True


def _one(
    answer: Answer, value: object, content_type: str | None
) -> tuple[OneAnswer, str]:
    """What a value is written as, and its media type where several are declared."""
    if not isinstance(answer, ByMediaType):
        return answer, content_type or ""
    for media, one in answer.answers.items():
        if content_type and essence(media) == essence(content_type):
            return one, content_type
    for media, one in answer.answers.items():
        if isinstance(one, _kinds(value)):
            return one, content_type or media.replace("*/*", "").replace("/*", "/plain")
    return next(iter(answer.answers.values())), content_type or ""


def _kinds(value: object) -> tuple[type[OneAnswer], ...]:
    """What a value is written as, if it comes in several media types."""
    match value:
        case bytes():
            return (Binary,)
        case str():
            return (Text,)
        case _:
            return (Json, Read)


def _written(
    answer: OneAnswer, value: object, write: Write | None
) -> tuple[bytes, str]:
    """A body, and its usual media type."""
    match answer:
        case Json():
            plain = write(value, answer.type()) if write else value
            return encode(plain), "application/json"
        case Read():
            return answer.reader.written(value), "application/xml"
        case Text():
            return str(value).encode(), "text/plain; charset=utf-8"
        case Binary():
            if not isinstance(value, bytes):
                raise TypeError(f"bytes are answered, not a {type(value).__name__}")
            return value, ""
        case Empty():
            return b"", ""
        case _:
            assert_never(answer)


def _asked_for(operation: Operation[object], kind: OneAnswer) -> str:
    """The media type of bytes: the first that is asked for and no JSON."""
    if not isinstance(kind, Binary):
        return ""
    asked = (
        part.partition(";")[0].strip() for part in (operation.accept or "").split(",")
    )
    found = (media for media in asked if media and "*" not in media)
    return next((m for m in found if not is_json(m)), "application/octet-stream")
