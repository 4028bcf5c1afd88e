"""Bearer tokens: `Authorization: Bearer <token>` (RFC 6750)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from .auth import OneCredential, Secret, Variables, check_token
from .request import Request


class Bearer(msgspec.Struct, frozen=True, kw_only=True):
    """The `http` scheme `bearer`, and every scheme that ends in a bearer token."""

    kind: ClassVar[str] = "bearer"
    takes: ClassVar[str] = "a bearer token (a str, or a callable that returns one)"
    variables: ClassVar[Variables] = (("TOKEN",),)
    signs: ClassVar[bool] = False

    def fits(self, credential: OneCredential) -> bool:
        """A string, or a callable that is asked for one."""
        return isinstance(credential, str) or callable(credential)

    def from_values(self, values: Sequence[str]) -> Secret:
        """The token."""
        return values[0]

    def check(self, secret: Secret) -> None:
        """Raises ConfigurationError for a token that a header field cannot carry."""
        check_token("the token", str(secret))

    def authenticate(self, request: Request, secret: Secret, *, now: float) -> Request:
        """The request with the token in its Authorization field."""
        return request.with_headers({"Authorization": f"Bearer {secret}"})
