"""The settings of TLS: whom a client trusts, and as whom it comes itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from importlib import import_module
from os import PathLike, fspath
from typing import TYPE_CHECKING

from .errors import ConfigurationError
from .network import Network

if TYPE_CHECKING:
    import ssl


def ssl_context(network: Network) -> ssl.SSLContext:
    """The context to verify servers with. Raises ConfigurationError if there is none."""
    verify, certificate = network.verify, network.certificate
    if not isinstance(verify, str | PathLike):
        context = verify
    elif certificate is None:
        return shared_ssl_context(fspath(verify), http2=network.http2)
    else:
        # Not the one that is shared: the certificate is this client's own.
        context = _made(fspath(verify))
    if certificate is not None:
        certificate.load(context)
    return context


@cache
def shared_ssl_context(source: str, *, http2: bool) -> ssl.SSLContext:
    """The context of all clients of a process that trust the same certificates.

    Made once: reading the store takes longer than everything else about a client. Those
    that speak HTTP/2 have another, as contexts say which protocols are offered.
    """
    return _made(source)


def _made(source: str) -> ssl.SSLContext:
    import ssl

    path = _of_certifi() if source == "certifi" else source
    try:
        if source == "system":
            return _of_system()
        return ssl.create_default_context(cafile=path)
    except (OSError, ssl.SSLError) as error:
        raise ConfigurationError(
            f"the certificates in {_named(path)} cannot be read: {error}"
        ) from None


def _of_system() -> ssl.SSLContext:
    import httpcore2

    return httpcore2.default_ssl_context()


def _named(path: str) -> str:
    """Where certificates are; those of the system may be elsewhere by the environment."""
    if path != "system":
        return path
    given = (os.environ.get(name) for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"))
    return next(filter(None, given), "the store of the system")


def _of_certifi() -> str:
    # By name: whoever does not want certifi checks the types of this package without it.
    try:
        where: Callable[[], str] = import_module("certifi").where
    except ImportError:
        raise ConfigurationError(
            'verify="certifi" needs the package certifi: pip install certifi'
        ) from None
    return where()
