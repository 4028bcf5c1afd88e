"""What the calls of one client share: where to, as whom, and with which settings."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from .api import Api
from .auth import AnyCredential, Grant
from .clock import Clock
from .credentials import missing_credential, resolve_credentials
from .logs import CallLog
from .options import Settings
from .retries import RetryBudget
from .server import base_url, checked_url, is_loopback
from .token_source import TokenSource


class Session:
    """The state of a client. It never changes, the retry budget and the log apart.

    Raises ConfigurationError if the server or a credential that every operation needs
    is missing, or cannot be used.
    """

    __slots__ = (
        "api",
        "base_url",
        "budget",
        "clock",
        "credentials",
        "log",
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
        credential: AnyCredential | None,
        clock: Clock,
    ) -> None:
        self.api = api
        self.settings = settings
        self.clock = clock
        self.base_url = _base_url(api, variables, url)
        self.credentials = resolve_credentials(
            api.schemes, credential, prefix=api.environment, security=api.security
        )
        self.sources: Mapping[str, TokenSource] = {
            name: credential.tokens(api.schemes[name], self.base_url)
            for name, credential in self.credentials.items()
            if isinstance(credential, Grant)
        }
        self.budget = RetryBudget()
        self.log = CallLog(api.package)
        self.user_agent = _user_agent(api)
        self._check_credentials()

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


def _base_url(api: Api, variables: Mapping[str, str | None], url: str | None) -> str:
    if url is not None:
        return checked_url(url, "base_url")
    return base_url(api.server, api.variables, variables, prefix=api.environment)
