"""What a fake was asked: requests as they were sent, in the form that tests compare."""

from __future__ import annotations

import json
from email import message_from_bytes
from typing import TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec

from .codec import decode
from .headers import Headers
from .media_types import essence, is_json, text_of
from .request import Request
from .urls import target_of

T = TypeVar("T")

_LINE = 200


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A request that a fake was sent.

    `call` is the operation as a client calls it, `objects.get_object`; "" where a token
    was asked for. `content` is the body, read to its end.
    """

    call: str
    request: Request
    content: bytes = b""

    @property
    def method(self) -> str:
        """The method, in capitals."""
        return self.request.method

    @property
    def url(self) -> str:
        """The URL as it was sent."""
        return self.request.url

    @property
    def path(self) -> str:
        """The path of the URL, without percent-encoding."""
        return unquote(urlsplit(self.url).path)

    @property
    def query(self) -> dict[str, str | list[str]]:
        """The parameters of the query: a text each; a list of those that come repeatedly."""
        return _by_name(urlsplit(self.url).query)

    @property
    def headers(self) -> Headers:
        """The header fields, credentials among them."""
        return self.request.headers

    @property
    def text(self) -> str:
        """The body as text."""
        return text_of(self.content, self.headers.get("content-type"))

    @property
    def json(self) -> object:
        """The body as JSON, None without a body; ValueError for what is no JSON."""
        found: object = json.loads(self.content) if self.content else None
        return found

    @property
    def form(self) -> dict[str, str | list[str]]:
        """The fields of a form, of either kind; files as text of Latin-1, a character a byte."""
        content_type = self.headers.get("content-type") or ""
        if not essence(content_type).startswith("multipart/"):
            return _by_name(self.content.decode())
        head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1")
        found: dict[str, str | list[str]] = {}
        for part in message_from_bytes(head + self.content).walk():
            name = part.get_param("name", header="content-disposition")
            if isinstance(name, str):
                content = part.get_payload(decode=True)
                raw = content if isinstance(content, bytes) else b""
                _add(found, name, raw.decode("latin-1"))
        return found

    def body_as(self, type: type[T]) -> T:
        """The body as a model; DecodeError where it is none."""
        return decode(self.content, type)

    def __repr__(self) -> str:
        what = f"{self.method} {target_of(self.url)} for {self.call or 'a token'}"
        return f"<{what}{self._shown}>"

    @property
    def _shown(self) -> str:
        """JSON as far as a line holds it; of any other body, and of none for tokens, the size."""
        if not self.content:
            return ""
        if self.call and is_json(self.headers.get("content-type")):
            text = self.text
            return f": {text}" if len(text) <= _LINE else f": {text[:_LINE]}..."
        return f": {len(self.content)} bytes"


def _by_name(encoded: str) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        _add(found, name, value)
    return found


def _add(found: dict[str, str | list[str]], name: str, value: str) -> None:
    known = found.get(name)
    if known is None:
        found[name] = value
    else:
        found[name] = [*known, value] if isinstance(known, list) else [known, value]
