"""Ways through a proxy of HTTP: connections that are closed where they do not come about.

httpcore2 keeps one whose tunnel fails for good, as if it were in use, and leaves addresses of
IPv6 without the brackets that a proxy reads them by.
"""

from __future__ import annotations

from copy import copy
from typing import cast

import anyio
import httpcore2


class ProxiedPool(httpcore2.ConnectionPool):
    """A pool for threads, all of whose connections lead through a proxy."""

    def create_connection(
        self, origin: httpcore2.Origin
    ) -> httpcore2.ConnectionInterface:
        made = Tunnel(super().create_connection(origin))
        return cast("httpcore2.ConnectionInterface", made)

    def handle_request(self, request: httpcore2.Request) -> httpcore2.Response:
        return super().handle_request(_bracketed(request))


class AsyncProxiedPool(httpcore2.AsyncConnectionPool):
    """A pool for tasks, all of whose connections lead through a proxy."""

    def create_connection(
        self, origin: httpcore2.Origin
    ) -> httpcore2.AsyncConnectionInterface:
        made = AsyncTunnel(super().create_connection(origin))
        return cast("httpcore2.AsyncConnectionInterface", made)

    async def handle_async_request(
        self, request: httpcore2.Request
    ) -> httpcore2.Response:
        return await super().handle_async_request(_bracketed(request))


class Tunnel:
    """A connection of a pool; all but its beginning is that of httpcore2."""

    def __init__(self, connection: httpcore2.ConnectionInterface) -> None:
        self._connection = connection
        self._made = False

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)

    def handle_request(self, request: httpcore2.Request) -> httpcore2.Response:
        """The answer to a request."""
        try:
            response = self._connection.handle_request(request)
        except BaseException:
            if not self._made:
                self._connection.close()
            raise
        self._made = True
        return response


class AsyncTunnel:
    """As `Tunnel`, for tasks."""

    def __init__(self, connection: httpcore2.AsyncConnectionInterface) -> None:
        self._connection = connection
        self._made = False

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)

    async def handle_async_request(
        self, request: httpcore2.Request
    ) -> httpcore2.Response:
        """The answer to a request."""
        try:
            response = await self._connection.handle_async_request(request)
        except BaseException:
            if not self._made:
                with anyio.CancelScope(shield=True):
                    await self._connection.aclose()
            raise
        self._made = True
        return response


def _bracketed(request: httpcore2.Request) -> httpcore2.Request:
    url = request.url
    if b":" not in url.host:
        return request
    bracketed = copy(request)
    bracketed.url = httpcore2.URL(
        scheme=url.scheme, host=b"[%b]" % url.host, port=url.port, target=url.target
    )
    return bracketed
