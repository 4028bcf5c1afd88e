"""How lines become events (WHATWG HTML, section 9.2.6), wherever the bytes are cut."""

from __future__ import annotations

import pytest
from _runtime.server_sent_events import EventReader, ServerSentEvent


def event(data: str, type_: str = "message", id_: str = "") -> ServerSentEvent:
    return ServerSentEvent(data=data, event=type_, id=id_)


def read(text: bytes, size: int) -> list[ServerSentEvent]:
    reader = EventReader()
    pieces = [text[i : i + size] for i in range(0, len(text), size)]
    return [found for piece in pieces for found in reader.feed(piece)]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        # The examples of the specification.
        (b"data: YHOO\ndata: +2\ndata: 10\n\n", [event("YHOO\n+2\n10")]),
        (
            b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
            [
                event("first event", id_="1"),
                event("second event"),
                event(" third event"),
            ],
        ),
        (b"data\n\ndata\ndata\n\ndata:", [event(""), event("\n")]),
        (b"data:test\n\ndata: test\n\n", [event("test"), event("test")]),
        # The ends of lines.
        (b"data: a\r\rdata: b\r\r\n", [event("a"), event("b")]),
        (b"data: a\r\n\r\ndata: b\r\n\r\n", [event("a"), event("b")]),
        (b"data: a\r\ndata: b\n\r\n", [event("a\nb")]),
        ("data: ä\u2028€\x85\n\n".encode(), [event("ä\u2028€\x85")]),
        # What is at the beginning, and only there.
        ("\ufeffdata: a\n\n".encode(), [event("a")]),
        ("data: a\n\n\ufeffdata: b\n\ndata: c\n\n".encode(), [event("a"), event("c")]),
        # Fields.
        (b"event: x\ndata: a\n\ndata: b\n\n", [event("a", "x"), event("b")]),
        (b"event: x\n\ndata: b\n\n", [event("b")]),
        (b"id: 1\x002\ndata: a\n\n", [event("a")]),
        (b"retry: 1x\nDATA: b\nother: c\ndata: a\n\n", [event("a")]),
        (b"data: \xff\n\n", [event("\ufffd")]),
        (b"data: never ended\n", []),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 10_000])
def test_events(text: bytes, events: list[ServerSentEvent], size: int) -> None:
    assert read(text, size) == events


def test_the_time_before_a_reconnection() -> None:
    (found,) = read(b"retry: 2500\ndata: a\n\n", 4)
    assert found.retry == 2500
