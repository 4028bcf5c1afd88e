"""Bytes that a server sends beyond its answer, which would begin the answer to the next call.

Whoever reads an answer asks for more as long as it is not whole, whatever tells its length.
So the last byte of what arrived is kept until then: if it still is when the answer was read,
there is more than that. A connection that has more looks readable while nobody uses it,
which is how a pool knows those that it must not use again.
"""

from __future__ import annotations

from collections.abc import Callable

_BEGINNING = b"HTTP/"
"""What an answer of HTTP/1 begins with; what else is spoken is not our concern."""


class Surplus:
    """The last byte of what arrived on a connection, unless it was asked for."""

    __slots__ = ("_answers", "kept")

    def __init__(self) -> None:
        self._answers = False
        self.kept = b""

    def taken(self) -> bytes:
        """The byte that was kept, which then no longer is."""
        kept, self.kept = self.kept, b""
        return kept

    def without(self, data: bytes) -> bytes:
        """What arrived, less what is kept of it."""
        if not self._answers:
            begun = data[: len(_BEGINNING)]
            self._answers = begun != b"" and _BEGINNING.startswith(begun)
        if not self._answers or len(data) < 2:
            return data
        self.kept = data[-1:]
        return data[:-1]

    def told(self, info: str, ask: Callable[[str], object]) -> object:
        """What a connection tells of itself, which is readable where there is more."""
        if info == "is_readable" and (self.kept or _decrypts(ask("ssl_object"))):
            return True
        return ask(info)


def _decrypts(tls: object) -> bool:
    """Whether there is more in what was taken off the socket, and is not decrypted yet."""
    import ssl

    if not isinstance(tls, ssl.SSLObject):
        return False
    try:
        tls.read(1)
    except ssl.SSLWantReadError:
        return False
    except ssl.SSLError:
        # What cannot be decrypted is no answer either.
        return True
    return True
