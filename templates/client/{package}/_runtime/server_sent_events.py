"""Server-sent events: how their lines are read (WHATWG HTML, section 9.2.6)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator

import msgspec

from .codec import encode
from .framing import Frame, Mark
from .media_types import essence

MEDIA_TYPE = "text/event-stream"

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

    __slots__ = (
        "_data",
        "_decoder",
        "_event",
        "_id",
        "_rest",
        "_retry",
        "_started",
        "_told",
    )

    def __init__(self, mark: Mark | None = None) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._started = False
        self._data: list[str] = []
        self._event = ""
        self._id = "" if mark is None else mark.id
        self._told = self._id
        delay = None if mark is None else mark.delay
        self._retry = None if delay is None else round(delay * 1000)

    @property
    def mark(self) -> Mark:
        """The id and the delay that hold after the last event."""
        delay = None if self._retry is None else self._retry / 1000
        return Mark(self._told, delay)

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
        self._told = self._id
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

    After one whose data is `end` there are no more. Where nothing else is said, that is
    `[DONE]`, which is no JSON, of those whose data is JSON.
    """

    type: Callable[[], object] | None = None
    end: str | None = None

    @property
    def words(self) -> str:
        """See `Framing`."""
        return "server-sent events"

    def reader(self, mark: Mark | None = None) -> EventFrames:
        """See `Framing`."""
        usual = None if self.type is None else "[DONE]"
        end = usual if self.end is None else self.end
        return EventFrames(EventReader(mark), self.type, end)

    def reads(self, content_type: str | None) -> bool:
        """See `Framing`: events have one name (WHATWG HTML, section 9.2.3)."""
        return essence(content_type) in ("", MEDIA_TYPE)

    def item_type(self) -> object:
        """See `Framing`."""
        return None if self.type is None else self.type()

    def written(self, items: Iterable[object]) -> bytes:
        """See `Framing`: events as they are, or events whose data these are."""
        last = "" if self.end is None else f"data: {self.end}\n\n"
        return "".join([*map(_lines, items), last]).encode()


def _lines(item: object) -> str:
    if not isinstance(item, ServerSentEvent):
        return f"data: {encode(item).decode()}\n\n"
    retry = "" if item.retry is None else f"retry: {item.retry}\n"
    # Of several lines each is data of its own.
    data = "".join(f"data: {line}\n" for line in _END.split(item.data))
    return f"event: {item.event}\nid: {item.id}\n{retry}{data}\n"


class EventFrames:
    """The events of one answer."""

    __slots__ = ("_end", "_reader", "_type", "ended")

    def __init__(
        self, reader: EventReader, type_: Callable[[], object] | None, end: str | None
    ) -> None:
        self._reader = reader
        self._type = type_
        self._end = end
        self.ended = False

    @property
    def mark(self) -> Mark:
        """See `Frames`."""
        return self._reader.mark

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """See `Frames`."""
        for event in self._reader.feed(chunk):
            if event.data == self._end:
                self.ended = True
                return
            if self._type is None:
                yield Frame(value=event)
            else:
                yield Frame(content=event.data.encode(), type=self._type())

    def finish(self) -> Iterator[Frame]:
        """See `Frames`: an event that was cut is none."""
        return iter(())
