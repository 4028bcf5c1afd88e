"""Connections of a network, in pools of httpcore2 that are made when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from os import getpid
from typing import TYPE_CHECKING, Generic, TypedDict, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

from .errors import ConfigurationError
from .locks import ProcessLock
from .messages import Address
from .network import Network
from .proxies import environment_proxies, proxy_for
from .tls import shared_ssl_context, ssl_context
from .urls import is_host

if TYPE_CHECKING:
    import ssl

    import httpcore2

_IDLE_SECONDS = 5.0
"""For how long a connection is kept that nobody uses."""

_SCHEMES = ("http", "https", "socks5", "socks5h")

Pool = TypeVar("Pool")


class PoolSettings(TypedDict):
    """What a pool is made with."""

    ssl_context: ssl.SSLContext | None
    proxy: httpcore2.Proxy | None
    max_connections: int | None
    max_keepalive_connections: int | None
    keepalive_expiry: float
    http2: bool
    uds: str | None


class Pools(Generic[Pool]):
    """The pools of one client: for each proxy one of what is encrypted, and of what is not."""

    __slots__ = (
        "_by_address",
        "_closed",
        "_lock",
        "_made",
        "_network",
        "_new",
        "_process",
        "_proxies",
    )

    def __init__(self, network: Network, new: Callable[[PoolSettings], Pool]) -> None:
        self._network = network
        self._new = new
        self._closed = False
        self._lock = ProcessLock()
        self._proxies: Mapping[str, str] | None = None
        self._process = getpid()
        self._by_address: dict[Address, Pool] = {}
        self._made: dict[tuple[bool, str | None], Pool] = {}

    def of(self, address: Address) -> Pool:
        """The pool for an address. Raises ConfigurationError if it cannot be had."""
        if self._process == getpid():
            found = self._by_address.get(address)
            if found is not None:
                return found
        with self._lock:
            return self._added(address)

    def close(self) -> list[Pool]:
        """All pools, for the caller to close; there will be no more."""
        with self._lock:
            self._forget_parent()
            self._closed = True
            self._by_address.clear()
            return list(self._made.values())

    def _forget_parent(self) -> None:
        """After a fork: the connections are those of the parent, as are their locks."""
        if self._process != getpid():
            self._process, self._by_address, self._made = getpid(), {}, {}

    def _added(self, address: Address) -> Pool:
        self._forget_parent()
        if self._closed:
            raise RuntimeError("the client is closed")
        secure, proxy = address.scheme == "https", self._proxy_for(address)
        if (secure, proxy) not in self._made:
            settings = _settings(self._network, proxy, secure=secure)
            self._made[secure, proxy] = self._new(settings)
        return self._by_address.setdefault(address, self._made[secure, proxy])

    def _proxy_for(self, address: Address) -> str | None:
        network = self._network
        if network.proxy is not None or network.unix_socket is not None:
            return network.proxy
        if self._proxies is None:
            self._proxies = environment_proxies()
        scheme, host, port = address.scheme, address.host, address.port
        default = 443 if scheme == "https" else 80
        return proxy_for(self._proxies, scheme, host, port or default)


def new_pool(settings: PoolSettings) -> httpcore2.ConnectionPool:
    """A pool for threads."""
    import httpcore2

    from .connections import Backend

    if not _is_of_http(settings["proxy"]):
        return httpcore2.ConnectionPool(network_backend=Backend(), **settings)
    from .proxied import ProxiedPool

    return ProxiedPool(network_backend=Backend(), **settings)


def new_async_pool(settings: PoolSettings) -> httpcore2.AsyncConnectionPool:
    """A pool for tasks."""
    import httpcore2

    from .async_connections import AsyncBackend

    if not _is_of_http(settings["proxy"]):
        return httpcore2.AsyncConnectionPool(network_backend=AsyncBackend(), **settings)
    from .proxied import AsyncProxiedPool

    return AsyncProxiedPool(network_backend=AsyncBackend(), **settings)


def _is_of_http(proxy: httpcore2.Proxy | None) -> bool:
    return proxy is not None and proxy.url.scheme in (b"http", b"https")


def _settings(network: Network, proxy: str | None, *, secure: bool) -> PoolSettings:
    if network.http2:
        _check_http2()
    return {
        "proxy": None if proxy is None else _proxy(proxy),
        # To read the store of certificates takes longer than all else.
        "ssl_context": ssl_context(network) if secure else None,
        "max_connections": network.max_connections,
        "max_keepalive_connections": network.max_idle_connections,
        "keepalive_expiry": _IDLE_SECONDS,
        "http2": network.http2,
        "uds": network.unix_socket,
    }


def _proxy(url: str) -> httpcore2.Proxy:
    import httpcore2

    parts = _checked(url)
    if parts.scheme.startswith("socks5"):
        _check_socks()
    where = httpcore2.URL(
        scheme=parts.scheme, host=parts.hostname or "", port=parts.port, target=b"/"
    )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    auth = (user.encode(), password.encode()) if user or password else None
    secure = parts.scheme == "https"
    context = shared_ssl_context("system", http2=False) if secure else None
    return httpcore2.Proxy(where, auth, ssl_context=context)


def _checked(url: str) -> SplitResult:
    # What is wrong is not told in Python's words, which may quote a password.
    with suppress(ValueError):
        parts = urlsplit(url)
        if parts.scheme in _SCHEMES and is_host(parts.hostname) and parts.port != 0:
            return parts
    raise ConfigurationError(
        "proxy must be a URL that begins with http://, https:// or socks5://, and has a "
        "host in ASCII"
    )


def _check_http2() -> None:
    from importlib.util import find_spec

    if find_spec("h2") is None:
        raise ConfigurationError(
            "http2=True needs the package h2: install this package with its extra http2"
        )
    # It logs every header field.
    _quieten("hpack")


def _check_socks() -> None:
    from importlib.util import find_spec

    if find_spec("socksio") is None:
        raise ConfigurationError(
            "a SOCKS proxy needs the package socksio: pip install socksio"
        )
    # It logs the password.
    _quieten("httpcore2.socks")


def _quieten(name: str) -> None:
    """Has a logger that tells secrets at DEBUG do so only where it is told to."""
    import logging

    logger = logging.getLogger(name)
    if logger.level == logging.NOTSET:
        logger.setLevel(logging.INFO)
