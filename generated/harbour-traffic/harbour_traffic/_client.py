"""The clients: `HarbourTrafficClient`, and `AsyncHarbourTrafficClient` that awaits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ._runtime.api import Api
from ._runtime.api_key import ApiKey
from ._runtime.auth import AsyncTokenProvider, Signer, TokenProvider
from ._runtime.client import AsyncClient, Client
from ._runtime.middleware import AsyncMiddleware, Middleware
from ._runtime.network import Network
from ._runtime.options import DEFAULT_TIMEOUT, Timeout
from ._runtime.transport import AsyncHttpClient, AsyncTransport, HttpClient, Transport

if TYPE_CHECKING:
    from .resources.ships import AsyncShips, Ships
    from .resources.watch import AsyncWatch, Watch

_API = Api(
    package="harbour_traffic",
    version="1.0.0",
    environment="HARBOUR",
    server="https://{harbour}.example.org/traffic",
    variables={"harbour": "hamburg"},
    schemes={
        "key": ApiKey(name="X-Harbour-Key", location="header"),
        "keyInQuery": ApiKey(name="key", location="query"),
    },
    security=(("key",), ("keyInQuery",)),
    requires_credential=True,
)


class HarbourTrafficClient(Client):
    """A client of Harbour Traffic.

    Safe to share between threads and tasks; close it, or use it in a `with`.

    Args:
        harbour: The harbour.
        base_url: Where the API is; None: `https://{harbour}.example.org/traffic` (The
            office of one harbour.).
        credential: An API key, or a function that is asked for it (HARBOUR_KEY_API_KEY,
            HARBOUR_KEY_IN_QUERY_API_KEY). By scheme where several could be meant:
            `{"key": ...}`. `key`: The key that the office gave you. `keyInQuery`:
            Deprecated. The key, for those who can't send headers. None: taken from the
            environment variable.
        timeout: Seconds to wait for each step of an attempt, or a `Timeout`.
        max_retries: How many times a failed attempt is repeated where that is safe.
        deadline: Seconds that a call may take with all its attempts; None: no limit.
        headers: Headers sent with every call.
        strict_responses: Raise where an answer deviates from the document.
        keep_unknown: Keep the properties that the document does not declare.
        follow_redirects: Go on where a redirect leads, if that is safe.
        network: How connections are made: proxy, trust, certificate, HTTP/2.
        http_client: Your own `httpx2` client; it is used as it is, and not closed.
        transport: What sends requests in the place of all that.
        middleware: What stands around each call and each attempt, outermost first.
    """

    def __init__(
        self,
        *,
        harbour: Literal["hamburg", "rotterdam", "antwerp"] | None = None,
        base_url: str | None = None,
        credential: (
            str
            | TokenProvider
            | Signer
            | Mapping[str, str | TokenProvider | Signer]
            | None
        ) = None,
        timeout: float | Timeout = DEFAULT_TIMEOUT,
        max_retries: int = 2,
        deadline: float | None = None,
        headers: Mapping[str, str] | None = None,
        strict_responses: bool = False,
        keep_unknown: bool = False,
        follow_redirects: bool = False,
        network: Network | None = None,
        http_client: HttpClient | None = None,
        transport: Transport | None = None,
        middleware: Sequence[Middleware] = (),
    ) -> None:
        super().__init__(
            _API,
            variables={"harbour": harbour},
            base_url=base_url,
            credential=credential,
            timeout=timeout,
            max_retries=max_retries,
            deadline=deadline,
            headers=headers,
            strict_responses=strict_responses,
            keep_unknown=keep_unknown,
            follow_redirects=follow_redirects,
            network=network,
            http_client=http_client,
            transport=transport,
            middleware=middleware,
        )

    @cached_property
    def ships(self) -> Ships:
        """The ships that are, or will be, in the harbour."""
        from .resources.ships import Ships

        return Ships(self._caller)

    @cached_property
    def watch(self) -> Watch:
        """What happens in the harbour, as it happens."""
        from .resources.watch import Watch

        return Watch(self._caller)


class AsyncHarbourTrafficClient(AsyncClient):
    """A client of Harbour Traffic.

    Safe to share between threads and tasks; close it, or use it in an `async with`.

    Args:
        harbour: The harbour.
        base_url: Where the API is; None: `https://{harbour}.example.org/traffic` (The
            office of one harbour.).
        credential: An API key, or a function that is asked for it (HARBOUR_KEY_API_KEY,
            HARBOUR_KEY_IN_QUERY_API_KEY). By scheme where several could be meant:
            `{"key": ...}`. `key`: The key that the office gave you. `keyInQuery`:
            Deprecated. The key, for those who can't send headers. None: taken from the
            environment variable.
        timeout: Seconds to wait for each step of an attempt, or a `Timeout`.
        max_retries: How many times a failed attempt is repeated where that is safe.
        deadline: Seconds that a call may take with all its attempts; None: no limit.
        headers: Headers sent with every call.
        strict_responses: Raise where an answer deviates from the document.
        keep_unknown: Keep the properties that the document does not declare.
        follow_redirects: Go on where a redirect leads, if that is safe.
        network: How connections are made: proxy, trust, certificate, HTTP/2.
        http_client: Your own `httpx2` client; it is used as it is, and not closed.
        transport: What sends requests in the place of all that.
        middleware: What stands around each call and each attempt, outermost first.
    """

    def __init__(
        self,
        *,
        harbour: Literal["hamburg", "rotterdam", "antwerp"] | None = None,
        base_url: str | None = None,
        credential: (
            str
            | AsyncTokenProvider
            | Signer
            | Mapping[str, str | AsyncTokenProvider | Signer]
            | None
        ) = None,
        timeout: float | Timeout = DEFAULT_TIMEOUT,
        max_retries: int = 2,
        deadline: float | None = None,
        headers: Mapping[str, str] | None = None,
        strict_responses: bool = False,
        keep_unknown: bool = False,
        follow_redirects: bool = False,
        network: Network | None = None,
        http_client: AsyncHttpClient | None = None,
        transport: AsyncTransport | None = None,
        middleware: Sequence[AsyncMiddleware] = (),
    ) -> None:
        super().__init__(
            _API,
            variables={"harbour": harbour},
            base_url=base_url,
            credential=credential,
            timeout=timeout,
            max_retries=max_retries,
            deadline=deadline,
            headers=headers,
            strict_responses=strict_responses,
            keep_unknown=keep_unknown,
            follow_redirects=follow_redirects,
            network=network,
            http_client=http_client,
            transport=transport,
            middleware=middleware,
        )

    @cached_property
    def ships(self) -> AsyncShips:
        """The ships that are, or will be, in the harbour."""
        from .resources.ships import AsyncShips

        return AsyncShips(self._caller)

    @cached_property
    def watch(self) -> AsyncWatch:
        """What happens in the harbour, as it happens."""
        from .resources.watch import AsyncWatch

        return AsyncWatch(self._caller)
