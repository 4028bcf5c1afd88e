"""OpenID Connect: OAuth 2.0 with endpoints that the provider itself tells of."""

from __future__ import annotations

from .oauth2 import OAuth2, OAuth2Grant
from .tokens import Endpoint


class OpenIdConnect(OAuth2, frozen=True, kw_only=True):
    """The scheme `openIdConnect`; `url` is that of the provider's own description."""

    url: str

    def endpoint(self, grant: OAuth2Grant) -> Endpoint | None:
        """The token endpoint, known once the description is read."""
        return Endpoint(self.url, discovered=True)
