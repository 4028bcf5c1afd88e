"""Azure Communication Services, as far as Create Call goes: a real server on 127.0.0.1.

A test writes down how the service answers; the service turns a request away by itself when
it is not what it should be (see `admission`).
"""

from __future__ import annotations

import base64
import json
import socket
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseServer
from typing import Any, Self, TypeAlias, assert_never

from tests.behaviour import page
from tests.behaviour.admission import Account, Received, Refusal, refusal

ACCESS_KEY = base64.b64encode(b"an access key / of +64 bytes".ljust(64, b"~")).decode()
TOKEN = "eyJ0eXAiOiJKV1Qi.token-of-the-tests.s1gnature"


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer. The reason phrase is left to the server."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] | None = None

    def having(self, **headers: str) -> Reply:
        """This reply with more headers; `_` in a name stands for `-`."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**(self.headers or {}), **more})


@dataclass(frozen=True, slots=True)
class Torn:
    """The first `kept` bytes of a reply's body, then the end of the connection."""

    reply: Reply
    kept: int


@dataclass(frozen=True, slots=True)
class Drip:
    """A reply whose body comes a byte at a time, each after so many seconds."""

    reply: Reply
    pause: float


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of the connection, before any byte of an answer."""


@dataclass(frozen=True, slots=True)
class Hang:
    """No answer at all, for as long as the service runs."""


Answer: TypeAlias = Reply | Torn | Drip | Cut | Hang

JSON = {"Content-Type": "application/json; charset=utf-8"}


def created(body: object = None) -> Reply:
    """201 with the page's example, or with another body."""
    content = page.answer() if body is None else body
    return Reply(201, json.dumps(content).encode(), JSON)


def failed(status: int, code: str = "Failed", message: str = "It failed.") -> Reply:
    """A status with the body that the document declares for errors."""
    error = {"code": code, "message": message}
    return Reply(status, json.dumps({"error": error}).encode(), JSON)


def soon(status: int) -> Reply:
    """A failure after which the service wants to be asked again at once."""
    return failed(status).having(retry_after_ms="1")


def page_of_html(status: int, text: str) -> Reply:
    """What a proxy in front of the service says."""
    body = f"<html><body><h1>{text}</h1></body></html>".encode()
    return Reply(status, body, {"Content-Type": "text/html"})


class Service:
    """One resource, its address, what it was asked and what it will answer."""

    def __init__(self) -> None:
        self.requests: list[Received] = []
        self.refusals: list[Refusal] = []
        """What was turned away; a test that means it to happen takes it from here."""
        self.faults: list[BaseException] = []
        """What went wrong within the service itself: never the client's doing."""
        self._answers: list[Answer] = [created()]
        self._echoes = False
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._server = _Server(partial(_Handler, self), self.faults)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}
        )
        self.account = Account(
            self.authority, base64.b64decode(ACCESS_KEY), frozenset({TOKEN})
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Ends every connection and every thread; waits until they are gone."""
        self._closing.set()
        self._server.shutdown()
        self._server.end_connections()
        self._server.server_close()
        self._thread.join()

    @property
    def authority(self) -> str:
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def endpoint(self) -> str:
        return f"http://{self.authority}"

    @property
    def connection_string(self) -> str:
        return f"endpoint={self.endpoint}/;accesskey={ACCESS_KEY}"

    @property
    def connections(self) -> int:
        """How many connections were ever accepted."""
        return len(self._server.connections)

    def sent(self, header: str) -> list[str | None]:
        """The header's value in each request so far."""
        return [request.header(header) for request in self.requests]

    def wait_until_idle(self) -> bool:
        """Whether every connection comes to its end within five seconds."""
        return self._server.wait_until_idle(5.0)

    def drop_connections(self) -> None:
        """Ends all connections, as a service does with those that are idle."""
        self._server.end_connections()
        assert self.wait_until_idle()

    def answers(self, *script: Answer) -> None:
        """From now on, answers in this order; the last one for ever."""
        self._answers = list(script)

    def is_at(self, authority: str) -> None:
        """From now on, this is the host that requests must name."""
        self.account = replace(self.account, authority=authority)

    def echoes_operation_context(self) -> None:
        """From now on, the request's operation context comes back as `x-ms-request-id`."""
        self._echoes = True

    def admits(self, *tokens: str) -> None:
        """From now on, these are the bearer tokens that are valid."""
        self.account = replace(self.account, tokens=frozenset(tokens))

    def next_answer(self, request: Received) -> Answer:
        """Records the request and decides on its answer."""
        with self._lock:
            refused = refusal(request, self.account, self.requests)
            self.requests.append(request)
            if refused is not None:
                self.refusals.append(refused)
                return Reply(refused.status, refused.body, JSON)
            first, *rest = self._answers
            self._answers = rest or [first]
            if self._echoes and isinstance(first, Reply):
                return first.having(x_ms_request_id=request.json()["operationContext"])
            return first

    def wait(self, seconds: float | None) -> None:
        """Waits, but no longer than until the service closes."""
        self._closing.wait(seconds)


class _Server(ThreadingHTTPServer):
    """Threads that are waited for, and connections that can be ended from outside."""

    daemon_threads = False
    block_on_close = True

    def __init__(self, handler: Any, faults: list[BaseException]) -> None:
        self.connections: list[socket.socket] = []
        self._open = 0
        self._changed = threading.Condition()
        self._faults = faults
        super().__init__(("127.0.0.1", 0), handler)

    def process_request(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: Any
    ) -> None:
        # Noted here and not by the handler, which may not have run when all must end.
        if isinstance(request, socket.socket):
            self.connections.append(request)
        with self._changed:
            self._open += 1
        super().process_request(request, client_address)

    def shutdown_request(
        self, request: socket.socket | tuple[bytes, socket.socket]
    ) -> None:
        super().shutdown_request(request)
        with self._changed:
            self._open -= 1
            self._changed.notify_all()

    def wait_until_idle(self, seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self._open == 0, seconds)

    def end_connections(self) -> None:
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """Called within the `except` of a handler's thread."""
        error = sys.exception()
        # A client may go away at any time; that is no fault of the service.
        if error is not None and not isinstance(error, ConnectionError):
            self._faults.append(error)


class _Handler(BaseHTTPRequestHandler):
    """One connection: reads requests and writes answers."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(
        self, service: Service, request: Any, address: Any, server: BaseServer
    ) -> None:
        self._service = service
        super().__init__(request, address, server)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        # A proxy is sent the whole URL, of which the service would see path and query.
        target = self.path.removeprefix(f"http://{self._service.account.authority}")
        received = Received(self.command, target, tuple(self.headers.items()), body)
        self._answer(self._service.next_answer(received))

    do_GET = do_PUT = do_PATCH = do_DELETE = do_POST

    def _answer(self, answer: Answer) -> None:
        match answer:
            case Reply():
                self._write(answer, len(answer.body))
            case Torn(reply, kept):
                self._write(reply, kept)
                self._end()
            case Drip(reply, pause):
                self._write(reply, 0)
                for byte in reply.body:
                    self._service.wait(pause)
                    self.wfile.write(bytes((byte,)))
            case Cut():
                self._end()
            case Hang():
                self._service.wait(None)
                self._end()
            case _:
                assert_never(answer)

    def _write(self, reply: Reply, kept: int) -> None:
        self.send_response(reply.status)
        for name, value in (reply.headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body[:kept])

    def _end(self) -> None:
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: what was asked is in `Service.requests`."""
