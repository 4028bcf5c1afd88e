"""What the clients of all packages have in common: how they are set up, and closed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from types import TracebackType
from typing import Generic, ParamSpec, Self, TypeVar, Unpack

import msgspec

from .api import Api
from .auth import AnyCredential
from .call import AsyncCaller, Caller
from .client_transport import AsyncClientTransport, ClientTransport
from .clock import Clock, clock_of
from .http_transport import AsyncHttpTransport, HttpTransport
from .middleware import AsyncMiddleware, Middleware
from .network import DEFAULT_NETWORK, ClientCertificate, Network
from .options import ClientOptions, client_settings
from .response import Response, async_with_response, with_response
from .session import Session
from .transport import AsyncHttpClient, AsyncTransport, HttpClient, Transport

P = ParamSpec("P")
T = TypeVar("T")
OwnClient = TypeVar("OwnClient")
OwnTransport = TypeVar("OwnTransport")
OwnMiddleware = TypeVar("OwnMiddleware")


class _BaseClient(ABC, Generic[OwnClient, OwnTransport, OwnMiddleware]):
    """The setting up, for a kind of HTTP client and a kind of transport.

    `base_url` takes the place of the API's own servers, `server` is the name of one.
    `network` says how connections are made; `http_client` is a client of httpx2, which
    the caller closes; `transport` sends requests in any way at all.
    """

    def __init__(
        self,
        api: Api,
        *,
        variables: Mapping[str, str | None] | None = None,
        base_url: str | None = None,
        credential: AnyCredential | None = None,
        server: str | None = None,
        network: Network | None = None,
        http_client: OwnClient | None = None,
        transport: OwnTransport | None = None,
        middleware: Sequence[OwnMiddleware] = (),
        clock: Clock | None = None,
        **chosen: Unpack[ClientOptions],
    ) -> None:
        """Raises ConfigurationError if the client could not work as it is set up.

        ValueError for a timeout, deadline, retry count or header that makes no sense,
        TypeError for one of another type.
        """
        network = network or DEFAULT_NETWORK
        own = http_client is not None or transport is not None
        self._session: Session = Session(
            api,
            client_settings(**chosen),
            variables=variables or {},
            url=base_url,
            server=server,
            credential=credential,
            clock=clock or clock_of(transport),
            certified=own or network.certificate is not None,
        )
        network = _with_certificate(network, self._session)
        self._connect(network, http_client, transport, middleware)

    @abstractmethod
    def _connect(
        self,
        network: Network,
        http_client: OwnClient | None,
        transport: OwnTransport | None,
        middleware: Sequence[OwnMiddleware],
    ) -> None:
        """Makes the caller, over the caller's own transport or over connections of ours."""

    def __reduce__(self) -> str | tuple[object, ...]:
        # Its connections are those of this process, and its credentials are nobody's else.
        raise TypeError("a client cannot be pickled: make one in each process")

    def __repr__(self) -> str:
        schemes = ", ".join(self._session.credentials) or "none"
        return f"<{type(self).__name__} of {self._session.base_url}, credentials: {schemes}>"


def _with_certificate(network: Network, session: Session) -> Network:
    """The network with the certificate that is a credential of the client."""
    given = session.credentials.values()
    found = [each for each in given if isinstance(each, ClientCertificate)]
    if network.certificate is not None or not found:
        return network
    return msgspec.structs.replace(network, certificate=found[0])


class Client(_BaseClient[HttpClient, Transport, Middleware]):
    """A client whose operations return when they are done. Safe to share by threads.

    Closed by `close()` or by leaving its `with` block.
    """

    def _connect(
        self,
        network: Network,
        http_client: HttpClient | None,
        transport: Transport | None,
        middleware: Sequence[Middleware],
    ) -> None:
        self._http: HttpTransport | ClientTransport = (
            HttpTransport(network)
            if http_client is None
            else ClientTransport(http_client)
        )
        self._caller: Caller = Caller(
            self._session, transport or self._http, middleware
        )

    def with_response(self, operation: Callable[P, T]) -> Callable[P, Response[T]]:
        """The same operation, returning the whole `Response` in the place of its value.

        response = client.with_response(client.pets.list)(limit=10)
        response.status, response.headers, response.value
        """
        return with_response(operation)

    def close(self) -> None:
        """Closes the connections; a caller's own HTTP client stays open."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class AsyncClient(_BaseClient[AsyncHttpClient, AsyncTransport, AsyncMiddleware]):
    """A client whose operations are awaited, in asyncio or trio. Safe to share by tasks.

    Closed by `close()` or by leaving its `async with` block.
    """

    def _connect(
        self,
        network: Network,
        http_client: AsyncHttpClient | None,
        transport: AsyncTransport | None,
        middleware: Sequence[AsyncMiddleware],
    ) -> None:
        self._http: AsyncHttpTransport | AsyncClientTransport = (
            AsyncHttpTransport(network)
            if http_client is None
            else AsyncClientTransport(http_client)
        )
        self._caller: AsyncCaller = AsyncCaller(
            self._session, transport or self._http, middleware
        )

    def with_response(
        self, operation: Callable[P, Awaitable[T]]
    ) -> Callable[P, Coroutine[None, None, Response[T]]]:
        """The same operation, returning the whole `Response` in the place of its value.

        response = await client.with_response(client.pets.list)(limit=10)
        response.status, response.headers, response.value
        """
        return async_with_response(operation)

    async def close(self) -> None:
        """Closes the connections; a caller's own HTTP client stays open."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()
