"""An operation as the API describes it: data that generated modules state and calls read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Generic, Literal, Protocol, TypeAlias, TypeVar

import msgspec

if TYPE_CHECKING:
    from .bodies import Written
    from .issue import Issue
    from .server import Server

T_co = TypeVar("T_co", covariant=True)


class Json(msgspec.Struct, frozen=True):
    """An answer whose body is JSON of a type.

    The type stands behind a function, so that no model is imported before an answer
    needs it.
    """

    type: Callable[[], object]


class Text(msgspec.Struct, frozen=True):
    """An answer whose body is text: a `str`."""


class Binary(msgspec.Struct, frozen=True):
    """An answer whose body is taken as it is: `bytes`."""


class BodyReader(Protocol):
    """A way to read the bodies of answers; JSON, text and bytes need none."""

    @property
    def type(self) -> Callable[[], object]:
        """What they are read as."""
        ...

    def read(self, content: bytes) -> tuple[object, list[Issue]]:
        """The value of a body, and how it deviates.

        Raises DecodeError for what cannot be read at all.
        """
        ...

    def written(self, value: object) -> bytes:
        """The body that is read as a value: what stands in for a service answers so."""
        ...


class Read(msgspec.Struct, frozen=True):
    """An answer whose body is read by a reader of its own: XML."""

    reader: BodyReader


class Empty(msgspec.Struct, frozen=True):
    """An answer without a body: None."""


class ByMediaType(msgspec.Struct, frozen=True):
    """An answer that comes in one of several media types; the first where none fits."""

    answers: Mapping[str, Json | Text | Binary | Read]


OneAnswer: TypeAlias = Json | Text | Binary | Read | Empty

Answer: TypeAlias = OneAnswer | ByMediaType

AnswerKey: TypeAlias = int | str
"""A status, a range of them such as `"2XX"`, or `"default"`."""

StyleName: TypeAlias = Literal[
    "simple",
    "label",
    "matrix",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "tabDelimited",
    "deepObject",
    "cookie",
    "json",
    "querystring",
    "querystringJson",
]
"""A `style` of OpenAPI; `json` is a parameter with `content: application/json`.

`tabDelimited` is the `tsv` of Swagger 2.0. `querystring` is the whole query: the members
of an object, or text; `querystringJson` is a whole query too.
"""

Location: TypeAlias = Literal["path", "query", "header", "cookie"]


class Style(msgspec.Struct, frozen=True):
    """How the value of a parameter is written (OpenAPI 3.1, section 4.8.12).

    `explode` left out is the default of the style: true for `form` and `cookie`, false for
    others.
    """

    name: StyleName
    explode: bool | None = None
    allow_reserved: bool = False

    @property
    def exploded(self) -> bool:
        """Whether each item of an array or property of an object stands by itself."""
        usual = self.name in ("form", "cookie")
        return usual if self.explode is None else self.explode


class Idempotency(msgspec.Struct, frozen=True, kw_only=True):
    """The header parameters that make a repeated request harmless.

    `key` names the field that identifies the call. `first_sent` names the field that
    says when it was first sent, where there is one (OASIS Repeatable Requests 1.0).
    """

    key: str
    first_sent: str | None = None


class BodyWriter(Protocol):
    """A way to write request bodies; JSON, text and bytes need none."""

    def write(self, value: object, content_type: str) -> Written | None:
        """The body of a value that is not None, and its whole Content-Type, if it has one.

        Raises TypeError or ValueError for a value that cannot be written.
        """
        ...


class Operation(msgspec.Struct, Generic[T_co], frozen=True, kw_only=True):
    """One operation; `T_co` is what a successful call of it returns.

    `query` and `headers` are parameters with one possible value. `security` is an OR of
    ANDs of scheme names; an empty AND, or no alternative at all, needs no credential.
    `scopes` has those that a token must have, by the name of the scheme.
    `content_type` is that of the request body, None without one; `body` writes
    it where it is neither JSON, text nor bytes. `sends_null`: whether
    a body of None is the JSON value `null`; else it is no body, as UNSET always is.
    `styles` names parameters, by location and name, that are not written in the default
    style of their location. `server` is the operation's own, where it has one.
    """

    id: str
    method: str
    path: str
    answers: Mapping[AnswerKey, Answer]
    query: Mapping[str, str] = {}
    headers: Mapping[str, str] = {}
    security: tuple[tuple[str, ...], ...] = ()
    scopes: Mapping[str, tuple[str, ...]] = {}
    content_type: str | None = None
    sends_null: bool = False
    body: BodyWriter | None = None
    accept: str | None = None
    idempotency: Idempotency | None = None
    styles: Mapping[tuple[Location, str], Style] = {}
    server: Server | None = None

    def scopes_of(self, schemes: Sequence[str]) -> tuple[str, ...]:
        """The scopes that a token for these schemes must have."""
        if not self.scopes:
            return ()
        found = (scope for name in schemes for scope in self.scopes.get(name, ()))
        return tuple(dict.fromkeys(found))
