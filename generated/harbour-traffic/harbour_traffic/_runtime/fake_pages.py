"""Operations of a fake that answer with pages of a list: how one page leads to the next."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Generic, Literal, Self, TypeAlias, TypeVar

import msgspec

from .codec import to_builtins
from .fake_answers import Answers
from .fake_bodies import Fields, successes
from .fake_defaults import Kept
from .fake_desk import Reply, UnexpectedCallError
from .fake_requests import Asked
from .headers import Headers
from .json_values import as_array, as_object
from .reach import Step, reach
from .request import RawResponse

Item = TypeVar("Item")
Body = TypeVar("Body")
E = TypeVar("E")

Steps: TypeAlias = tuple[Step, ...]


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """Where things are in a page, and in the request for it; by their names on the wire.

    `items` and `path` lead to the items and to the cursor or link; `more` and `total` as
    in the operation. `last`: what is at `path` on the last page, "absent" for nothing.
    """

    kind: Literal["cursor", "link", "header", "offset", "number"]
    items: Steps
    path: Steps = ()
    last: Literal["absent", "null", "empty"] = "absent"
    integer: bool = False
    name: str = ""
    location: Literal["query", "header", "body"] = "query"
    first: int = 0
    more: Steps = ()
    total: Steps = ()

    @property
    def counts(self) -> bool:
        """Whether it is the client that counts, until a page is empty."""
        return self.kind in ("offset", "number")


class PageAnswers(Answers[Body, E], Generic[Item, Body, E]):
    """An operation that answers with pages, each of which is a `Body`."""

    def answers_pages(
        self, *pages: Sequence[Item], headers: Fields | None = None
    ) -> Self:
        """Answers with pages of these items, from whichever is asked for on.

        What else a page holds is that of the default answer.
        """
        found = self._kept()
        if found is None or found.pages is None:
            raise UnexpectedCallError(self._advice("has no page to put items into"))
        items = [as_array(to_builtins(list(page))) or [] for page in pages]
        return self._prepared(self._book(found, items, headers or {}).page)

    def unprepared(self, asked: Asked) -> RawResponse:
        """See `Answers`: the default is the only page."""
        found = self._kept()
        if not self._place.defaults or found is None or found.pages is None:
            return super().unprepared(asked)
        items = as_array(_at(found.value, _layout(found).items)) or []
        return self._book(found, [items], {}).page(asked)

    def _reply(self, value: object, status: int | None, headers: Fields) -> Reply:
        """What answers with a page; those that come after the last one are empty."""
        usual = super()._reply(value, status, headers)
        found = self._kept()
        if found is None or found.pages is None or not _layout(found).counts:
            return usual
        book = self._book(
            Kept(value=to_builtins(value), pages=found.pages), [], headers
        )
        begins: list[object] = []

        def reply(asked: Asked) -> RawResponse:
            position = book.given(asked)
            begins.append(position)
            return usual(asked) if position == begins[0] else book.page(asked)

        return reply

    def _book(self, found: Kept, items: list[list[object]], headers: Fields) -> _Book:
        status, _ = next(successes(self._operation))
        return _Book(found.value, items, _layout(found), status, headers)


def _layout(found: Kept) -> Layout:
    return msgspec.convert(found.pages, Layout)


class _Book:
    """Pages of some items, whichever of them is asked for."""

    def __init__(
        self,
        template: object,
        pages: list[list[object]],
        layout: Layout,
        status: int,
        fields: Fields,
    ) -> None:
        self._template = template
        self._pages = pages or [[]]
        self._layout = layout
        self._status = status
        self._fields = fields

    def page(self, asked: Asked) -> RawResponse:
        """The page that a request asks for."""
        number = self._number(asked)
        fields = {"Content-Type": "application/json", **self._fields}
        is_last = number >= len(self._pages) - 1
        if self._layout.kind == "header" and not is_last:
            fields["Link"] = f'<{_link(asked, number + 1)}>; rel="next"'
        return RawResponse(
            status=self._status,
            headers=Headers(fields),
            content=json.dumps(self._body(number, asked)).encode(),
        )

    def _number(self, asked: Asked) -> int:
        """Which page is asked for; past the end, one that is empty."""
        layout = self._layout
        if layout.kind in ("link", "header"):
            return int(str(asked.query.get(_PAGE, 0)))
        given = self.given(asked)
        if given is None:
            return 0
        positions = list(map(self._position, range(len(self._pages))))
        if str(given) in positions:
            return positions.index(str(given))
        if layout.kind == "cursor":
            raise UnexpectedCallError(
                f"{asked!r}: no page of those that were prepared begins at {given!r}"
            )
        return len(self._pages)

    def given(self, asked: Asked) -> object:
        """What the request says of where its page begins."""
        layout = self._layout
        if layout.location == "query":
            return asked.query.get(layout.name)
        if layout.location == "header":
            return asked.headers.get(layout.name)
        is_json = asked.content.lstrip().startswith(b"{")
        members = asked.json if is_json else asked.form
        return (as_object(members) or {}).get(layout.name)

    def _position(self, number: int) -> str:
        """Where a page begins, as text."""
        layout = self._layout
        match layout.kind:
            case "offset":
                before = self._pages[:number]
                return str(layout.first + sum(map(len, before)))
            case "number":
                return str(layout.first + number)
            case _ if number == 0:
                return ""
            case _ if self._is_of_items:
                return str(reach(self._filled(number - 1), layout.path))
            case _:
                return str(number + 1)

    @property
    def _is_of_items(self) -> bool:
        """Whether the cursor is something of an item."""
        items, path = self._layout.items, self._layout.path
        return len(path) > len(items) and path[: len(items)] == items

    def _filled(self, number: int) -> object:
        """A page with its items alone."""
        items = self._pages[number] if number < len(self._pages) else []
        return _put(self._template, self._layout.items, items)

    def _body(self, number: int, asked: Asked) -> object:
        layout, body = self._layout, self._filled(number)
        is_last = number >= len(self._pages) - 1
        if layout.path and not self._is_of_items:
            body = _put(body, layout.path, self._following(number, asked, is_last))
        if layout.more:
            body = _put(body, layout.more, not is_last)
        if layout.total:
            counted = layout.kind == "number"
            total = len(self._pages) if counted else sum(map(len, self._pages))
            body = _put(body, layout.total, total)
        return body

    def _following(self, number: int, asked: Asked, is_last: bool) -> object:
        """What stands at the path of the cursor or link."""
        layout = self._layout
        if is_last:
            return {"absent": msgspec.UNSET, "null": None, "empty": ""}[layout.last]
        if layout.kind == "link":
            return _link(asked, number + 1)
        position = self._position(number + 1)
        return int(position) if layout.integer else position


_PAGE = "fake-page"


def _link(asked: Asked, number: int) -> str:
    """The URL of another page of the list that a request asks for."""
    url = re.sub(rf"[?&]{_PAGE}=\d+$", "", asked.url)
    return f"{url}{'&' if '?' in url else '?'}{_PAGE}={number}"


def _at(value: object, path: Steps) -> object:
    for step in path:
        value = (as_object(value) or {}).get(str(step))
    return value


def _put(value: object, path: Steps, new: object) -> object:
    """A value with another one at a path in it; UNSET takes away what is there."""
    if not path:
        return new
    step, *rest = path
    members: Mapping[str, object] = as_object(value) or {}
    inner = _put(members.get(str(step)), tuple(rest), new)
    kept = {name: member for name, member in members.items() if name != step}
    return kept if inner is msgspec.UNSET else {**kept, str(step): inner}
