"""Calls of the package that is generated for the document, sync and async alike."""

from __future__ import annotations

from collections.abc import Awaitable
from email import message_from_bytes
from email.message import Message
from types import ModuleType
from typing import NamedTuple

import anyio
from _runtime.response import Response

from tests.runtime.calls import Kind
from tests.runtime.loopback import Asked


class Shelf:
    """Makes calls with a client of a kind."""

    def __init__(self, package: ModuleType, kind: Kind) -> None:
        self.package = package
        self.kind = kind

    def call(self, url: str, method: str, **given: object) -> Response[object]:
        """The whole answer to one call of a method of the one resource."""
        settings: dict[str, object] = {"base_url": url, "max_retries": 2}
        if method == "put_signed":
            settings["credential"] = self.package.AccessKey("a2V5")
        if self.kind == "sync":
            with self.package.ShelfClient(**settings) as client:
                call = client.with_response(getattr(client.media, method))
                answer: Response[object] = call(**given)
                return answer

        async def main() -> Response[object]:
            async with self.package.AsyncShelfClient(**settings) as client:
                call = client.with_response(getattr(client.media, method))
                sent: Awaitable[Response[object]] = call(**given)
                return await sent

        return anyio.run(main, backend=self.kind)


class Received(NamedTuple):
    """A part of a form, as Python's own parser of mail reads it."""

    name: str
    filename: str | None
    content_type: str | None
    content: bytes
    headers: dict[str, str]


def parts(asked: Asked) -> list[Received]:
    """The parts of a form that arrived."""
    head = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
    message = message_from_bytes(head + asked.body)
    assert message.is_multipart()
    assert message.defects == []
    return [_part(part) for part in message.walk() if not part.is_multipart()]


def _part(part: Message) -> Received:
    name = part.get_param("name", header="content-disposition")
    content = part.get_payload(decode=True)
    assert isinstance(name, str)
    assert isinstance(content, bytes)
    return Received(
        name,
        part.get_filename(),
        part.get("content-type"),
        content,
        {k.lower(): v for k, v in part.items() if not k.lower().startswith("content")},
    )
