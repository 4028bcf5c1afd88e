"""The default page of a fake, which is the last one, and how other pages are made of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Literal, assert_never

from calque.document.node import Json
from calque.model.declarations import Record
from calque.model.paging import (
    Cursor,
    LinkHeader,
    NextLink,
    Offset,
    PageNumber,
    Paging,
    Path,
    Sent,
)
from calque.model.types import (
    Kind,
    ListOf,
    MapOf,
    Ref,
    Scalar,
    Type,
    nullable,
    without_null,
)
from calque.render.samples import Declarations, Samples


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where things are in a page and in the request for it, by their names on the wire.

    `last`: what is at `path` on the last page, "absent" for nothing. The runtime has the
    same of the same name.
    """

    kind: Literal["cursor", "link", "header", "offset", "number"]
    items: Path
    path: Path = ()
    last: Literal["absent", "null", "empty"] = "absent"
    integer: bool = False
    name: str = ""
    location: str = "query"
    first: int = 0
    more: Path = ()
    total: Path = ()

    @property
    def json(self) -> Json:
        """The layout without what is usual."""
        paths = {
            "items": self.items,
            "path": self.path,
            "more": self.more,
            "total": self.total,
        }
        usual = Layout(kind=self.kind, items=())
        plain: dict[str, Json] = {
            name: value
            for name, value in asdict(self).items()
            if name not in paths and value != getattr(usual, name)
        }
        steps = {n: list[Json](p) for n, p in paths.items() if p or n == "items"}
        return {"kind": self.kind, **plain, **steps}

    @property
    def is_of_items(self) -> bool:
        """Whether the path leads through the items."""
        within = self.path[: len(self.items)] == self.items
        return within and len(self.path) > len(self.items)


class Pages:
    """The pages of an operation whose answer is of a type."""

    def __init__(self, said: Paging, type_: Type, declarations: Declarations) -> None:
        self._said = said
        self._type = type_
        self._declarations = declarations
        self._samples = Samples(declarations)

    def last(self, value: Json, layout: Layout, *, made: bool) -> Json:
        """A page that no other follows; one that was `made` has an item."""
        items = _at(value, layout.items)
        if not isinstance(items, list) or (made and not items):
            sample = self._samples.list_of(self._said.item)
            value = self._put(value, self._type, layout.items, sample)
        if layout.path and not layout.is_of_items:
            value = self._ended(value, layout)
        if layout.more:
            value = self._put(value, self._type, layout.more, False)
        return value

    def layout(self) -> Layout:
        """Where things are in a page."""
        said, items = self._said.following, self._said.items
        match said:
            case NextLink(path=path):
                return self._leading(Layout(kind="link", items=items, path=path))
            case LinkHeader():
                return Layout(kind="header", items=items)
            case Cursor(path=path, sent=sent, more=more):
                found = self._leading(Layout(kind="cursor", items=items, path=path))
                return _sent(replace(found, more=more or ()), sent)
            case Offset(sent=sent, more=more, total=total):
                found = Layout(kind="offset", items=items)
                return _sent(replace(found, more=more or (), total=total or ()), sent)
            case PageNumber(sent=sent, first=first, more=more, total=total):
                found = Layout(kind="number", items=items, first=first)
                return _sent(replace(found, more=more or (), total=total or ()), sent)
            case _:
                assert_never(said)

    def _leading(self, layout: Layout) -> Layout:
        """With what is on the last page where others have a cursor or link."""
        required, at = True, self._type
        for step in layout.path:
            required, at = self._below(at, step)
        missing: Literal["null", "empty"] = "null" if nullable(at) else "empty"
        return replace(
            layout,
            last=missing if required else "absent",
            integer=without_null(at) == Scalar(Kind.INTEGER),
        )

    def _ended(self, value: Json, layout: Layout) -> Json:
        """A page without a next one."""
        match layout.last:
            case "absent":
                return _without(value, layout.path)
            case "null":
                return self._put(value, self._type, layout.path, None)
            case "empty":
                return self._put(value, self._type, layout.path, "")
            case _:
                assert_never(layout.last)

    def _below(self, type_: Type, step: str | int) -> tuple[bool, Type]:
        """Whether there must be a member, and its type."""
        owner = without_null(type_)
        match owner:
            case ListOf(item):
                return True, item
            case MapOf(member):
                return False, member
            case Ref(id_):
                record = self._declarations[id_]
                fields = record.fields if isinstance(record, Record) else ()
                for field in fields:
                    if field.name == step:
                        return field.required, field.type
            case _:
                pass
        return False, owner

    def _put(self, value: Json, type_: Type, path: Path, new: Json) -> Json:
        """A value with another one at a path; what is missing on the way is made."""
        if not path:
            return new
        if not isinstance(value, dict):
            made = self._samples.of(without_null(type_))
            value = made if isinstance(made, dict) else {}
        _, inner = self._below(type_, path[0])
        key = str(path[0])
        return {**value, key: self._put(value.get(key), inner, path[1:], new)}


def _sent(layout: Layout, sent: Sent) -> Layout:
    return replace(layout, name=sent.name, location=sent.location)


def _at(value: Json, path: Path) -> Json:
    for step in path:
        value = value.get(str(step)) if isinstance(value, dict) else None
    return value


def _without(value: Json, path: Path) -> Json:
    """A value without what is at a path."""
    key, rest = str(path[0]), path[1:]
    if not isinstance(value, dict) or key not in value:
        return value
    if rest:
        return {**value, key: _without(value[key], rest)}
    return {name: member for name, member in value.items() if name != key}
