"""What the calls of one client share: where to, as whom, and with which settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from .api import Api
from .auth import AnyCredential, Credential, Credentials, Grant
from .clock import Clock
from .credentials import missing_credential, resolve_credentials
from .environment import variable_name
from .errors import ConfigurationError
from .logs import CallLog
from .operation import Operation
from .options import Settings
from .retries import RetryBudget
from .server import base_url, checked_url, is_loopback
from .token_source import TokenSource


class Session:
    """The state of a client. It never changes, the retry budget, tokens and the log apart.

    `url` takes the place of all servers, `server` is the name of one. `certified`: whether
    its connections have a certificate of their own.

    Raises ConfigurationError if the server or a credential that every operation needs
    is missing, or cannot be used.
    """

    __slots__ = (
        "_variables",
        "api",
        "base_url",
        "budget",
        "clock",
        "credentials",
        "log",
        "own_url",
        "settings",
        "sources",
        "user_agent",
    )

    def __init__(
        self,
        api: Api,
        settings: Settings,
        *,
        variables: Mapping[str, str | None],
        url: str | None,
        server: str | None = None,
        credential: AnyCredential | None,
        clock: Clock,
        certified: bool = False,
    ) -> None:
        self.api = api
        self.settings = settings
        self.clock = clock
        self._variables = variables
        self.own_url = url is not None
        self.base_url = _base_url(api, variables, url, server)
        found = resolve_credentials(
            api.schemes, credential, prefix=api.environment, security=api.security
        )
        self.credentials = _with_certificate(api, found) if certified else found
        self.sources: Mapping[str, TokenSource] = {
            name: credential.tokens(api.schemes[name], self.base_url)
            for name, credential in self.credentials.items()
            if isinstance(credential, Grant)
        }
        self.budget = RetryBudget()
        self.log = CallLog(api.package)
        self.user_agent = _user_agent(api)
        self._check_credentials()

    def url_of(self, operation: Operation[object], settings: Settings) -> str:
        """The base URL of one call: its own, the client's, the operation's, the API's."""
        if settings.base_url is not None:
            return checked_url(settings.base_url, "base_url")
        server = operation.server
        if server is None or self.own_url:
            return self.base_url
        prefix = self.api.environment
        # Relative to the API's own (OpenAPI 3.1, section 4.8.5).
        whole = server.within(self.base_url)
        return base_url(whole.url, whole.variables, self._variables, prefix=prefix)

    def _check_credentials(self) -> None:
        own = "authorization" in self.settings.headers
        if self.api.requires_credential and not self.credentials and not own:
            api = self.api
            raise missing_credential(api.schemes, api.security, api.environment)
        plain = self.base_url.startswith("http:") and not is_loopback(self.base_url)
        if plain and (self.credentials or own):
            self.log.plain_http(self.base_url)
        for source in self.sources.values():
            if source.url.startswith("http:") and not is_loopback(source.url):
                self.log.plain_http(source.url)


def _user_agent(api: Api) -> str:
    major, minor = sys.version_info[:2]
    return f"{api.package.replace('_', '-')}/{api.version} python/{major}.{minor}"


def _with_certificate(api: Api, found: Credentials) -> Credentials:
    """The credentials, and that of the connections for the schemes that want only it."""
    wanting = [n for n, each in api.schemes.items() if each.kind == "mutualTLS"]
    return {**dict.fromkeys(wanting, Credential()), **found}


def _base_url(
    api: Api, variables: Mapping[str, str | None], url: str | None, chosen: str | None
) -> str:
    if url is not None:
        return checked_url(url, "base_url")
    prefix = api.environment
    name = chosen or os.environ.get(variable_name(prefix, "SERVER"))
    if name is None or not api.servers:
        return base_url(api.server, api.variables, variables, prefix=prefix)
    if name not in api.servers:
        known = ", ".join(map(repr, api.servers))
        raise ConfigurationError(f"there is no server {name!r}; there are {known}")
    server = api.servers[name]
    return base_url(server.url, server.variables, variables, prefix=prefix)
