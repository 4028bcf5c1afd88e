"""What security schemes are: the ways to say who calls, as a closed sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class BearerScheme:
    """A token in `Authorization: Bearer` (RFC 6750), whoever issues it."""

    id: str
    name: str
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicScheme:
    """A user name and password (RFC 7617)."""

    id: str
    name: str
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyScheme:
    """A key in a header, a query parameter or a cookie."""

    id: str
    name: str
    parameter: str
    location: Literal["header", "query", "cookie"]
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HmacScheme:
    """A signature by access key: the `HMAC-SHA256` scheme of Azure services."""

    id: str
    name: str
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuth2Scheme:
    """Tokens that a client can buy itself (RFC 6749).

    `token_url` is that of the client credentials flow, `refresh_url` that of another.
    """

    id: str
    name: str
    token_url: str | None = None
    refresh_url: str | None = None
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIdScheme:
    """Tokens of a provider that describes itself at `url` (OpenID Connect Discovery)."""

    id: str
    name: str
    url: str
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedScheme:
    """A scheme of HTTP that calque does not know: its caller signs the requests."""

    id: str
    name: str
    scheme: str
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MutualTlsScheme:
    """The client's own certificate, in TLS itself."""

    id: str
    name: str
    doc: str = ""


SecurityScheme: TypeAlias = (
    BearerScheme
    | BasicScheme
    | ApiKeyScheme
    | HmacScheme
    | OAuth2Scheme
    | OpenIdScheme
    | SignedScheme
    | MutualTlsScheme
)
