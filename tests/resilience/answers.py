"""What the server of these tests sends when nothing is wrong, in every framing of HTTP/1.1."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tests.resilience.vault import Form

Framing: TypeAlias = Literal["length", "chunks", "close"]
FRAMINGS: tuple[Framing, ...] = ("length", "chunks", "close")

OK = b"HTTP/1.1 200 OK\r\n"

BODIES: dict[Form, bytes] = {
    "entry": b'{"name": "Rex"}',
    "note": b"a note",
    "file": b"\x00\x01bytes",
    "download": b"\x00\x01bytes",
    "events": b'data: {"name": "a"}\n\ndata: {"name": "b"}\n\n',
    "lines": b'{"name": "a"}\n{"name": "b"}\n',
}
TYPES: dict[Form, str] = {
    "entry": "application/json",
    "note": "text/plain",
    "file": "application/octet-stream",
    "download": "application/octet-stream",
    "events": "text/event-stream",
    "lines": "application/x-ndjson",
}


def framed(form: Form, framing: Framing) -> tuple[bytes, bytes]:
    """Head and body of a whole answer, as they go over the wire."""
    head = OK + f"Content-Type: {TYPES[form]}\r\n".encode()
    body = BODIES[form]
    match framing:
        case "length":
            return head + b"Content-Length: %d\r\n\r\n" % len(body), body
        case "chunks":
            half = len(body) // 2
            chunks = [b"%x\r\n%b\r\n" % (len(c), c) for c in (body[:half], body[half:])]
            return (
                head + b"Transfer-Encoding: chunked\r\n\r\n",
                b"".join(chunks) + b"0\r\n\r\n",
            )
        case "close":
            return head + b"\r\n", body
