"""How clients of httpx2 are made for a network: without cookies, redirects or defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .deadlines import keeping_time
from .errors import ConfigurationError
from .handshakes import closing_halves
from .network import Network
from .network_backends import rewired
from .tls import ssl_context

if TYPE_CHECKING:
    from http.cookiejar import CookieJar

    import httpx2


def new_client(network: Network) -> httpx2.Client:
    """A client for threads. Raises ConfigurationError if the network cannot be had."""
    import httpx2

    _check(network)
    verify, limits = ssl_context(network), _limits(network)
    socket = network.unix_socket
    transport = socket and httpx2.HTTPTransport(
        verify=verify, http2=network.http2, limits=limits, uds=socket
    )
    client = httpx2.Client(
        verify=verify,
        http2=network.http2,
        proxy=network.proxy,
        limits=limits,
        cookies=_no_cookies(),
        transport=transport or None,
    )
    return rewired(client, keeping_time)


def new_async_client(network: Network) -> httpx2.AsyncClient:
    """A client for tasks. Raises ConfigurationError if the network cannot be had."""
    import httpx2

    _check(network)
    verify, limits = ssl_context(network), _limits(network)
    socket = network.unix_socket
    transport = socket and httpx2.AsyncHTTPTransport(
        verify=verify, http2=network.http2, limits=limits, uds=socket
    )
    client = httpx2.AsyncClient(
        verify=verify,
        http2=network.http2,
        proxy=network.proxy,
        limits=limits,
        cookies=_no_cookies(),
        transport=transport or None,
    )
    return rewired(client, closing_halves)


def _check(network: Network) -> None:
    from importlib.util import find_spec
    from urllib.parse import urlsplit

    if network.http2 and find_spec("h2") is None:
        raise ConfigurationError(
            "http2=True needs the package h2: install this package with its extra http2"
        )
    if network.http2:
        _keep_secrets_of_http2()
    proxy = network.proxy
    if proxy is None:
        return
    scheme = urlsplit(proxy).scheme
    if scheme not in ("http", "https", "socks5", "socks5h"):
        raise ConfigurationError(
            "proxy must be a URL that begins with http://, https:// or socks5://"
        )
    if scheme.startswith("socks5") and find_spec("socksio") is None:
        raise ConfigurationError(
            "a SOCKS proxy needs the package socksio: pip install socksio"
        )


def _keep_secrets_of_http2() -> None:
    """Has hpack, which logs every header field at DEBUG, do so only where it is told to."""
    import logging

    logger = logging.getLogger("hpack")
    if logger.level == logging.NOTSET:
        logger.setLevel(logging.INFO)


def _no_cookies() -> CookieJar:
    from http.cookiejar import CookieJar, DefaultCookiePolicy

    return CookieJar(policy=DefaultCookiePolicy(allowed_domains=()))


def _limits(network: Network) -> httpx2.Limits:
    import httpx2

    return httpx2.Limits(
        max_connections=network.max_connections,
        max_keepalive_connections=network.max_idle_connections,
    )
