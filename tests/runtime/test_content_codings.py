"""Content codings, however what they hold is cut on its way, and wherever it ends."""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from collections.abc import Sequence
from types import ModuleType

import pytest
from _runtime.content_codings import Decoder, decoder_of
from _runtime.errors import ApiConnectionError
from tests.runtime.calls import GET, KINDS, Call, Kind
from tests.runtime.loopback import Server, http

PLAIN = b"a note, again and again; " * 4
GZIP, ZLIB = gzip.compress(PLAIN), zlib.compress(PLAIN)

CODED = {
    "gzip": (["gzip"], GZIP),
    "members": (["gzip"], gzip.compress(PLAIN[:7]) + gzip.compress(PLAIN[7:])),
    "deflate": (["deflate"], ZLIB),
    "raw": (["deflate"], ZLIB[2:-4]),
    "both": (["gzip", "deflate"], zlib.compress(GZIP)),
}


def decoded(codings: Sequence[str], *pieces: bytes) -> bytes:
    decoder = Decoder(codings)
    whole = b"".join(part for piece in pieces for part in decoder.feed(piece))
    decoder.finish()
    return whole


@pytest.mark.parametrize("name", CODED)
def test_pieces_may_be_cut_anywhere(name: str) -> None:
    codings, coded = CODED[name]
    assert decoded(codings, *(coded[i : i + 1] for i in range(len(coded)))) == PLAIN
    for cut in range(len(coded) + 1):
        assert decoded(codings, coded[:cut], coded[cut:]) == PLAIN


@pytest.mark.parametrize("name", ["gzip", "deflate", "raw", "both"])
def test_what_ends_early_is_damaged(name: str) -> None:
    codings, coded = CODED[name]
    for cut in range(1, len(coded)):
        with pytest.raises(ApiConnectionError, match="ends in the middle"):
            decoded(codings, coded[:cut])


def test_what_is_packed_tightly_comes_in_pieces() -> None:
    plain = os.urandom(1000) + bytes(5_000_000)
    decoder = Decoder(["gzip"])
    parts = list(decoder.feed(gzip.compress(plain)))
    decoder.finish()
    assert max(map(len, parts)) <= 1_048_576
    assert b"".join(parts) == plain


def test_who_undoes_a_coding() -> None:
    def undone(*values: str) -> bool:
        fields = [("Content-Encoding", value) for value in values]
        return decoder_of(fields) is not None

    assert undone("gzip")
    assert undone("GZIP, identity")
    assert undone("deflate", "gzip")
    assert undone("compress")
    assert not undone()
    assert not undone("identity")
    assert not undone("utf-8")


class Decompressor:
    """That of a package for br, so far as it is asked; what it undoes is deflate."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj()

    def process(self, data: bytes, output_buffer_limit: int) -> bytes:
        rest = self._inner.unconsumed_tail + data
        return self._inner.decompress(rest, output_buffer_limit)

    def is_finished(self) -> bool:
        return self._inner.eof


@pytest.fixture
def brotli(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("brotli")
    vars(module).update(Decompressor=Decompressor, error=zlib.error)
    monkeypatch.setitem(sys.modules, "brotli", module)


@pytest.mark.usefixtures("brotli")
@pytest.mark.parametrize("codings", [["br"], ["gzip", "br"]])
def test_br_is_whole_or_damaged(codings: list[str]) -> None:
    coded = ZLIB if codings == ["br"] else zlib.compress(GZIP)
    assert decoded(codings, *(coded[i : i + 1] for i in range(len(coded)))) == PLAIN
    assert decoded(codings) == b""
    for cut in range(1, len(coded)):
        with pytest.raises(ApiConnectionError, match="ends in the middle"):
            decoded(codings, coded[:cut])
    with pytest.raises(ApiConnectionError, match="damaged"):
        decoded(codings, b"nonsense")


@pytest.mark.usefixtures("brotli")
def test_br_that_is_packed_tightly_comes_in_pieces() -> None:
    parts = list(Decoder(["br"]).feed(zlib.compress(bytes(5_000_000))))
    assert max(map(len, parts)) <= 1_048_576
    assert b"".join(parts) == bytes(5_000_000)


def test_br_of_the_package_itself() -> None:
    brotli = pytest.importorskip("brotli")
    coded: bytes = brotli.compress(PLAIN)
    assert decoded(["br"], coded) == PLAIN
    with pytest.raises(ApiConnectionError, match="ends in the middle"):
        decoded(["br"], coded[:-1])


@pytest.mark.parametrize("kind", KINDS)
def test_what_httpx2_undoes_is_asked_for_and_read(kind: Kind) -> None:
    zstd = pytest.importorskip("compression.zstd")
    body: bytes = zstd.compress(b'{"name": "Rex"}')
    with Server(http(200, body, headers={"Content-Encoding": "zstd"})) as server:
        answer = Call(kind)(server.url, GET)
    assert answer.value.name == "Rex"
    assert "zstd" in server.asked[0].headers["accept-encoding"]
