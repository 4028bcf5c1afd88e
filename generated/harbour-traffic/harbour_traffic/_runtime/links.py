"""Links that an answer gives: where they lead, and who may be told what there."""

from __future__ import annotations

from urllib.parse import urljoin

import msgspec

from .response import Response
from .urls import host_of, origin_of


class Link(msgspec.Struct, frozen=True):
    """Where a link leads; `foreign` is another host, which is told nothing of the client."""

    url: str
    foreign: bool


def absolute(link: object, response: Response[object]) -> str | None:
    """The URL that a link in an answer means (RFC 3986, section 5); None for no link."""
    if not isinstance(link, str) or not link.strip():
        return None
    return urljoin(response.request.url, link.strip())


def followed(link: str, base_url: str, hosts: tuple[str, ...]) -> Link | None:
    """Where a link leads to from the service; None if it must not be followed.

    It may lead to the host of the service itself, or to one of `hosts`.
    """
    url = _upgraded(urljoin(f"{base_url}/", link), base_url)
    foreign = origin_of(url) != origin_of(base_url)
    if foreign and not _trusted(url, base_url, hosts):
        return None
    return Link(url, foreign)


def _trusted(url: str, base_url: str, hosts: tuple[str, ...]) -> bool:
    """Whether a link to another host may be followed: never from https to http."""
    secure = url.startswith("https:") or base_url.startswith("http:")
    return secure and host_of(url) in hosts


def _upgraded(url: str, base_url: str) -> str:
    """The URL, with https where only that differs from the service's own.

    Services behind a proxy that ends TLS often don't know that they are called by https.
    """
    secure = "https:" + url.removeprefix("http:")
    return secure if origin_of(secure) == origin_of(base_url) else url
