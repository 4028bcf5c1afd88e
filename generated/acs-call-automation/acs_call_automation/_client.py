"""The clients: `CallAutomationClient`, and `AsyncCallAutomationClient` that awaits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Self

from ._runtime.api import Api
from ._runtime.auth import AsyncTokenProvider, Signer, TokenProvider
from ._runtime.bearer import Bearer
from ._runtime.client import AsyncClient, Client
from ._runtime.hmac_sha256 import AccessKey, HmacSha256, parse_connection_string
from ._runtime.middleware import AsyncMiddleware, Middleware
from ._runtime.network import Network
from ._runtime.options import DEFAULT_TIMEOUT, Timeout
from ._runtime.transport import AsyncHttpClient, AsyncTransport, HttpClient, Transport

if TYPE_CHECKING:
    from .resources.server_calling import AsyncServerCalling, ServerCalling

_API = Api(
    package="acs_call_automation",
    version="1.0.0b1",
    environment="ACS",
    server="{endpoint}",
    variables={"endpoint": None},
    schemes={"bearer": Bearer(), "accessKey": HmacSha256()},
    security=(("bearer",), ("accessKey",)),
    requires_credential=True,
)


class CallAutomationClient(Client):
    """A client of Call Automation.

    Safe to share between threads and tasks; close it, or use it in a `with`.

    Args:
        endpoint: The endpoint of your Communication Services resource, as the Azure
            portal shows it.
        credential: A token, or a function that is asked for a fresh one (ACS_TOKEN); or
            an `AccessKey`, which signs each request (ACS_ACCESS_KEY). `bearer`: A
            bearer token from Microsoft Entra. `accessKey`: A signature of each request,
            made with an access key of the resource. It covers the method, the path with
            its query, and the headers `x-ms-date`, `host` and `x-ms-content-sha256`
            (the hash of the body), and is made anew for every attempt. None: taken from
            the environment variable.
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
        endpoint: str | None = None,
        *,
        credential: str | TokenProvider | AccessKey | Signer | None = None,
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
            variables={"endpoint": endpoint},
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

    @classmethod
    def from_connection_string(
        cls,
        connection_string: str,
        *,
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
    ) -> Self:
        """A client for a connection string: `endpoint=https://...;accesskey=...`.

        Raises ConfigurationError for a text that is none. The other arguments are those
        of the class.
        """
        endpoint, credential = parse_connection_string(connection_string)
        return cls(
            endpoint,
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
    def server_calling(self) -> ServerCalling:
        """Calls that a server places and takes part in."""
        from .resources.server_calling import ServerCalling

        return ServerCalling(self._caller)


class AsyncCallAutomationClient(AsyncClient):
    """A client of Call Automation.

    Safe to share between threads and tasks; close it, or use it in an `async with`.

    Args:
        endpoint: The endpoint of your Communication Services resource, as the Azure
            portal shows it.
        credential: A token, or a function that is asked for a fresh one (ACS_TOKEN); or
            an `AccessKey`, which signs each request (ACS_ACCESS_KEY). `bearer`: A
            bearer token from Microsoft Entra. `accessKey`: A signature of each request,
            made with an access key of the resource. It covers the method, the path with
            its query, and the headers `x-ms-date`, `host` and `x-ms-content-sha256`
            (the hash of the body), and is made anew for every attempt. None: taken from
            the environment variable.
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
        endpoint: str | None = None,
        *,
        credential: str | AsyncTokenProvider | AccessKey | Signer | None = None,
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
            variables={"endpoint": endpoint},
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

    @classmethod
    def from_connection_string(
        cls,
        connection_string: str,
        *,
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
    ) -> Self:
        """A client for a connection string: `endpoint=https://...;accesskey=...`.

        Raises ConfigurationError for a text that is none. The other arguments are those
        of the class.
        """
        endpoint, credential = parse_connection_string(connection_string)
        return cls(
            endpoint,
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
    def server_calling(self) -> AsyncServerCalling:
        """Calls that a server places and takes part in."""
        from .resources.server_calling import AsyncServerCalling

        return AsyncServerCalling(self._caller)
