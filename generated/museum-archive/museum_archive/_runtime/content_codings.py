"""Content codings of answers, and how gzip, deflate and br are undone (RFC 9110, 8.4.1).

The HTTP library takes what ends in the middle for the whole, and of several members of
gzip the first; both would lose what a service sent, and nobody would know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Protocol

from .errors import ApiConnectionError
from .http_errors import damaged

_MOST = 1_048_576
_GZIP = b"\x1f\x8b"
_INFLATED = frozenset({"gzip", "x-gzip", "deflate"})
_UNKNOWN = frozenset({"compress", "x-compress", "dcb", "dcz"})
# What undoes the others, where one of the modules is there: the HTTP library does zstd.
_MODULES = {
    "br": ("brotli", "brotlicffi"),
    "zstd": ("compression.zstd", "backports.zstd"),
}


def decoder_of(fields: Sequence[tuple[str, str]]) -> Decoder | None:
    """What undoes the codings that header fields name; None leaves it to the HTTP library.

    Names of no coding are passed over: some services send a charset.
    """
    said = ",".join(v for name, v in fields if name.lower() == "content-encoding")
    names = [name.strip().lower() for name in said.split(",")]
    found = [n for n in names if n in _INFLATED or n in _UNKNOWN or n in _MODULES]
    if not found or ("zstd" in found and _module_of("zstd") is not None):
        return None
    return Decoder(found)


@cache
def accepted_codings() -> bytes:
    """What the field Accept-Encoding says: the codings that something here undoes."""
    found = [name for name in _MODULES if _module_of(name) is not None]
    return ", ".join(["gzip", "deflate", *found]).encode()


def _module_of(coding: str) -> ModuleType | None:
    for name in _MODULES.get(coding, ()):
        with suppress(ImportError):
            return import_module(name)
    return None


class Decoder:
    """Undoes codings, the last that was applied first."""

    __slots__ = ("_layers",)

    def __init__(self, codings: Sequence[str]) -> None:
        self._layers = [_layer(coding) for coding in reversed(codings)]

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """What can be told with these bytes. Raises ApiConnectionError for damaged ones."""
        pieces = iter((piece,))
        for layer in self._layers:
            pieces = layer.feed(pieces)
        return pieces

    def finish(self) -> None:
        """Raises ApiConnectionError if what came ends in the middle."""
        for layer in self._layers:
            layer.finish()


class _Layer(Protocol):
    """What undoes one coding."""

    def feed(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """What the pieces hold. Raises ApiConnectionError for damaged ones."""
        ...

    def finish(self) -> None:
        """Raises ApiConnectionError if what came ends in the middle."""
        ...


def _layer(coding: str) -> _Layer:
    if coding in _INFLATED:
        return _Inflater(coding)
    module = _module_of("br") if coding == "br" else None
    return _Unknown(coding) if module is None else _Brotli(module)


class _Unknown:
    """A coding that nothing here undoes: of an answer without a body, no harm."""

    __slots__ = ("_coding",)

    def __init__(self, coding: str) -> None:
        self._coding = coding

    def feed(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Raises ApiConnectionError if there is anything to undo."""
        if any(pieces):
            raise ApiConnectionError(
                f"the answer has the content coding {self._coding}, which nothing here "
                "undoes",
                request_sent=True,
                permanent=True,
            )
        return iter(())

    def finish(self) -> None:
        """See `_Layer`."""


class _Member(Protocol):
    """What zlib inflates one member with."""

    def decompress(self, data: bytes, /, max_length: int) -> bytes: ...

    @property
    def unconsumed_tail(self) -> bytes: ...

    @property
    def unused_data(self) -> bytes: ...

    @property
    def eof(self) -> bool: ...


class _Inflater:
    """Undoes gzip (RFC 1952), or deflate, with the header of zlib or without it."""

    __slots__ = ("_begun", "_gzip", "_member", "_rest")

    def __init__(self, coding: str) -> None:
        self._gzip = coding != "deflate"
        self._member: _Member | None = None
        self._begun = False
        self._rest = b""

    def feed(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """What the pieces hold."""
        for piece in pieces:
            yield from self._inflated(self._rest + piece)

    def finish(self) -> None:
        """Raises ApiConnectionError within a member."""
        if self._member is not None or (self._rest and not self._begun):
            raise _cut()

    def _inflated(self, data: bytes) -> Iterator[bytes]:
        import zlib

        self._rest = b""
        part = b""
        while data or len(part) == _MOST:
            member = self._member or self._next(data)
            if member is None:
                return
            try:
                part = member.decompress(data, _MOST)
            except zlib.error as error:
                raise damaged(error) from error
            if part:
                yield part
            data, self._member = member.unconsumed_tail, member
            if member.eof:
                data, part, self._member = member.unused_data, b"", None

    def _next(self, data: bytes) -> _Member | None:
        """The member that begins with these bytes; None if none does, or nobody can tell."""
        import zlib

        if len(data) < 2:
            self._rest = data
            return None
        if self._begun and not (self._gzip and data.startswith(_GZIP)):
            # Some servers pad what they send.
            return None
        self._begun = True
        if self._gzip:
            return zlib.decompressobj(zlib.MAX_WBITS | 16)
        # RFC 1950, section 2.2; many services send what has no such header.
        headed = data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0
        return zlib.decompressobj(zlib.MAX_WBITS if headed else -zlib.MAX_WBITS)


class _Brotli:
    """Undoes br (RFC 7932), by a package that does."""

    __slots__ = ("_begun", "_error", "_is_finished", "_process")

    def __init__(self, module: ModuleType) -> None:
        decompressor = module.Decompressor()
        self._process: Callable[..., bytes] = decompressor.process
        self._is_finished: Callable[[], bool] = decompressor.is_finished
        self._error: type[Exception] = module.error
        self._begun = False

    def feed(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """What the pieces hold."""
        for piece in pieces:
            self._begun = self._begun or piece != b""
            try:
                # Both packages may give about twice as much.
                while part := self._process(piece, output_buffer_limit=_MOST // 2):
                    yield part
                    piece = b""
            except self._error as error:
                raise damaged(error) from error

    def finish(self) -> None:
        """See `_Layer`."""
        if self._begun and not self._is_finished():
            raise _cut()


def _cut() -> ApiConnectionError:
    return damaged("it ends in the middle of its content coding")
