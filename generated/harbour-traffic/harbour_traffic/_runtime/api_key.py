"""API keys: a secret string in a header field, a query parameter or a cookie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal, assert_never
from urllib.parse import quote, urlsplit, urlunsplit

import msgspec

from .auth import OneCredential, Secret, Variables, check_token
from .request import Request


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """The `apiKey` scheme: `name` and place of the key."""

    name: str
    location: Literal["header", "query", "cookie"] = "header"

    kind: ClassVar[str] = "apiKey"
    takes: ClassVar[str] = "an API key (a str, or a callable that returns one)"
    variables: ClassVar[Variables] = (("API_KEY",),)
    signs: ClassVar[bool] = False

    def fits(self, credential: OneCredential) -> bool:
        """A string, or a callable that is asked for one."""
        return isinstance(credential, str) or callable(credential)

    def from_values(self, values: Sequence[str]) -> Secret:
        """The key."""
        return values[0]

    def check(self, secret: Secret) -> None:
        """Raises ConfigurationError for a key that a header field cannot carry."""
        check_token("the API key", str(secret))

    def authenticate(self, request: Request, secret: Secret, *, now: float) -> Request:
        """The request with the key in its place."""
        match self.location:
            case "header":
                return request.with_headers({self.name: str(secret)})
            case "query":
                return self._in_query(request, str(secret))
            case "cookie":
                return self._in_cookie(request, str(secret))
            case _:
                assert_never(self.location)

    def _in_query(self, request: Request, key: str) -> Request:
        parts = urlsplit(request.url)
        pair = f"{quote(self.name, safe='')}={quote(key, safe='')}"
        query = f"{parts.query}&{pair}" if parts.query else pair
        return msgspec.structs.replace(
            request,
            url=urlunsplit(parts._replace(query=query)),
            secret_query=request.secret_query | {self.name},
        )

    def _in_cookie(self, request: Request, key: str) -> Request:
        pair = f"{self.name}={quote(key, safe='')}"
        others = request.headers.get("cookie")
        return request.with_headers({"Cookie": f"{others}; {pair}" if others else pair})
