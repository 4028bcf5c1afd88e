"""Content codings, however what they hold is cut on its way, and wherever it ends."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Sequence

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


@pytest.mark.parametrize("kind", KINDS)
def test_what_httpx2_undoes_is_asked_for_and_read(kind: Kind) -> None:
    zstd = pytest.importorskip("compression.zstd")
    body: bytes = zstd.compress(b'{"name": "Rex"}')
    with Server(http(200, body, headers={"Content-Encoding": "zstd"})) as server:
        answer = Call(kind)(server.url, GET)
    assert answer.value.name == "Rex"
    assert "zstd" in server.asked[0].headers["accept-encoding"]
