"""OAuth 2.0 (RFC 6749): tokens that a client buys itself, or that its caller gives it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Literal, TypeAlias
from urllib.parse import quote_plus, urljoin

import msgspec

from .auth import Grant, OneCredential, Scheme, Secret, Variables, check_token
from .errors import ConfigurationError
from .request import Request
from .tokens import Endpoint, Purchase, Tokens

ClientAuthentication: TypeAlias = Literal["basic", "body"]
"""Where the client's secret travels (RFC 6749, section 2.3.1)."""


class OAuth2(msgspec.Struct, frozen=True, kw_only=True):
    """The scheme `oauth2`.

    `token_url` is that of the client credentials flow, `refresh_url` that of a flow
    which a user takes part in; None where the API has no such flow.
    """

    token_url: str | None = None
    refresh_url: str | None = None

    # What comes of it is a bearer token.
    kind: ClassVar[str] = "bearer"
    takes: ClassVar[str] = (
        "ClientCredentials, a RefreshToken, or a token "
        "(a str, or a callable that returns one)"
    )
    variables: ClassVar[Variables] = (("TOKEN",), ("CLIENT_ID", "CLIENT_SECRET"))
    signs: ClassVar[bool] = False

    def fits(self, credential: OneCredential) -> bool:
        """A grant, a token, or a callable that is asked for one."""
        return isinstance(credential, str | OAuth2Grant) or callable(credential)

    def from_values(self, values: Sequence[str]) -> Secret:
        """The token, or the client's id and secret."""
        return ClientCredentials(*values) if len(values) == 2 else values[0]

    def check(self, secret: Secret) -> None:
        """Raises ConfigurationError for a token that a header field cannot carry."""
        if isinstance(secret, str):
            check_token("the token", secret)

    def authenticate(self, request: Request, secret: Secret, *, now: float) -> Request:
        """The request with the token in its Authorization field."""
        return request.with_headers({"Authorization": f"Bearer {secret}"})

    def endpoint(self, grant: OAuth2Grant) -> Endpoint | None:
        """Where a grant is exchanged; None if the API does not say."""
        refreshes = isinstance(grant, RefreshToken)
        url = (self.refresh_url or self.token_url) if refreshes else self.token_url
        return None if url is None else Endpoint(url)


class OAuth2Grant(Grant):
    """What the kinds of grants have in common: who asks, how, and for what."""

    __slots__ = (
        "client_authentication",
        "client_id",
        "client_secret",
        "parameters",
        "scopes",
        "token_url",
    )

    safe_to_repeat: ClassVar[bool] = True

    def __init__(
        self,
        client_id: str,
        client_secret: str | None,
        *,
        scopes: Sequence[str] | None = None,
        client_authentication: ClientAuthentication = "basic",
        token_url: str | None = None,
        parameters: Mapping[str, str] | None = None,
    ) -> None:
        if not client_id:
            raise ConfigurationError("the client id is empty")
        if isinstance(scopes, str):
            raise ConfigurationError("scopes takes a sequence of str, such as ['read']")
        self.client_id = client_id
        self.client_secret = client_secret
        self.scopes = None if scopes is None else tuple(scopes)
        self.client_authentication = client_authentication
        self.token_url = token_url
        self.parameters = dict(parameters or {})

    def tokens(self, scheme: Scheme, base_url: str) -> Tokens:
        """The tokens of one client, bought at the endpoint of the scheme."""
        if self.token_url is not None:
            found: Endpoint | None = Endpoint(self.token_url)
        else:
            found = scheme.endpoint(self) if isinstance(scheme, OAuth2) else None
        if found is None:
            raise ConfigurationError(
                f"the API names no token endpoint for {type(self).__name__}: "
                "give it as token_url="
            )
        endpoint = Endpoint(urljoin(f"{base_url}/", found.url), found.discovered)
        return Tokens(self, endpoint)

    def purchase(self, scopes: tuple[str, ...]) -> Purchase:
        """What is sent to the token endpoint."""
        wanted = scopes if self.scopes is None else self.scopes
        form = {**self._form(), **self.parameters}
        if wanted:
            form["scope"] = " ".join(wanted)
        if self.client_secret is None or self.client_authentication == "body":
            form["client_id"] = self.client_id
            if self.client_secret is not None:
                form["client_secret"] = self.client_secret
            return Purchase(form, {}, self.safe_to_repeat)
        # Both are encoded as in a form first (RFC 6749, section 2.3.1).
        pair = f"{quote_plus(self.client_id)}:{quote_plus(self.client_secret)}"
        fields = {"Authorization": f"Basic {b64encode(pair.encode()).decode('ascii')}"}
        return Purchase(form, fields, self.safe_to_repeat)

    def renewed(self, refresh_token: str) -> None:
        """Learns of a refresh token that came with a token."""

    def _form(self) -> dict[str, str]:
        raise NotImplementedError


class ClientCredentials(OAuth2Grant):
    """A client's own id and secret: tokens for the client itself (RFC 6749, section 4.4).

    `scopes` are those of every token; None: those that each operation needs.
    `client_authentication`: whether the secret travels as "basic" or in the "body".
    `token_url` takes the place of the API's own; `parameters` are sent besides, such as
    an audience. Raises ConfigurationError for an empty id or secret.
    """

    __slots__ = ()

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        *,
        scopes: Sequence[str] | None = None,
        client_authentication: ClientAuthentication = "basic",
        token_url: str | None = None,
        parameters: Mapping[str, str] | None = None,
    ) -> None:
        if not client_secret:
            raise ConfigurationError("the client secret is empty")
        super().__init__(
            client_id,
            client_secret,
            scopes=scopes,
            client_authentication=client_authentication,
            token_url=token_url,
            parameters=parameters,
        )

    def _form(self) -> dict[str, str]:
        return {"grant_type": "client_credentials"}


class RefreshToken(OAuth2Grant):
    """A refresh token, as a user's consent gave it (RFC 6749, section 6).

    A new one that comes with a token takes its place, and is told to `on_renewal`, to be
    kept. A public client has no secret. The other arguments are as for
    `ClientCredentials`; no scopes are those that the user consented to.
    """

    __slots__ = ("on_renewal", "refresh_token")

    # A service may take a refresh token that comes twice for a stolen one.
    safe_to_repeat: ClassVar[bool] = False

    def __init__(
        self,
        refresh_token: str,
        client_id: str,
        client_secret: str | None = None,
        *,
        scopes: Sequence[str] = (),
        client_authentication: ClientAuthentication = "basic",
        token_url: str | None = None,
        parameters: Mapping[str, str] | None = None,
        on_renewal: Callable[[str], None] | None = None,
    ) -> None:
        if not refresh_token:
            raise ConfigurationError("the refresh token is empty")
        super().__init__(
            client_id,
            client_secret,
            scopes=scopes,
            client_authentication=client_authentication,
            token_url=token_url,
            parameters=parameters,
        )
        self.refresh_token = refresh_token
        self.on_renewal = on_renewal

    def renewed(self, refresh_token: str) -> None:
        """Puts a new refresh token in the place of the old one."""
        if refresh_token != self.refresh_token:
            self.refresh_token = refresh_token
            if self.on_renewal is not None:
                self.on_renewal(refresh_token)

    def _form(self) -> dict[str, str]:
        return {"grant_type": "refresh_token", "refresh_token": self.refresh_token}
