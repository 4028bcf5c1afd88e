"""Where the service is: the base URL out of the server of the API and its variables."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

import msgspec

from .environment import argument_name, variable_name
from .errors import ConfigurationError
from .urls import PATH_CHARACTERS, without_query

_VARIABLE = re.compile(r"\{([^{}]+)\}")
_IPV4_LOOPBACK = re.compile(r"127(\.\d{1,3}){3}")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Server(msgspec.Struct, frozen=True):
    """A URL with `{variables}`, and the default of each; None for one without."""

    url: str
    variables: Mapping[str, str | None] = {}

    def within(self, url: str) -> Server:
        """The same, its URL taken as relative to another."""
        return Server(urljoin(f"{url}/", self.url), self.variables)


def base_url(
    template: str,
    defaults: Mapping[str, str | None],
    given: Mapping[str, str | None],
    *,
    prefix: str,
    environment: Mapping[str, str] = os.environ,
) -> str:
    """The URL that the paths of operations are appended to, without a slash at its end.

    A variable has the value that the caller gave, else that of the environment variable
    `PREFIX_VARIABLE`, else its default. Raises ConfigurationError for one that has none,
    and for a result that is no http or https URL.
    """

    def value(variable: re.Match[str]) -> str:
        return _value(variable[1], defaults, given, prefix, environment)

    whole = _VARIABLE.fullmatch(template)
    what = argument_name(whole[1]) if whole else "the server URL"
    return checked_url(_VARIABLE.sub(value, template), what)


def _value(
    name: str,
    defaults: Mapping[str, str | None],
    given: Mapping[str, str | None],
    prefix: str,
    environment: Mapping[str, str],
) -> str:
    variable = variable_name(prefix, name)
    found = given.get(name)
    if found is None:
        found = environment.get(variable) or defaults.get(name)
    if found is None:
        argument = argument_name(name)
        raise ConfigurationError(
            f"{argument} is missing: pass {argument}=, "
            f"or set the environment variable {variable}"
        )
    return _stripped(found, argument_name(name))


def checked_url(url: str, what: str) -> str:
    """A base URL in the form that is sent: host in lower case, no default port.

    Raises ConfigurationError if it is none; the message never shows user name, password
    or query.
    """
    url = _stripped(url, what)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ConfigurationError(f"{what} is not a URL: {error}") from None
    _refuse_unusable(parts, url, what)
    host = (parts.hostname or "").lower()
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        netloc = f"{netloc}:{port}"
    path = quote(parts.path.rstrip("/"), safe=PATH_CHARACTERS)
    return urlunsplit((parts.scheme, netloc, path, "", ""))


def _stripped(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise ConfigurationError(f"{what} takes a str, not a {type(value).__name__}")
    return value.strip()


def is_loopback(url: str) -> bool:
    """Whether the URL leads to this machine itself."""
    host = urlsplit(url).hostname or ""
    return host in ("localhost", "::1") or _IPV4_LOOPBACK.fullmatch(host) is not None


def _refuse_unusable(parts: SplitResult, url: str, what: str) -> None:
    if "@" in parts.netloc:
        raise ConfigurationError(
            f"{what} must not hold a user name or password: pass credential= instead"
        )
    # Without a scheme, what comes before an @ is not recognised as a user name.
    shown = re.sub(r"[^/]*@", "", without_query(url))
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        raise ConfigurationError(
            f"{what} must be an http or https URL, such as "
            f"https://service.example.com, and is {shown!r}"
        )
    if parts.query or parts.fragment:
        raise ConfigurationError(f"{what} must not have a query or fragment: {shown!r}")
    if not url.isascii() or not url.isprintable() or " " in url:
        raise ConfigurationError(
            f"{what} must be ASCII without white space, a host of another script in its "
            f"xn-- form: {shown!r}"
        )
