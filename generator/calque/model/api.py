"""What an API is to calque: operations, what they take and answer, where and as whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from calque.document.node import Json
from calque.model.declarations import Declaration, Field, XmlName
from calque.model.headers import Style, TypedHeader
from calque.model.paging import Paging
from calque.model.polling import Polling
from calque.model.schemes import SecurityScheme
from calque.model.server import Server
from calque.model.types import Constant, Type
from calque.model.webhook import Webhook


class Location(StrEnum):
    """Where a parameter travels (OpenAPI's `in`)."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of an operation.

    `constant` is set where the document leaves one possible value: it is always sent and
    never asked for.
    """

    id: str
    name: str
    location: Location
    type: Type
    required: bool
    doc: str = ""
    deprecated: bool = False
    default: Json = None
    example: Json = None
    constant: Constant | None = None
    style: Style | None = None
    constraints: tuple[str, ...] = ()
    managed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An example of the document, under its name there."""

    name: str
    value: Json


class Media(StrEnum):
    """How the body of a request is written."""

    JSON = "json"
    TEXT = "text"
    XML = "xml"
    BINARY = "binary"
    URLENCODED = "urlencoded"
    MULTIPART = "multipart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How a member of a form is written, where that is not as usual (Encoding Object).

    `file`: whether it is a file, None where bytes are none of its values. `headers` are
    those that have one possible value.
    """

    name: str
    file: bool | None = None
    content_type: str | None = None
    style: Style | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The body of a request; `flattened` where its members are the call's keywords.

    A form has them as `fields`, JSON and XML as those of the record that is its type.
    `xml` is what the outermost element of XML is called. With `read_only`, a value that was
    read may hold what is not sent back.
    """

    id: str
    content_type: str
    media: Media
    type: Type
    required: bool
    doc: str = ""
    flattened: bool = False
    fields: tuple[Field, ...] = ()
    parts: tuple[Part, ...] = ()
    examples: tuple[Example, ...] = ()
    xml: XmlName | None = None
    read_only: bool = False


class Content(StrEnum):
    """How the body of an answer is read."""

    JSON = "json"
    TEXT = "text"
    XML = "xml"
    BINARY = "binary"
    EMPTY = "empty"
    EVENTS = "events"  # server-sent
    LINES = "lines"  # JSON, a value a line
    SEQUENCE = "sequence"  # JSON, by RFC 7464


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A media type that a response may come in, and how it is read.

    Of a stream, `type` is that of an item; of events whose data is text, it is a string.
    `xml` is what the outermost element of XML is called, `end` the data of the event after
    which there are none; `schema_example` is that of the schema.
    """

    media_type: str
    content: Content
    type: Type
    xml: XmlName | None = None
    end: str | None = None
    examples: tuple[Example, ...] = ()
    schema_example: Json = None

    @property
    def streams(self) -> bool:
        """Whether items come one by one, for as long as the service likes."""
        return self.content in (Content.EVENTS, Content.LINES, Content.SEQUENCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response: for one status ("201"), a range ("2XX") or all others ("default").

    `content` is that of the first of its `offers`, `type` that of any of them.
    """

    id: str
    status: str
    content: Content
    type: Type
    doc: str = ""
    offers: tuple[Offer, ...] = ()

    @property
    def streams(self) -> bool:
        """Whether items come one by one, and in no other way."""
        return bool(self.offers) and all(offer.streams for offer in self.offers)

    @property
    def success(self) -> bool:
        """Whether the status alone says that the call worked (RFC 9110, section 15.3)."""
        return self.status[0] == "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Idempotency:
    """The header parameters that make an operation repeatable.

    `key` identifies the logical request; `first_sent` is when it was made (OASIS
    Repeatable Requests 1.0), where the operation declares that too.
    """

    key: str
    first_sent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method of one path. `group` is the resource that it belongs to.

    `other_bodies` are what may be sent instead of its `body`, by another media type;
    `headers` are the header fields of all answers together.
    `security` lists alternatives, each the names of the schemes that it takes together.
    `scopes` has those that a token must have, by the name of the scheme.
    `paging` says how the pages follow one another where an answer is one of several.
    `polling` says how it goes on where its answer is not the end.
    `server` is its own, where it has one.
    `switch` is the Id of the argument that asks for a stream in the place of the answer
    at once, where it can be either.
    """

    id: str
    operation_id: str | None
    group: str
    group_hint: str
    hint: tuple[str, ...]
    method: str
    path: str
    tags: tuple[str, ...]
    summary: str
    doc: str
    parameters: tuple[Parameter, ...]
    body: Body | None
    answers: tuple[Answer, ...]
    security: tuple[tuple[str, ...], ...]
    other_bodies: tuple[Body, ...] = ()
    headers: tuple[TypedHeader, ...] = ()
    scopes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    idempotency: Idempotency | None = None
    paging: Paging | None = None
    polling: Polling | None = None
    server: Server | None = None
    deprecated: bool = False
    switch: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """What settings call it by: its operationId, or its method and path."""
        place = f"{self.method.upper()} {self.path}"
        return (self.operation_id, place) if self.operation_id else (place,)

    @property
    def bodies(self) -> tuple[Body, ...]:
        """The forms of its body, the preferred one first."""
        return (self.body, *self.other_bodies) if self.body else ()

    @property
    def successes(self) -> tuple[Answer, ...]:
        """The answers to a call that worked; `default` only where nothing else is one."""
        named = tuple(a for a in self.answers if a.success)
        return named or tuple(a for a in self.answers if a.status == "default")

    @property
    def errors(self) -> tuple[Answer, ...]:
        """The answers that are raised: all others, redirects and 304 too."""
        successes = self.successes
        return tuple(a for a in self.answers if a not in successes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A resource: operations that stand together; `id` is also their `Operation.group`."""

    id: str
    hint: str
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """A whole API, as calque understands its document.

    `any_payload` is what any of its webhooks carries, where that can be told apart.
    """

    title: str
    version: str
    summary: str
    doc: str
    about: tuple[str, ...]
    servers: tuple[Server, ...]
    schemes: tuple[SecurityScheme, ...]
    groups: tuple[Group, ...]
    operations: tuple[Operation, ...]
    declarations: tuple[Declaration, ...]
    webhooks: tuple[Webhook, ...] = ()
    any_payload: Type | None = None
