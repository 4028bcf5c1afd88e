"""What one operation of a fake answers, and what it was asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import copy
from importlib import import_module
from typing import Generic, Self, TypeVar, cast, overload

import msgspec

from .codec import decode_lenient
from .errors import ApiConnectionError, ApiTimeoutError
from .fake_bodies import Fields, Write, answered, declared, success, successes
from .fake_defaults import Default, Kept, kept
from .fake_desk import Answerer, Desk, Reply, UnexpectedCallError
from .fake_requests import Asked
from .headers import Headers
from .operation import (
    Binary,
    ByMediaType,
    Empty,
    Json,
    OneAnswer,
    Operation,
    Read,
    Text,
)
from .request import RawResponse, Request

T = TypeVar("T")
E = TypeVar("E")

_PACKAGE = __name__.rpartition("._runtime")[0]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where an operation is: in which resource of which fake; `defaults` as in `Fake`."""

    module: str
    name: str
    desk: Desk
    defaults: bool


class Stated:
    """An operation, as a class states it; `placed`, that of a fake."""

    def __init__(self) -> None:
        self._place: Place

    def placed(self, place: Place) -> Self:
        """The same operation as one of a fake."""
        found = copy(self)
        found._place = place
        return found

    def by_id(self) -> tuple[str, Answerer]:
        """The id of the operation, and what answers its requests."""
        raise NotImplementedError


class Answers(Stated, Generic[T, E]):
    """An operation: `T` is what a call of it returns, `E` what comes with its errors.

    What is prepared takes the place of what was prepared before; after `then` it is for
    the next call. The last answer is also that to all calls after it.

        fake.pets.get.answers(Pet(name="Rex"))
        fake.pets.get.fails(429).then.answers(Pet(name="Rex"))

    `write` is what is encoded for a value, where its type alone does not tell.
    """

    def __init__(self, write: Write | None = None) -> None:
        super().__init__()
        self._write = write
        self._after = False

    @overload
    def answers(
        self: Answers[None, E],
        value: None = None,
        *,
        status: int | None = None,
        headers: Fields | None = None,
    ) -> Answers[None, E]: ...
    @overload
    def answers(
        self, value: T, *, status: int | None = None, headers: Fields | None = None
    ) -> Self: ...
    def answers(
        self,
        value: object = None,
        *,
        status: int | None = None,
        headers: Fields | None = None,
    ) -> object:
        """Answers with a value.

        By default with the first declared status that such a value comes with. Raises
        ValueError for a status that is an error.
        """
        if status is not None and not 200 <= status < 300:
            raise ValueError(f"{status} is an error: `fails` answers with it")
        return self._prepared(self._reply(value, status, headers or {}))

    def answers_with(self, function: Callable[[Asked], T | RawResponse]) -> Self:
        """Answers with what a function makes of each request, or with what it raises."""

        def reply(asked: Asked) -> RawResponse:
            found = function(asked)
            if isinstance(found, RawResponse):
                return found
            return self._made(found, None, {})

        return self._prepared(reply)

    def fails(
        self,
        status: int,
        error: E | None = None,
        *,
        headers: Fields | None = None,
        content: bytes | None = None,
    ) -> Self:
        """Answers with an error, by its body as the document declares it, or by its bytes.

        Raises ValueError for a status that is none.
        """
        if not 100 <= status <= 999 or 200 <= status < 300:
            raise ValueError(f"{status} is no error: `answers` answers with it")
        fields = headers or {}
        plain = RawResponse(
            status=status, headers=Headers(fields), content=content or b""
        )
        answer = declared(self._operation, status) or Json(lambda: object)
        response = (
            plain
            if error is None
            else answered(self._operation, answer, error, status, fields, self._write)
        )
        return self._prepared(lambda asked: response)

    def times_out(self) -> Self:
        """Does not answer in time: ApiTimeoutError."""
        return self.raises(ApiTimeoutError("no answer in time", request_sent=True))

    def disconnects(self, *, request_sent: bool = False) -> Self:
        """Cannot be reached, or breaks the connection off: ApiConnectionError."""
        words = "the connection broke" if request_sent else "no connection"
        return self.raises(ApiConnectionError(words, request_sent=request_sent))

    def raises(self, error: BaseException) -> Self:
        """Raises an error where the request would be sent."""

        def reply(asked: Asked) -> RawResponse:
            raise copy(error)

        return self._prepared(reply)

    @property
    def then(self) -> Self:
        """The same operation, for the answer after those that are prepared."""
        following = copy(self)
        following._after = True
        return following

    @property
    def calls(self) -> list[Asked]:
        """The requests so far, in their order, also those that were repeated."""
        return self._place.desk.calls(self.call)

    def reset(self) -> None:
        """Forgets the answers that were prepared, and the requests."""
        self._place.desk.reset(self.call)

    @property
    def default(self) -> Default[T]:
        """What is answered if nothing is prepared. Raises UnexpectedCallError for nothing."""
        # The operation states T and the types of its answers side by side.
        return cast("Default[T]", self._default(self._kept()))

    @property
    def call(self) -> str:
        """The operation as a client calls it."""
        return f"{self._place.module}.{self._place.name}"

    def by_id(self) -> tuple[str, Answerer]:
        """See `Stated`."""
        return self._operation.id, self

    def chosen(self, request: Request) -> Answerer:
        """What of it answers a request: itself, where there is but one way to."""
        return self

    def unprepared(self, asked: Asked) -> RawResponse:
        """The default answer. Raises UnexpectedCallError if there is none."""
        if not self._place.defaults:
            raise UnexpectedCallError(self._advice("was called, and has no answer"))
        return self._made(self.default.value, None, {})

    def __repr__(self) -> str:
        return f"<fake of client.{self.call}, asked {len(self.calls)} times>"

    @property
    def _operation(self) -> Operation[object]:
        module = import_module(f"{_PACKAGE}.resources.{self._place.module}")
        found: Operation[object] = vars(module)[self._constant]
        return found

    @property
    def _constant(self) -> str:
        """What the module of the resource calls the operation."""
        return f"_{self._place.name.upper()}"

    @property
    def _key(self) -> str:
        """What its default is kept under."""
        return self._operation.id

    def _kept(self) -> Kept | None:
        """The JSON of its default."""
        return kept(_PACKAGE, self._key)

    def _prepared(self, reply: Reply) -> Self:
        self._place.desk.prepare(self.call, reply, after=self._after)
        return self

    def _reply(self, value: object, status: int | None, headers: Fields) -> Reply:
        """What answers each request with a value."""
        response = self._made(value, status, headers)
        return lambda asked: response

    def _made(self, value: object, status: int | None, headers: Fields) -> RawResponse:
        return success(self._operation, value, status, headers, self._write)

    def _default(self, found: Kept | None) -> Default[object]:
        for answer in _each(self._operation):
            match answer:
                case Json() | Read() if found is not None:
                    kind = (
                        answer.type()
                        if isinstance(answer, Json)
                        else answer.reader.type()
                    )
                    value, _ = decode_lenient(json.dumps(found.value).encode(), kind)
                    return Default(value, found.origin)
                case Text():
                    return (
                        Default("")
                        if found is None
                        else Default(found.value, found.origin)
                    )
                case Binary():
                    return Default(b"")
                case Empty() if found is None:
                    return Default(None)
                case _:
                    continue
        raise UnexpectedCallError(self._advice("has no example, and none can be made"))

    def _advice(self, words: str) -> str:
        return f"client.{self.call} {words}: say fake.{self.call}.answers(...)"


def _each(operation: Operation[object]) -> Iterator[OneAnswer]:
    """The answers to a call that worked, those of several media types apart."""
    for _, answer in successes(operation):
        if isinstance(answer, ByMediaType):
            yield from answer.answers.values()
        else:
            yield answer
