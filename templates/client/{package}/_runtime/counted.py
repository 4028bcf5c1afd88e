"""Pages that the client counts: by their number, or by the items before them."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeVar

import msgspec

from .cursor import sent_with
from .operation import Operation
from .paging import Position
from .prepare import Arguments
from .reach import Step, reach
from .response import Response

Body = TypeVar("Body")


class _Counted(msgspec.Struct, frozen=True, kw_only=True):
    """Pages that begin at a number, which the query parameter or body member `name` is.

    After a page without items, and where `more` leads to a boolean that is false, there
    are none.
    """

    counts: ClassVar[bool] = True

    name: str
    location: Literal["query", "header", "body"] = "query"
    first: int = 0
    more: tuple[Step, ...] | None = None
    total: tuple[Step, ...] | None = None

    def at(
        self,
        operation: Operation[Body],
        arguments: Arguments,
        position: Position,
        base_url: str,
    ) -> tuple[Operation[Body], Arguments]:
        """See `Following`."""
        return operation, sent_with(arguments, self.location, self.name, position)

    def _number(self, sent: Arguments) -> int:
        """The number that a page was asked for with."""
        places: dict[str, object] = {
            "query": sent.query,
            "header": sent.headers,
            "body": sent.body,
        }
        found = reach(places[self.location], (self.name,))
        return found if isinstance(found, int) else self.first

    def _ended(self, response: Response[object], items: int, reached: int) -> bool:
        """Whether a page is the last: `reached` of the `total` are known with it."""
        if not items:
            return True
        if self.more is not None and reach(response.value, self.more) is False:
            return True
        total = None if self.total is None else reach(response.value, self.total)
        return isinstance(total, int) and reached >= total


class Offset(_Counted, frozen=True):
    """Pages that begin after so many items; `total` leads to how many there are."""

    def after(
        self, response: Response[object], items: int, sent: Arguments
    ) -> Position | None:
        """See `Following`."""
        following = self._number(sent) + items
        ended = self._ended(response, items, following - self.first)
        return None if ended else following


class PageNumber(_Counted, frozen=True):
    """Pages by their number; `total` leads to how many pages there are."""

    def after(
        self, response: Response[object], items: int, sent: Arguments
    ) -> Position | None:
        """See `Following`."""
        following = self._number(sent) + 1
        ended = self._ended(response, items, following - self.first)
        return None if ended else following
