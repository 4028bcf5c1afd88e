"""The parts of a URL, and how much of one may be shown."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit, urlunsplit

from .headers import REDACTED

# Names under which credentials travel in queries, besides those that the API declares.
_SECRET_QUERY = frozenset(
    {
        "access_key",
        "access_token",
        "accesskey",
        "api-key",
        "api_key",
        "apikey",
        "auth",
        "authorization",
        "client_secret",
        "code",
        "id_token",
        "key",
        "passwd",
        "password",
        "pwd",
        "refresh_token",
        "secret",
        "sig",
        "signature",
        "subscription-key",
        "token",
        "x-amz-credential",
        "x-amz-security-token",
        "x-amz-signature",
        "x-api-key",
    }
)


_TELLING = re.compile("[?@#]")
"""What stands before a query, or after a user name: without it there are none."""

PATH_CHARACTERS = "/%:@!$&'()*+,;=-._~"
"""What may stand in a path as it is (RFC 3986, section 3.3), `%` for what is encoded."""


def is_host(name: str | None) -> bool:
    """Whether a name can be looked up: at others Python itself fails in its own way.

    A label has 1 to 63 characters (RFC 1035, section 2.3.4).
    """
    labels = (name or "").removesuffix(".").split(".")
    return all(each.isascii() and 0 < len(each) < 64 for each in labels)


def host_of(url: str) -> str:
    """Host and port as the Host field carries them: the port only if it is not the default."""
    netloc = urlsplit(url).netloc
    return netloc.rpartition("@")[2]


def origin_of(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port, whose equality is what a credential may be sent by."""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname or "", port


def same_origin(one: str, other: str) -> bool:
    """Whether two URLs have scheme, host and port in common (RFC 6454)."""
    return origin_of(one) == origin_of(other)


def target_of(url: str) -> str:
    """Path with query, as the request line carries them."""
    parts = urlsplit(url)
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path


def without_query(url: str) -> str:
    """Scheme, host and path: what an error message may show of a URL."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, host_of(url), parts.path, "", ""))


def redacted(url: str, secret_names: frozenset[str] = frozenset()) -> str:
    """The URL without user name and password, and with credentials in its query hidden.

    A query parameter is a credential if it is one of `secret_names` or has one of the
    names that are usual for credentials.
    """
    if not _TELLING.search(url):
        return url
    parts = urlsplit(url)
    pairs = [_shown(pair, secret_names) for pair in parts.query.split("&")]
    return urlunsplit((parts.scheme, host_of(url), parts.path, "&".join(pairs), ""))


def _shown(pair: str, secret_names: frozenset[str]) -> str:
    name, separator, _ = pair.partition("=")
    plain = unquote(name)
    if separator and (plain in secret_names or plain.lower() in _SECRET_QUERY):
        return f"{name}={REDACTED}"
    return pair
