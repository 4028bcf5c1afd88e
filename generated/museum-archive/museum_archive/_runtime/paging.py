"""Lists that come in pages: what a page is, and how one leads to the next.

Nothing here sends anything. `Walk` says what to ask for and learns from each answer, for
`Pager` and `AsyncPager` alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, Protocol, TypeAlias, TypeVar, cast

import msgspec

from .errors import ApiError
from .operation import Operation
from .prepare import Arguments
from .reach import Step, reach
from .response import Response, placed

Item = TypeVar("Item")
Body = TypeVar("Body")
Item_co = TypeVar("Item_co", covariant=True)
Body_co = TypeVar("Body_co", covariant=True)

Position: TypeAlias = str | int
"""Where a page begins: a cursor, a link, an offset or a number. JSON can keep it."""


class PaginationError(ApiError):
    """The pages lead nowhere: to one that was there before, or away from the service."""


class Following(Protocol):
    """How the page after another one is found, and asked for."""

    counts: ClassVar[bool]
    """Whether the client counts by itself, so that the service cannot end a circle."""

    def after(
        self, response: Response[object], items: int, sent: Arguments
    ) -> Position | None:
        """Where the next page begins; None after the last one.

        `items` says how many the page has, `sent` what it was asked for with.
        """
        ...

    def at(
        self,
        operation: Operation[Body],
        arguments: Arguments,
        position: Position,
        base_url: str,
    ) -> tuple[Operation[Body], Arguments]:
        """What to ask for the page that begins at a position.

        Raises PaginationError for one that must not be followed.
        """
        ...


class PagedOperation(
    Operation[Body_co], Generic[Item_co, Body_co], frozen=True, kw_only=True
):
    """An operation that answers with a page of a list.

    `items` leads from the body of an answer to the items in it.
    """

    items: tuple[Step, ...]
    following: Following


class Page(msgspec.Struct, Generic[Item_co, Body_co], frozen=True, kw_only=True):
    """One page of a list: its items, and the whole answer that brought them.

    `position` is where it begins, None for the beginning of the list: `pages(start=...)`
    goes on with this page. `next_position` is where the next one begins, None after the
    last.
    """

    items: Sequence[Item_co]
    response: Response[Body_co]
    position: Position | None
    next_position: Position | None

    @property
    def value(self) -> Body_co:
        """The body of the answer."""
        return self.response.value

    def __repr__(self) -> str:
        return f"Page(items=<{len(self.items)}>, response={self.response!r})"


class Walk(Generic[Item, Body]):
    """The way from page to page: what to ask for, what came, whether there is more."""

    __slots__ = (
        "_arguments",
        "_base_url",
        "_content",
        "_operation",
        "_position",
        "_seen",
        "_sent",
        "more",
    )

    def __init__(
        self,
        operation: PagedOperation[Item, Body],
        arguments: Arguments,
        start: Position | None,
        base_url: str,
    ) -> None:
        self._operation = operation
        self._arguments = arguments
        self._base_url = base_url
        self._position = start
        self._sent = arguments
        # Hashes: what services take for cursors may be long.
        self._seen = {hash(start)}
        self._content: bytes | None = None
        self.more = True

    def request(self) -> tuple[Operation[Body], Arguments]:
        """What to ask for the next page."""
        operation: Operation[Body] = self._operation
        self._sent = self._arguments
        if self._position is not None:
            operation, self._sent = self._operation.following.at(
                operation, self._arguments, self._position, self._base_url
            )
        return operation, self._sent

    def arrived(self, response: Response[Body]) -> Page[Item, Body]:
        """The page that an answer is. Raises PaginationError if it was there before."""
        following = self._operation.following
        found = reach(response.value, self._operation.items)
        # A list, unless the answer departs from its description.
        items = cast("list[Item]", found) if isinstance(found, list) else []
        if following.counts and items and response.content == self._content:
            words = "the service answers with the same page again"
            raise placed(PaginationError(words), response)
        self._content = response.content
        page = Page(
            items=items,
            response=response,
            position=self._position,
            next_position=following.after(response, len(items), self._sent),
        )
        self._position = page.next_position
        self.more = self._position is not None
        return page

    def check(self, page: Page[Item, Body]) -> None:
        """Raises PaginationError if the page leads back to one that was there before."""
        mark = hash(self._position)
        if self.more and mark in self._seen:
            error = PaginationError("the pages go round in a circle")
            raise placed(error, page.response)
        self._seen.add(mark)
