"""What an answer means: which of the declared answers it is, and what value it carries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar, assert_never, cast

from .codec import decode_lenient
from .error_body import ErrorBody
from .errors import ResponseDecodeError, StatusError, status_error_class
from .issue import DecodeError, Issue
from .media_types import essence, is_json, looks_like_json, text_of
from .operation import (
    Answer,
    AnswerKey,
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

T = TypeVar("T")

Answers = Mapping[AnswerKey, Answer]


def is_error(status: int) -> bool:
    """Whether a status is raised: all but 2xx (RFC 9110, section 15.3).

    A method returns what its 2xx answers hold, so a declared 304 is raised too.
    """
    return not 200 <= status < 300


def read_value(
    response: RawResponse, operation: Operation[T], *, strict: bool, keep_unknown: bool
) -> tuple[T, tuple[Issue, ...]]:
    """The value of an answer that is no error, and where it departs from its type.

    Raises ResponseDecodeError if the body is not what it should be at all: JSON; and
    with `strict` for every departure.
    """
    found, undeclared = _success(operation.answers, response.status)
    content_type = response.headers.get("content-type")
    answer, unexpected = _of_type(found, content_type)
    undeclared = (*undeclared, *unexpected)
    try:
        value, issues = _decoded(response, answer, operation.method, keep_unknown)
    except DecodeError as error:
        language = "XML" if isinstance(answer, Read) else "JSON"
        raise ResponseDecodeError(
            f"the body cannot be read as {language}",
            response=response,
            issues=error.issues,
        ) from error
    issues = (*undeclared, *issues)
    if strict and issues:
        raise ResponseDecodeError(
            "the answer departs from its description", response=response, issues=issues
        )
    # The operation states T and the types of its answers side by side.
    return cast("T", value), issues


def status_error(
    response: RawResponse, operation: Operation[object], *, keep_unknown: bool
) -> StatusError:
    """The error that an answer is, with its body as the operation declares it."""
    answers = operation.answers
    found = _exact(answers, response.status) or answers.get("default")
    content_type = response.headers.get("content-type")
    answer = None if found is None else _of_type(found, content_type)[0]
    error, issues = _error_body(response, answer, keep_unknown)
    kind = status_error_class(response.status)
    return kind(response=response, error=error, issues=issues)


def _exact(answers: Answers, status: int) -> Answer | None:
    """A status itself comes before its range (OpenAPI 3.1, section 4.8.16)."""
    return answers.get(status) or answers.get(f"{status // 100}XX")


def _success(answers: Answers, status: int) -> tuple[Answer, tuple[Issue, ...]]:
    """The answer to read a success as, and an issue if its status is not declared.

    `default` means success only where nothing else does: mostly it means errors.
    """
    exact = _exact(answers, status)
    if exact is not None:
        return exact, ()
    successes = [answer for key, answer in answers.items() if _means_success(key)]
    if not successes and "default" in answers:
        return answers["default"], ()
    issue = Issue("$", f"status {status} is not declared")
    return (successes[0] if successes else Empty()), (issue,)


def _of_type(
    answer: Answer, content_type: str | None
) -> tuple[OneAnswer, tuple[Issue, ...]]:
    """The answer of a media type, and an issue if that is not declared.

    Compared without parameters; a type itself comes before a range, such as `text/*`.
    """
    if not isinstance(answer, ByMediaType):
        return answer, ()
    by_essence = {essence(name): one for name, one in answer.answers.items()}
    kind = essence(content_type)
    for name in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
        if name in by_essence:
            return by_essence[name], ()
    json = [one for one in by_essence.values() if isinstance(one, Json)]
    if is_json(kind) and json:
        return json[0], ()
    issue = Issue("$", f"the media type {kind or '(none)'} is not declared")
    return next(iter(by_essence.values())), (issue,)


def _means_success(key: AnswerKey) -> bool:
    return str(key).startswith("2")


def _decoded(
    response: RawResponse, answer: OneAnswer, method: str, keep_unknown: bool
) -> tuple[object, tuple[Issue, ...]]:
    match answer:
        case Json() | Read():
            if response.content.strip():
                value, issues = _looked_into(response.content, answer, keep_unknown)
                return value, tuple(issues)
            # RFC 9110, section 9.3.2: an answer to HEAD has no body.
            absent = Issue("$", "the body is empty")
            return None, () if method.upper() == "HEAD" else (absent,)
        case Text():
            return text_of(response.content, response.headers.get("content-type")), ()
        case Binary():
            return response.content, ()
        case Empty():
            return None, ()
        case _:
            assert_never(answer)


def _looked_into(
    content: bytes, answer: Json | Read, keep_unknown: bool
) -> tuple[object, list[Issue]]:
    if isinstance(answer, Read):
        return answer.reader.read(content)
    return decode_lenient(content, answer.type(), keep_unknown=keep_unknown)


def _error_body(
    response: RawResponse, answer: OneAnswer | None, keep_unknown: bool
) -> tuple[ErrorBody | None, tuple[Issue, ...]]:
    content_type = response.headers.get("content-type")
    if isinstance(answer, Read):
        return _read_error(response, answer)
    readable = is_json(content_type) or looks_like_json(response.content)
    if not isinstance(answer, Json) or not readable:
        return None, ()
    kind = answer.type()
    try:
        value, issues = decode_lenient(
            response.content,
            cast("type[ErrorBody]", kind),
            keep_unknown=keep_unknown,
        )
    except DecodeError:
        return None, ()
    # JSON of another shape altogether, that of a gateway for instance, is no such body.
    fits = not isinstance(kind, type) or isinstance(value, kind)
    return (value if fits else None), tuple(issues)


def _read_error(
    response: RawResponse, answer: Read
) -> tuple[ErrorBody | None, tuple[Issue, ...]]:
    # The operation states the types of its errors beside ErrorBody, which is any of them.
    read = cast("Callable[[bytes], tuple[ErrorBody, list[Issue]]]", answer.reader.read)
    try:
        value, issues = read(response.content)
    except DecodeError:
        return None, ()
    return value, tuple(issues)
