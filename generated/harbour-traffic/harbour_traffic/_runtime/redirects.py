"""Where a redirect leads, and whether it may be followed without harm."""

from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit

import msgspec

from .request import RawResponse, Request
from .urls import PATH_CHARACTERS, same_origin

MOST_REDIRECTS = 10

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SAFE = frozenset({"GET", "HEAD"})


def redirected(request: Request, response: RawResponse) -> Request | None:
    """The request that a redirect asks for; None for what is none, or is not followed.

    303 becomes a GET; the others keep method and body (RFC 9110, section 15.4), of
    methods that change something only 307 and 308 do. Nothing leads from https to http.
    Another host gets a GET or HEAD with harmless header fields, and nothing else.
    """
    location = response.headers.get("location")
    if response.status not in _REDIRECTS or not location:
        return None
    url = _target(request.url, location)
    if url is None:
        return None
    if response.status == 303 and request.method != "HEAD":
        request = _without_body(request)
    elif response.status in (301, 302) and request.method not in _SAFE:
        return None
    if not same_origin(request.url, url):
        if request.method not in _SAFE or request.content is not None:
            return None
        request = msgspec.structs.replace(request, headers=request.headers.harmless())
    return None if request.spent else msgspec.structs.replace(request, url=url)


def _target(old: str, location: str) -> str | None:
    """The URL that a Location field leads to; None for one that is not followed."""
    try:
        parts = urlsplit(urljoin(old, location))
        known = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    secure = parts.scheme == "https"
    plain = parts.scheme == "http" and urlsplit(old).scheme == "http"
    if not known or "@" in parts.netloc or not (secure or plain):
        return None
    # Some services send what no URL may hold as it is.
    return quote(parts._replace(fragment="").geturl(), safe=f"{PATH_CHARACTERS}?[]")


def _without_body(request: Request) -> Request:
    left = {"content-type", "content-length"}
    fields = [f for f in request.headers.multi_items() if f[0].lower() not in left]
    return msgspec.structs.replace(
        request, method="GET", content=None, headers=type(request.headers)(fields)
    )
