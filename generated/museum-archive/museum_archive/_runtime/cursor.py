"""Pages that begin at a cursor, which the answer before has and the next request sends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, TypeVar, cast

import msgspec

from .operation import Operation
from .paging import Position
from .prepare import Arguments
from .reach import Step, reach
from .response import Response

Body = TypeVar("Body")


class Cursor(msgspec.Struct, frozen=True):
    """Pages that begin at a cursor: null, absent or empty on the last.

    `path` leads to it in the body. It is sent as the parameter `name`; in a body, that is
    the name of a member. `more` leads to a boolean that is false on the last page.
    """

    counts: ClassVar[bool] = False

    path: tuple[Step, ...]
    name: str
    location: Literal["query", "header", "body"] = "query"
    more: tuple[Step, ...] | None = None

    def after(
        self, response: Response[object], items: int, sent: Arguments
    ) -> Position | None:
        """See `Following`."""
        if self.more is not None and reach(response.value, self.more) is False:
            return None
        found = reach(response.value, self.path)
        if found is None or isinstance(found, bool) or found == "":
            return None
        return found if isinstance(found, int) else str(found)

    def at(
        self,
        operation: Operation[Body],
        arguments: Arguments,
        position: Position,
        base_url: str,
    ) -> tuple[Operation[Body], Arguments]:
        """See `Following`."""
        return operation, sent_with(arguments, self.location, self.name, position)


def sent_with(
    arguments: Arguments,
    location: Literal["query", "header", "body"],
    name: str,
    value: Position,
) -> Arguments:
    """The arguments, with a value of the parameter or of the member of the body."""
    replaced = msgspec.structs.replace
    if location == "query":
        return replaced(arguments, query={**arguments.query, name: value})
    if location == "header":
        return replaced(arguments, headers={**arguments.headers, name: value})
    return replaced(arguments, body=_with_member(arguments.body, name, value))


def _with_member(body: object, name: str, value: Position) -> object:
    if isinstance(body, msgspec.Struct):
        return msgspec.structs.replace(body, **{name: value})
    if isinstance(body, Mapping):
        return {**cast("Mapping[str, object]", body), name: value}
    return {name: value}
