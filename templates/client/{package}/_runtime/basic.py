"""User name and password: `Authorization: Basic <base64>` (RFC 7617)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from typing import ClassVar

import msgspec

from .auth import Credential, OneCredential, Secret, Variables
from .errors import ConfigurationError
from .request import Request


class BasicCredentials(Credential):
    """A user name and a password.

    Raises ConfigurationError for what RFC 7617 forbids: a colon in the user name, a
    control character in either.
    """

    __slots__ = ("password", "username")

    def __init__(self, username: str, password: str) -> None:
        if ":" in username:
            raise ConfigurationError("the user name must not hold a colon")
        if any(
            ord(character) < 32 or ord(character) == 127
            for character in username + password
        ):
            raise ConfigurationError(
                "user name and password must not hold control characters"
            )
        self.username = username
        self.password = password


class Basic(msgspec.Struct, frozen=True, kw_only=True):
    """The `http` scheme `basic`."""

    kind: ClassVar[str] = "basic"
    takes: ClassVar[str] = "BasicCredentials(username, password)"
    variables: ClassVar[Variables] = (("USERNAME", "PASSWORD"),)
    signs: ClassVar[bool] = False

    def fits(self, credential: OneCredential) -> bool:
        """User name and password together."""
        return isinstance(credential, BasicCredentials)

    def from_values(self, values: Sequence[str]) -> Secret:
        """User name and password together."""
        return BasicCredentials(*values)

    def check(self, secret: Secret) -> None:
        """Checked when it was made."""

    def authenticate(self, request: Request, secret: Secret, *, now: float) -> Request:
        """The request with user name and password, as UTF-8, in its Authorization field."""
        if not isinstance(secret, BasicCredentials):
            raise ConfigurationError(f"credential must be {self.takes}")
        pair = f"{secret.username}:{secret.password}".encode()
        return request.with_headers(
            {"Authorization": f"Basic {b64encode(pair).decode('ascii')}"}
        )
