"""The clients: `MuseumArchiveClient`, and `AsyncMuseumArchiveClient` that awaits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ._runtime.api import Api
from ._runtime.auth import AsyncTokenProvider, Signer, TokenProvider
from ._runtime.client import AsyncClient, Client
from ._runtime.middleware import AsyncMiddleware, Middleware
from ._runtime.network import Network
from ._runtime.oauth2 import ClientCredentials, OAuth2, RefreshToken
from ._runtime.options import DEFAULT_TIMEOUT, Timeout
from ._runtime.server import Server
from ._runtime.transport import AsyncHttpClient, AsyncTransport, HttpClient, Transport

if TYPE_CHECKING:
    from .resources.images import AsyncImages, Images
    from .resources.objects import AsyncObjects, Objects

_API = Api(
    package="museum_archive",
    version="1.0.0",
    environment="MUSEUM",
    server="https://archive.example.org/api/v2",
    variables={},
    servers={
        "archive": Server("https://archive.example.org/api/v2"),
        "archive_test_example_org_api_v2": Server(
            "https://archive-test.example.org/api/v2"
        ),
    },
    schemes={"curator": OAuth2(token_url="https://archive.example.org/oauth/token")},
    security=(("curator",),),
    requires_credential=False,
)


class MuseumArchiveClient(Client):
    """A client of Museum Archive.

    Safe to share between threads and tasks; close it, or use it in a `with`.

    Args:
        base_url: Where the API is; None: `https://archive.example.org/api/v2` (The
            archive.). The document also names `https://archive-test.example.org/api/v2`
            (A copy of the archive to try things out; it is emptied each night.).
        server: Which of the servers, by name (MUSEUM_SERVER).
        credential: `ClientCredentials(client_id, client_secret)` or a `RefreshToken`,
            to buy tokens with; or a token, or a function that is asked for a fresh one
            (MUSEUM_TOKEN, MUSEUM_CLIENT_ID with MUSEUM_CLIENT_SECRET). `curator`:
            Programs of the museum's curators. None: taken from the environment
            variable.
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
        base_url: str | None = None,
        server: Literal["archive", "archive_test_example_org_api_v2"] | None = None,
        credential: (
            ClientCredentials | RefreshToken | str | TokenProvider | Signer | None
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
            variables={},
            base_url=base_url,
            server=server,
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
    def images(self) -> Images:
        """Pictures of what the museum keeps."""
        from .resources.images import Images

        return Images(self._caller)

    @cached_property
    def objects(self) -> Objects:
        """What the museum keeps."""
        from .resources.objects import Objects

        return Objects(self._caller)


class AsyncMuseumArchiveClient(AsyncClient):
    """A client of Museum Archive.

    Safe to share between threads and tasks; close it, or use it in an `async with`.

    Args:
        base_url: Where the API is; None: `https://archive.example.org/api/v2` (The
            archive.). The document also names `https://archive-test.example.org/api/v2`
            (A copy of the archive to try things out; it is emptied each night.).
        server: Which of the servers, by name (MUSEUM_SERVER).
        credential: `ClientCredentials(client_id, client_secret)` or a `RefreshToken`,
            to buy tokens with; or a token, or a function that is asked for a fresh one
            (MUSEUM_TOKEN, MUSEUM_CLIENT_ID with MUSEUM_CLIENT_SECRET). `curator`:
            Programs of the museum's curators. None: taken from the environment
            variable.
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
        base_url: str | None = None,
        server: Literal["archive", "archive_test_example_org_api_v2"] | None = None,
        credential: (
            ClientCredentials | RefreshToken | str | AsyncTokenProvider | Signer | None
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
            variables={},
            base_url=base_url,
            server=server,
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
    def images(self) -> AsyncImages:
        """Pictures of what the museum keeps."""
        from .resources.images import AsyncImages

        return AsyncImages(self._caller)

    @cached_property
    def objects(self) -> AsyncObjects:
        """What the museum keeps."""
        from .resources.objects import AsyncObjects

        return AsyncObjects(self._caller)
