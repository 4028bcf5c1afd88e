"""Pages that a link in the answer leads to."""

from __future__ import annotations

from typing import ClassVar, TypeVar
from urllib.parse import urljoin

import msgspec

from .links import absolute, followed
from .operation import Operation
from .paging import PaginationError, Position
from .prepare import Arguments
from .reach import Step, reach
from .response import Response
from .urls import without_query

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
        link = followed(str(position), base_url, self.hosts)
        if link is None:
            place = without_query(urljoin(f"{base_url}/", str(position)))
            raise PaginationError(
                f"the next page is at {place}, which is not the service at {base_url}"
            )
        asked = msgspec.structs.replace(
            operation, method="GET", content_type=None, idempotency=None
        )
        return asked, msgspec.structs.replace(
            arguments, url=link.url, anonymous=link.foreign, body=None
        )


class NextLink(LinkedPages, frozen=True):
    """Pages that a member of the body leads to: a URL, absent or empty on the last."""

    path: tuple[Step, ...]

    def after(
        self, response: Response[object], items: int, sent: Arguments
    ) -> Position | None:
        """See `Following`."""
        return absolute(reach(response.value, self.path), response)
