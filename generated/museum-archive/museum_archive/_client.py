"""The clients: `MuseumArchiveClient`, and `AsyncMuseumArchiveClient` that awaits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from ._runtime.api import Api
from ._runtime.auth import AsyncTokenProvider, Signer, TokenProvider
from ._runtime.client import AsyncClient, Client
from ._runtime.oauth2 import ClientCredentials, OAuth2, RefreshToken
from ._runtime.options import DEFAULT_TIMEOUT, Timeout
from ._runtime.transport import AsyncHttpClient, HttpClient

if TYPE_CHECKING:
    from .resources.images import AsyncImages, Images
    from .resources.objects import AsyncObjects, Objects

_API = Api(
    package="museum_archive",
    version="1.0.0",
    environment="MUSEUM",
    server="https://archive.example.org/api/v2",
    variables={},
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
        credential: A client's id and secret or a refresh token, to buy tokens with; or
            a token, or a function that is asked for a fresh one (MUSEUM_TOKEN,
            MUSEUM_CLIENT_ID with MUSEUM_CLIENT_SECRET). None: taken from the
            environment variable.
        timeout: Seconds to wait for each step of an attempt, or a `Timeout`.
        max_retries: How many times a failed attempt is repeated where that is safe.
        deadline: Seconds that a call may take with all its attempts; None: no limit.
        headers: Headers sent with every call.
        strict_responses: Raise where an answer deviates from the document.
        keep_unknown: Keep the properties that the document does not declare.
        http_client: Your own `httpx2` client; it is used as it is, and not closed.
    """

    def __init__(
        self,
        *,
        base_url: str | None = None,
        credential: (
            ClientCredentials | RefreshToken | str | TokenProvider | Signer | None
        ) = None,
        timeout: float | Timeout = DEFAULT_TIMEOUT,
        max_retries: int = 2,
        deadline: float | None = None,
        headers: Mapping[str, str] | None = None,
        strict_responses: bool = False,
        keep_unknown: bool = False,
        http_client: HttpClient | None = None,
    ) -> None:
        super().__init__(
            _API,
            variables={},
            base_url=base_url,
            credential=credential,
            timeout=timeout,
            max_retries=max_retries,
            deadline=deadline,
            headers=headers,
            strict_responses=strict_responses,
            keep_unknown=keep_unknown,
            http_client=http_client,
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
        credential: A client's id and secret or a refresh token, to buy tokens with; or
            a token, or a function that is asked for a fresh one (MUSEUM_TOKEN,
            MUSEUM_CLIENT_ID with MUSEUM_CLIENT_SECRET). None: taken from the
            environment variable.
        timeout: Seconds to wait for each step of an attempt, or a `Timeout`.
        max_retries: How many times a failed attempt is repeated where that is safe.
        deadline: Seconds that a call may take with all its attempts; None: no limit.
        headers: Headers sent with every call.
        strict_responses: Raise where an answer deviates from the document.
        keep_unknown: Keep the properties that the document does not declare.
        http_client: Your own `httpx2` client; it is used as it is, and not closed.
    """

    def __init__(
        self,
        *,
        base_url: str | None = None,
        credential: (
            ClientCredentials | RefreshToken | str | AsyncTokenProvider | Signer | None
        ) = None,
        timeout: float | Timeout = DEFAULT_TIMEOUT,
        max_retries: int = 2,
        deadline: float | None = None,
        headers: Mapping[str, str] | None = None,
        strict_responses: bool = False,
        keep_unknown: bool = False,
        http_client: AsyncHttpClient | None = None,
    ) -> None:
        super().__init__(
            _API,
            variables={},
            base_url=base_url,
            credential=credential,
            timeout=timeout,
            max_retries=max_retries,
            deadline=deadline,
            headers=headers,
            strict_responses=strict_responses,
            keep_unknown=keep_unknown,
            http_client=http_client,
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
