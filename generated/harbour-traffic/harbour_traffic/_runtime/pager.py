"""How lists that come in pages are gone through, by a thread or by a task."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Generic, TypeVar, Unpack

from .call import AsyncCaller, Caller
from .given import Given
from .options import RequestOptions
from .paging import Page, PagedOperation, Position, Walk
from .prepare import Arguments

Item = TypeVar("Item")
Body = TypeVar("Body")


class _Pages(Generic[Item, Body]):
    """The list of one call: which operation, with which arguments."""

    __slots__ = ("_arguments", "_operation", "_options")

    def __init__(
        self,
        operation: PagedOperation[Item, Body],
        arguments: Arguments,
        options: RequestOptions | None,
    ) -> None:
        self._operation = operation
        self._options = options
        self._arguments = arguments

    def _walk(self, start: Position | None, base_url: str) -> Walk[Item, Body]:
        return Walk(self._operation, self._arguments, start, base_url)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._operation.id}>"


class Pager(_Pages[Item, Body]):
    """A list that comes in pages; iterating over it gives the items.

    Nothing is asked for before the first item is, and no page before it is needed; each
    is a call of its own, with its own retries. Every iteration begins anew.
    """

    __slots__ = ("_caller",)

    def __init__(
        self,
        caller: Caller,
        operation: PagedOperation[Item, Body],
        *,
        options: RequestOptions | None = None,
        **given: Unpack[Given],
    ) -> None:
        super().__init__(operation, Arguments(**given), options)
        self._caller = caller

    def __iter__(self) -> Iterator[Item]:
        for page in self.pages():
            yield from page.items

    def pages(self, start: Position | None = None) -> Iterator[Page[Item, Body]]:
        """The pages, from the first, or from the `position` of an earlier one.

        Raises ApiError if a page cannot be had; PaginationError, which is one, if the
        pages go round in a circle, or lead to another host.
        """
        walk = self._walk(start, self._caller.base_url)
        while walk.more:
            operation, arguments = walk.request()
            page = walk.arrived(
                self._caller.respond(operation, arguments, self._options)
            )
            yield page
            walk.check(page)


class AsyncPager(_Pages[Item, Body]):
    """A list that comes in pages; as `Pager` in everything, for `async for`."""

    __slots__ = ("_caller",)

    def __init__(
        self,
        caller: AsyncCaller,
        operation: PagedOperation[Item, Body],
        *,
        options: RequestOptions | None = None,
        **given: Unpack[Given],
    ) -> None:
        super().__init__(operation, Arguments(**given), options)
        self._caller = caller

    def __aiter__(self) -> AsyncIterator[Item]:
        return _AsyncItems(self.pages())

    def pages(self, start: Position | None = None) -> AsyncIterator[Page[Item, Body]]:
        """The pages; as `Pager.pages` in everything."""
        return _AsyncPages(
            self._caller, self._walk(start, self._caller.base_url), self._options
        )


# No asynchronous generators: trio warns of those that are left before their end.
class _AsyncPages(AsyncIterator[Page[Item, Body]]):
    """The pages from one position on."""

    __slots__ = ("_caller", "_options", "_page", "_walk")

    def __init__(
        self,
        caller: AsyncCaller,
        walk: Walk[Item, Body],
        options: RequestOptions | None,
    ) -> None:
        self._caller = caller
        self._walk = walk
        self._options = options
        self._page: Page[Item, Body] | None = None

    async def __anext__(self) -> Page[Item, Body]:
        if self._page is not None:
            self._walk.check(self._page)
        if not self._walk.more:
            raise StopAsyncIteration
        operation, arguments = self._walk.request()
        self._page = self._walk.arrived(
            await self._caller.respond(operation, arguments, self._options)
        )
        return self._page


class _AsyncItems(AsyncIterator[Item]):
    """The items of some pages."""

    __slots__ = ("_items", "_pages")

    def __init__(self, pages: AsyncIterator[Page[Item, object]]) -> None:
        self._pages = pages
        self._items: Iterator[Item] = iter(())

    async def __anext__(self) -> Item:
        while True:
            for item in self._items:
                return item
            self._items = iter((await anext(self._pages)).items)
