"""What the clients of all packages have in common: how they are set up, and closed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from types import TracebackType
from typing import Generic, ParamSpec, Self, TypeVar

from .api import Api
from .auth import AnyCredential
from .call import AsyncCaller, Caller
from .clock import Clock
from .headers import Headers
from .http_transport import AsyncHttpTransport, HttpTransport
from .options import (
    DEFAULT_TIMEOUT,
    Settings,
    Timeout,
    as_count,
    as_deadline,
    as_fields,
    as_flag,
    as_timeout,
)
from .response import Response, async_with_response, with_response
from .session import Session
from .transport import AsyncHttpClient, AsyncTransport, HttpClient, Transport

P = ParamSpec("P")
T = TypeVar("T")
OwnClient = TypeVar("OwnClient")
OwnTransport = TypeVar("OwnTransport")


class _BaseClient(ABC, Generic[OwnClient, OwnTransport]):
    """The setting up, for a kind of HTTP client and a kind of transport.

    `base_url` takes the place of the API's own server. `http_client` is a client of
    httpx2, which the caller closes; `transport` sends requests in any way at all.
    """

    def __init__(
        self,
        api: Api,
        *,
        variables: Mapping[str, str | None] | None = None,
        base_url: str | None = None,
        credential: AnyCredential | None = None,
        timeout: float | Timeout = DEFAULT_TIMEOUT,
        max_retries: int = 2,
        deadline: float | None = None,
        headers: Mapping[str, str] | None = None,
        strict_responses: bool = False,
        keep_unknown: bool = False,
        http_client: OwnClient | None = None,
        transport: OwnTransport | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Raises ConfigurationError if the client could not work as it is set up.

        ValueError for a timeout, deadline, retry count or header that makes no sense,
        TypeError for one of another type.
        """
        settings = Settings(
            timeout=as_timeout(timeout),
            max_retries=as_count(max_retries),
            deadline=as_deadline(deadline),
            headers=Headers(as_fields({} if headers is None else headers)),
            strict_responses=as_flag("strict_responses", strict_responses),
            keep_unknown=as_flag("keep_unknown", keep_unknown),
        )
        self._session: Session = Session(
            api,
            settings,
            variables=variables or {},
            url=base_url,
            credential=credential,
            clock=clock or Clock(),
        )
        self._connect(http_client, transport)

    @abstractmethod
    def _connect(
        self, http_client: OwnClient | None, transport: OwnTransport | None
    ) -> None:
        """Makes the caller, over the caller's own transport or over httpx2."""

    def __repr__(self) -> str:
        schemes = ", ".join(self._session.credentials) or "none"
        return f"<{type(self).__name__} of {self._session.base_url}, credentials: {schemes}>"


class Client(_BaseClient[HttpClient, Transport]):
    """A client whose operations return when they are done. Safe to share by threads.

    Closed by `close()` or by leaving its `with` block.
    """

    def _connect(
        self, http_client: HttpClient | None, transport: Transport | None
    ) -> None:
        self._http: HttpTransport = HttpTransport(http_client)
        self._caller: Caller = Caller(self._session, transport or self._http)

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


class AsyncClient(_BaseClient[AsyncHttpClient, AsyncTransport]):
    """A client whose operations are awaited, in asyncio or trio. Safe to share by tasks.

    Closed by `close()` or by leaving its `async with` block.
    """

    def _connect(
        self, http_client: AsyncHttpClient | None, transport: AsyncTransport | None
    ) -> None:
        self._http: AsyncHttpTransport = AsyncHttpTransport(http_client)
        self._caller: AsyncCaller = AsyncCaller(self._session, transport or self._http)

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
