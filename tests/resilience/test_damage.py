"""Answers that break the rules of HTTP: a typed error, or what is right; and nothing leaks."""

from __future__ import annotations

import gzip
import logging
import zlib
from types import ModuleType

import pytest

from tests.resilience.answers import OK
from tests.resilience.vault import TOKEN, Form, Vault
from tests.runtime.calls import KINDS, Kind
from tests.runtime.loopback import CUT, Answer, Server, http

CONNECTION = "ApiConnectionError"
NOTE = "a note, again and again; " * 100
GZIP = gzip.compress(NOTE.encode())
ZLIB = zlib.compress(NOTE.encode())
RAW = ZLIB[2:-4]
NOTHING: dict[Form, object] = {
    "note": "",
    "file": b"",
    "download": b"",
    "events": [],
    "lines": [],
}
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def coded(coding: str, body: bytes) -> Answer:
    return http(200, body, None, {"Content-Encoding": coding})


def closed(data: bytes) -> Answer:
    return Answer(data, close=True)


RIGHT = {
    "gzip": coded("gzip", GZIP),
    "gzip by another name": coded("X-GZip", GZIP),
    "gzip of several members": coded(
        "gzip", gzip.compress(NOTE[:9].encode()) + gzip.compress(NOTE[9:].encode())
    ),
    "gzip with padding": coded("gzip", GZIP + b"\0" * 700),
    "deflate": coded("deflate", ZLIB),
    "deflate without a header": coded("deflate", RAW),
    "two codings": coded("deflate, gzip", gzip.compress(ZLIB)),
    "no coding at all": coded("identity", NOTE.encode()),
    "a charset for a coding": coded("utf-8", NOTE.encode()),
    "a storm of 1xx": Answer(
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 1000
        + http(200, NOTE.encode(), "text/plain").data
    ),
    "field values of Latin-1": Answer(
        OK + b"X-Name: Zo\xeb\r\nContent-Length: 2500\r\n\r\n" + NOTE.encode()
    ),
    "a charset that there is not": http(
        200, NOTE.encode(), "text/plain; charset=nonsense"
    ),
    "HTTP/1.0": closed(b"HTTP/1.0 200 OK\r\n\r\n" + NOTE.encode()),
}

DAMAGED = {
    "gzip that is none": coded("gzip", b"nonsense"),
    "gzip of one byte": coded("gzip", GZIP[:1]),
    "gzip without its last byte": coded("gzip", GZIP[:-1]),
    "gzip without its trailer": coded("gzip", GZIP[:-8]),
    "gzip with another checksum": coded("gzip", GZIP[:-8] + bytes(8)),
    "gzip cut in its second member": coded("gzip", GZIP + GZIP[:-1]),
    "deflate that is none": coded("deflate", b"nonsense"),
    "deflate without its last byte": coded("deflate", ZLIB[:-1]),
    "deflate without a header and its last byte": coded("deflate", RAW[:-1]),
    "two codings, the inner one cut": coded("gzip, gzip", gzip.compress(GZIP[:-1])),
    "a coding that was not asked for": coded("compress", b"nonsense"),
    "a header that is too long": closed(OK + b"X: " + b"y" * 200_000 + b"\r\n\r\n"),
    "too many fields": closed(OK + b"X: y\r\n" * 50_000 + b"\r\n"),
    "no number for a status": closed(b"HTTP/1.1 abc OK\r\n\r\n"),
    "a status below 100": closed(b"HTTP/1.1 099 OK\r\n\r\n"),
    "no status line": closed(b"<html>hello</html>\r\n\r\n"),
    "TLS": closed(b"\x16\x03\x01\x02\x00\x01\r\n\r\n"),
    "a field name of no letters": closed(OK + b"X-\xff: y\r\n\r\n"),
    "a field with NUL": closed(OK + b"X: a\0b\r\n\r\n"),
    "a chunk of a negative size": closed(CHUNKED + b"-1\r\nabc"),
    "a chunk of no size": closed(CHUNKED + b"zz\r\nabc"),
    "a chunk that is too large": closed(CHUNKED + b"f" * 30 + b"\r\nabc"),
    "a chunk longer than it says": closed(CHUNKED + b"1\r\nabc\r\n0\r\n\r\n"),
    "a chunk's endless extension": closed(CHUNKED + b"1;" + b"x" * 200_000),
    "a negative length": closed(OK + b"Content-Length: -5\r\n\r\nabc"),
    "no number for a length": closed(OK + b"Content-Length: abc\r\n\r\nabc"),
    "two lengths": closed(OK + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
    "more promised than sent": closed(OK + b"Content-Length: 30\r\n\r\nabc"),
    "a transfer coding unheard of": closed(OK + b"Transfer-Encoding: br\r\n\r\nabc"),
    "another protocol": closed(b"HTTP/1.1 101 X\r\nUpgrade: x\r\n\r\n"),
    "100 and nothing more": closed(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a reset at once": Answer(b"", reset=True),
    "a reset in the header": Answer(OK, reset=True),
    "a reset in the body": Answer(OK + b"Content-Length: 9\r\n\r\nabc", reset=True),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["note", "file", "download"])
@pytest.mark.parametrize("name", RIGHT)
def test_what_is_unusual_is_read(
    package: ModuleType, kind: Kind, form: Form, name: str
) -> None:
    with Server(RIGHT[name]) as server, Vault(package, kind, server.url) as vault:
        found = vault.outcome(form)
        vault.assert_nothing_leaks(server)
    assert found == (NOTE if form == "note" else NOTE.encode())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["note", "file", "download", "events", "lines"])
@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_damaged_is_an_error(
    package: ModuleType,
    kind: Kind,
    form: Form,
    name: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        Server(DAMAGED[name], http(200, b"", "text/plain")) as server,
        Vault(package, kind, server.url) as vault,
    ):
        outcomes = [vault.outcome(form) for _ in range(2)]
        vault.assert_nothing_leaks(server)
    # What went wrong is over with the call.
    assert outcomes == [CONNECTION, NOTHING[form]]
    assert server.asked[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert any(record.name == "vault" for record in caplog.records)
    assert TOKEN not in caplog.text


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_is_told_whatever_became_of_its_body(
    package: ModuleType, kind: Kind
) -> None:
    answer = http(503, b"<html>", "text/html", {"Content-Encoding": "gzip"})
    with Server(answer) as server, Vault(package, kind, server.url) as vault:
        assert vault.outcome("note") == "ServerError"
        assert vault.outcome("events") == "ServerError"
        vault.assert_nothing_leaks(server)


@pytest.mark.parametrize("kind", KINDS)
def test_a_coding_of_nothing_is_no_harm(package: ModuleType, kind: Kind) -> None:
    head = OK + b"Content-Encoding: %b\r\nContent-Length: 0\r\n\r\n"
    answers = [Answer(head % coding) for coding in (b"gzip", b"zstd", b"deflate")]
    with Server(*answers) as server, Vault(package, kind, server.url) as vault:
        assert [vault.take("note") for _ in answers] == ["", "", ""]
        assert vault.take("entry") is None


FORGED = http(200, b"forged", "text/plain").data
BEYOND = {
    "a body longer than its length": Answer(
        OK + b"Content-Length: 4\r\n\r\ngood, and more"
    ),
    "an answer beyond a body": Answer(OK + b"Content-Length: 4\r\n\r\ngood" + FORGED),
    "an answer beyond the last chunk": Answer(
        CHUNKED + b"4\r\ngood\r\n0\r\n\r\n" + FORGED
    ),
    "a single byte": Answer(OK + b"Content-Length: 4\r\n\r\ngood\n"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["note", "file", "download"])
@pytest.mark.parametrize("name", BEYOND)
def test_what_is_beyond_an_answer_answers_no_other_call(
    package: ModuleType, kind: Kind, form: Form, name: str
) -> None:
    good = "good" if form == "note" else b"good"
    with Server(BEYOND[name]) as server, Vault(package, kind, server.url) as vault:
        found = [vault.outcome(form) for _ in range(3)]
        vault.assert_nothing_leaks(server)
    assert found == [good] * 3
    assert server.connections == 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_where_none_may_be_answers_no_other_call(
    package: ModuleType, kind: Kind
) -> None:
    answer = Answer(b"HTTP/1.1 204 No Content\r\n\r\n" + FORGED)
    with Server(answer) as server, Vault(package, kind, server.url) as vault:
        found = [vault.outcome("file") for _ in range(3)]
    assert found == [b""] * 3
    assert server.connections == 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_connection_without_a_surplus_is_used_again(
    package: ModuleType, kind: Kind
) -> None:
    chunked = Answer(CHUNKED + b"4\r\ngood\r\n0\r\n\r\n")
    answers = [http(200, b"good", "text/plain"), chunked, http(200, b"", "text/plain")]
    with Server(*answers) as server, Vault(package, kind, server.url) as vault:
        found = [vault.take("note") for _ in answers]
    assert found == ["good", "good", ""]
    assert server.connections == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_loop_of_redirects_ends(package: ModuleType, kind: Kind) -> None:
    with (
        Server(http(302, headers={"Location": "/note"})) as server,
        Vault(package, kind, server.url) as vault,
    ):
        with pytest.raises(package.StatusError, match=r"302 Found \(11 attempts\)"):
            vault.take("note", {"follow_redirects": True})
        vault.assert_nothing_leaks(server)
    assert len(server.asked) == 11


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "greeting",
    [b"HTTP/1.1 200 OK\r\n\r\n", b"\x16\x03\x01\xff\xff" + bytes(40), b"\n" * 9],
)
def test_a_server_without_tls_is_no_https(
    package: ModuleType,
    kind: Kind,
    greeting: bytes,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG), Server(CUT, greeting=greeting) as server:
        url = server.url.replace("http:", "https:")
        with Vault(package, kind, url, deadline=10) as vault:
            assert vault.outcome("note") == CONNECTION
            vault.assert_nothing_leaks(server)
    assert TOKEN not in caplog.text
