"""Credentials: what a caller gives, what a scheme does with it, and what a call needs.

How a scheme writes a credential into a request is the scheme's own, in its own module.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeAlias

from .errors import ConfigurationError
from .headers import REDACTED
from .request import Request

if TYPE_CHECKING:
    from .token_source import TokenSource

TokenProvider: TypeAlias = Callable[[], str]
"""Asked for a fresh token before each attempt."""

AsyncTokenProvider: TypeAlias = Callable[[], str | Awaitable[str]]
"""Asked for a fresh token before each attempt; it may be an `async def`."""


class Credential:
    """The base of credentials that are more than a string; `repr` shows nothing of them."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({REDACTED})"


class Signer(Credential, ABC):
    """The base of your own ways to authenticate: it serves any scheme.

    class Stamp(Signer):
        def sign(self, request: Request) -> Request:
            return request.with_headers({"Authorization": stamp(request.url)})
    """

    __slots__ = ()

    @abstractmethod
    def sign(self, request: Request) -> Request:
        """The request as it is to be sent; asked for each attempt, after all else."""


class Grant(Credential, ABC):
    """The base of what is exchanged for tokens at a token endpoint."""

    __slots__ = ()

    @abstractmethod
    def tokens(self, scheme: Scheme, base_url: str) -> TokenSource:
        """The tokens of one client; URLs of the scheme are relative to `base_url`.

        Raises ConfigurationError if the scheme names no endpoint for this grant.
        """


Secret: TypeAlias = str | Credential
"""What a scheme writes into a request."""

OneCredential: TypeAlias = Secret | TokenProvider | AsyncTokenProvider

AnyCredential: TypeAlias = OneCredential | Mapping[str, OneCredential]
"""A credential, or several by the name of their scheme."""

Variables: TypeAlias = tuple[tuple[str, ...], ...]
"""Alternatives, each the ends of names of variables that make a credential together."""


class Scheme(Protocol):
    """A way to authenticate: how a credential is recognised and put into a request."""

    kind: ClassVar[str]
    takes: ClassVar[str]
    """What a caller passes, in words."""
    variables: ClassVar[Variables]
    """The ends of the names of environment variables that hold the credential."""
    signs: ClassVar[bool]
    """Whether it covers the whole request, and so must come last."""

    def fits(self, credential: OneCredential) -> bool:
        """Whether a credential is of the type that this scheme takes."""
        ...

    def from_values(self, values: Sequence[str]) -> Secret:
        """The credential out of the values of one alternative of its variables."""
        ...

    def check(self, secret: Secret) -> None:
        """Raises ConfigurationError for a secret that no request can carry."""
        ...

    def authenticate(self, request: Request, secret: Secret, *, now: float) -> Request:
        """The request with the credential in it; `now` is Unix time."""
        ...


Schemes: TypeAlias = Mapping[str, Scheme]
Credentials: TypeAlias = Mapping[str, OneCredential]

Security: TypeAlias = tuple[tuple[str, ...], ...]
"""Alternatives, each the names of the schemes that it takes together."""


def required_schemes(
    security: Security, credentials: Credentials
) -> tuple[str, ...] | None:
    """The schemes to authenticate a call with; None if a credential is missing.

    The first alternative that can be met, one with a credential before one without.
    """
    for alternative in security:
        if alternative and all(name in credentials for name in alternative):
            return alternative
    return () if not security or () in security else None


def check_token(what: str, token: str) -> None:
    """Raises ConfigurationError for a token that a header field cannot carry as it is.

    The message keeps the token back.
    """
    if not token:
        raise ConfigurationError(f"{what} is empty")
    if token != token.strip() or not token.isprintable():
        raise ConfigurationError(
            f"{what} holds white space around it or a control character, such as a line "
            "break at its end: was it read from a file without strip()?"
        )
    if not token.isascii():
        raise ConfigurationError(f"{what} holds a character that is not ASCII")
