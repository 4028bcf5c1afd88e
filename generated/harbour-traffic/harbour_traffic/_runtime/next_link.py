"""Pages that a link in the answer leads to."""

from __future__ import annotations

from typing import ClassVar, TypeVar
from urllib.parse import urljoin

import msgspec

from .operation import Operation
from .paging import PaginationError, Position
from .prepare import Arguments
from .reach import Step, reach
from .response import Response
from .urls import host_of, origin_of, without_query

Body = TypeVar("Body")


class LinkedPages(msgspec.Struct, frozen=True, kw_only=True):
    """Pages at links, wherever the links stand.

    A link leads to the host of the service, or to one of `hosts`, which gets no
    credentials. It is followed by GET, as it stands.
    """

    counts: ClassVar[bool] = False

    hosts: tuple[str, ...] = ()

    def at(
        self,
        operation: Operation[Body],
        arguments: Arguments,
        position: Position,
        base_url: str,
    ) -> tuple[Operation[Body], Arguments]:
        """See `Following`."""
        url = _upgraded(urljoin(f"{base_url}/", str(position)), base_url)
        foreign = origin_of(url) != origin_of(base_url)
        if foreign and not self._trusted(url, base_url):
            raise PaginationError(
                f"the next page is at {without_query(url)}, which is not the service at "
                f"{base_url}"
            )
        asked = msgspec.structs.replace(
            operation, method="GET", content_type=None, idempotency=None
        )
        return asked, msgspec.structs.replace(
            arguments, url=url, anonymous=foreign, body=None
        )

    def _trusted(self, url: str, base_url: str) -> bool:
        """Whether a link to another host may be followed: never from https to http."""
        secure = url.startswith("https:") or base_url.startswith("http:")
        return secure and host_of(url) in self.hosts


class NextLink(LinkedPages, frozen=True):
    """Pages that a member of the body leads to: a URL, absent or empty on the last."""

    path: tuple[Step, ...]

    def after(
        self, response: Response[object], items: int, sent: Arguments
    ) -> Position | None:
        """See `Following`."""
        return absolute(reach(response.value, self.path), response)


def absolute(link: object, response: Response[object]) -> str | None:
    """The URL that a link in an answer means (RFC 3986, section 5); None for no link."""
    if not isinstance(link, str) or not link.strip():
        return None
    return urljoin(response.request.url, link.strip())


def _upgraded(url: str, base_url: str) -> str:
    """The URL, with https where only that differs from the service's own.

    Services behind a proxy that ends TLS often don't know that they are called by https.
    """
    secure = "https:" + url.removeprefix("http:")
    return secure if origin_of(secure) == origin_of(base_url) else url
