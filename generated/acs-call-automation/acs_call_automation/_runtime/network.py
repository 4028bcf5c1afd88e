"""How connections are made: by which way, whom they trust, and with which certificate."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from .auth import Credential
from .errors import ConfigurationError

if TYPE_CHECKING:
    import ssl

Verify: TypeAlias = "Literal['system', 'certifi'] | PathLike[str] | ssl.SSLContext"


class ClientCertificate(Credential):
    """A certificate by which servers know the client (mutual TLS), as PEM files.

    `key` is that of the private key, where it is not in the file of the certificate
    itself; `password` is its own.
    """

    __slots__ = ("certificate", "key", "password")

    def __init__(
        self,
        certificate: str | PathLike[str],
        key: str | PathLike[str] | None = None,
        password: str | None = None,
    ) -> None:
        self.certificate = certificate
        self.key = key
        self.password = password

    def load(self, context: ssl.SSLContext) -> None:
        """Puts it into the settings of TLS. Raises ConfigurationError if it cannot be."""
        import ssl

        # Without a password of ours, OpenSSL would ask on the terminal.
        try:
            context.load_cert_chain(self.certificate, self.key, self.password or "")
        except (OSError, ssl.SSLError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise ConfigurationError(
                f"the client certificate cannot be used: {reason or error}"
            ) from None


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """How a client makes its connections.

    `proxy`: the URL of a proxy; None: as the environment says (HTTPS_PROXY and so on).
    `verify`: whose certificates are trusted: those of the system's own store, those of
    the package certifi, those in a file (a `Path`), or as an `ssl.SSLContext` says.
    `certificate`: the client's own. `http2`: whether HTTP/2 may be spoken. `unix_socket`:
    the path of a socket to connect to in the place of the host. Connections beyond
    `max_idle_connections` are closed after use.
    """

    proxy: str | None = None
    verify: Verify = "system"
    certificate: ClientCertificate | None = None
    http2: bool = False
    unix_socket: str | None = None
    max_connections: int | None = 1000
    max_idle_connections: int | None = 100

    def __repr__(self) -> str:
        # A proxy's URL may hold a password.
        return f"Network(http2={self.http2}, unix_socket={self.unix_socket!r})"


DEFAULT_NETWORK = Network()
"""Directly or through the proxy of the environment, trusting what the system trusts."""
