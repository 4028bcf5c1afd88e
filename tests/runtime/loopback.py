"""A server on 127.0.0.1 that answers as a script says, byte for byte.

It speaks HTTP/1.1 over plain sockets, so that it can break the rules: cut an answer
short, say nothing at all. It remembers what it was asked, and how many connections are
open.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Mapping
from functools import partial
from itertools import count
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any, NamedTuple, Self

import pytest


class Asked(NamedTuple):
    """One request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class Answer(NamedTuple):
    """What goes back: bytes at once, bytes one by one, then a hang, the end or a reset.

    A flood is the bytes again and again, until the client has enough.
    """

    data: bytes
    hang: bool = False
    close: bool = False
    drip: bytes = b""
    reset: bool = False
    flood: bool = False


Script = Callable[[Asked, int], Answer]
"""The answer to a request and its number, from 0."""


def http(
    status: int,
    body: bytes = b"",
    content_type: str | None = "application/json",
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """A whole answer by the rules."""
    fields = {"Content-Length": str(len(body)), **(headers or {})}
    if content_type is not None and body:
        fields["Content-Type"] = content_type
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return Answer(f"HTTP/1.1 {status} X\r\n{head}\r\n".encode("latin-1") + body)


HANG = Answer(b"", hang=True)
CUT = Answer(b"", close=True)


class Server:
    """Serves a script, or a list of answers of which the last is repeated.

    It may greet: with bytes that it sends before it was asked for anything. It may be
    deaf: then it reads nothing; or forgetful: then it keeps nothing of what it was asked.
    """

    def __init__(
        self,
        *answers: Answer,
        script: Script | None = None,
        greeting: bytes = b"",
        deaf: bool = False,
        forgetful: bool = False,
    ) -> None:
        self.asked: list[Asked] = []
        self.left = 0
        """How many answers their clients did not wait for the end of."""
        self.connections = 0
        self.open_connections = 0
        self._answers = answers
        self._script = script
        self._greeting = greeting
        self._deaf = deaf
        self._forgetful = forgetful
        self._numbers = count()
        self._over = Event()
        self._lock = Lock()
        self._threads: list[Thread] = []
        self._sockets: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for connection in self._sockets:
                _shut(connection)
        for thread in list(self._threads):
            thread.join(timeout=5)

    def settled(self, open_connections: int) -> bool:
        """Whether the number of open connections becomes this, in ten seconds at most."""
        return self._becomes(lambda: self.open_connections == open_connections)

    def all_left(self) -> bool:
        """Whether no answer is waited for to its end, in ten seconds at most."""
        return self._becomes(lambda: self.left == len(self.asked))

    def was_asked(self) -> bool:
        """Whether a request arrives, in ten seconds at most."""
        return self._becomes(lambda: bool(self.asked))

    def _becomes(self, condition: Callable[[], bool]) -> bool:
        for _ in range(2000):
            if condition():
                return True
            self._over.wait(0.005)
        return False

    def _start(self, target: Callable[[], None]) -> None:
        thread = Thread(target=target, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                self.open_connections += 1
                self._sockets.append(connection)
            self._start(partial(self._serve, connection))

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection, connection.makefile("rb") as stream:
                connection.sendall(self._greeting)
                if self._deaf:
                    self._over.wait()
                    return
                while True:
                    asked = _read(stream.readline, stream.read)
                    if asked is None or not self._answered(connection, asked):
                        _shut(connection)
                        return
        except OSError:
            self.left += 1
        finally:
            with self._lock:
                self.open_connections -= 1
                self._sockets.remove(connection)

    def _answered(self, connection: socket.socket, asked: Asked) -> bool:
        """Whether the connection goes on."""
        with self._lock:
            number = next(self._numbers)
            if not self._forgetful:
                self.asked.append(asked)
        answer = self._script(asked, number) if self._script else self._next(number)
        connection.sendall(answer.data)
        while answer.flood and not self._over.is_set():
            connection.sendall(answer.data)
        for byte in answer.drip:
            self._over.wait(0.01)
            connection.sendall(bytes([byte]))
        if answer.hang:
            # Until the client gives up, or the server ends.
            connection.recv(1)
            self.left += 1
            return False
        if answer.reset:
            _reset(connection)
            return False
        return not answer.close

    def _next(self, number: int) -> Answer:
        return self._answers[min(number, len(self._answers) - 1)]


def _read(line: Callable[[], bytes], read: Callable[[int], bytes]) -> Asked | None:
    first = line().decode("latin-1").split()
    if len(first) != 3:
        return None
    headers: dict[str, str] = {}
    while (text := line().decode("latin-1").strip()) != "":
        name, _, value = text.partition(":")
        headers[name.lower()] = value.strip()
    if headers.get("transfer-encoding") == "chunked":
        body = _chunked(line, read)
    else:
        body = read(int(headers.get("content-length", "0")))
    return Asked(first[0], first[1], headers, body)


def _chunked(line: Callable[[], bytes], read: Callable[[int], bytes]) -> bytes:
    """A body in chunks (RFC 9112, section 7.1)."""
    found: list[bytes] = []
    while size := int(line().strip() or b"0", 16):
        found.append(read(size))
        line()
    line()
    return b"".join(found)


def _reset(connection: socket.socket) -> None:
    """Has the end be told by RST in the place of FIN: what is on its way may be lost."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        # The other side was first.
        return


def speak_h2(connection: socket.socket, answer: Callable[[Any, int], bytes]) -> None:
    """Serves HTTP/2 on a connection: `answer` is given its state and the stream of a request.

    The bytes that it gives are sent after what the state has to send, whatever they are.
    """
    config = pytest.importorskip("h2.config")
    h2 = pytest.importorskip("h2.connection")
    events = pytest.importorskip("h2.events")
    state = h2.H2Connection(config=config.H2Configuration(client_side=False))
    state.initiate_connection()
    connection.sendall(state.data_to_send())
    while data := connection.recv(65536):
        for event in state.receive_data(data):
            if isinstance(event, events.RequestReceived):
                beyond = answer(state, event.stream_id)
                connection.sendall(state.data_to_send() + beyond)
        connection.sendall(state.data_to_send())
