"""Server-sent events: how their lines are read (WHATWG HTML, section 9.2.6)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator

import msgspec

from .framing import Frame

# A line ends with CR LF, with LF, or with CR.
_END = re.compile("\r\n|\n|\r")


class ServerSentEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event; `id` is that of the last event that had one, `retry` in milliseconds."""

    data: str
    event: str = "message"
    id: str = ""
    retry: int | None = None


class EventReader:
    """Reads events from bytes as they arrive, wherever these are cut."""

    __slots__ = ("_data", "_decoder", "_event", "_id", "_rest", "_retry", "_started")

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._started = False
        self._data: list[str] = []
        self._event = ""
        self._id = ""
        self._retry: int | None = None

    def feed(self, chunk: bytes) -> Iterator[ServerSentEvent]:
        """The events that are whole with these bytes.

        What is not followed by a blank line is no event, and is never told.
        """
        self._rest += self._decoder.decode(chunk)
        if self._rest and not self._started:
            self._started = True
            self._rest = self._rest.removeprefix("\ufeff")
        begin = 0
        for end in _END.finditer(self._rest):
            # The LF of a CR LF may still be on its way.
            if end[0] == "\r" and end.end() == len(self._rest):
                break
            event = self._line(self._rest[begin : end.start()])
            begin = end.end()
            if event is not None:
                yield event
        self._rest = self._rest[begin:]

    def _line(self, line: str) -> ServerSentEvent | None:
        if not line:
            return self._dispatched()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match name:
            case "data":
                self._data.append(value)
            case "event":
                self._event = value
            case "id" if "\0" not in value:
                self._id = value
            case "retry" if value.isascii() and value.isdigit():
                self._retry = int(value)
            case _:
                # A comment, or a field that there is not.
                pass
        return None

    def _dispatched(self) -> ServerSentEvent | None:
        data, event = self._data, self._event
        self._data, self._event = [], ""
        if not data:
            return None
        return ServerSentEvent(
            data="\n".join(data),
            event=event or "message",
            id=self._id,
            retry=self._retry,
        )


class EventFraming(msgspec.Struct, frozen=True):
    """Events whose data is JSON of a type; without one they are told as they are.

    `[DONE]`, which is no JSON, is the end of those whose data is JSON.
    """

    type: Callable[[], object] | None = None

    def reader(self) -> EventFrames:
        """See `Framing`."""
        return EventFrames(self.type)


class EventFrames:
    """The events of one answer."""

    __slots__ = ("_reader", "_type", "ended")

    def __init__(self, type_: Callable[[], object] | None) -> None:
        self._reader = EventReader()
        self._type = type_
        self.ended = False

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """See `Frames`."""
        for event in self._reader.feed(chunk):
            if self._type is None:
                yield Frame(value=event)
            elif event.data == "[DONE]":
                self.ended = True
                return
            else:
                yield Frame(content=event.data.encode(), type=self._type())

    def finish(self) -> Iterator[Frame]:
        """See `Frames`: an event that was cut is none."""
        return iter(())
