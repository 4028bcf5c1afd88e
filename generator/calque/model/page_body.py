"""Finding one's way in the body of an answer: members by what they are called, and paths."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from calque.model.declarations import Field, Record
from calque.model.paging import Path
from calque.model.types import (
    Anything,
    Kind,
    ListOf,
    MapOf,
    Ref,
    Scalar,
    Type,
    without_null,
)

Look: TypeAlias = Callable[[Type], Record | None]
"""What finds the record that a type refers to, if it is one."""

_MEMORY = 1 << 12
"""How many names are remembered: large documents call many members the same."""

# What lists are called whose body has several, the likeliest first.
_LISTS = (
    *("value", "items", "data", "results", "result", "entries", "records", "values"),
    *("elements", "objects", "resources", "rows", "nodes", "content", "hits"),
)

# The members that hold what is said of the page, beside the list.
_ABOUT = {
    *("links", "link", "paging", "pagination", "page", "pageinfo", "meta", "metadata"),
    *("responsemetadata", "cursors", "pagemetadata", "pager"),
}

# Those that hold the list itself.
_AROUND = {"data", "result", "embedded", "list", "response"}


@lru_cache(_MEMORY)
def bare(name: str) -> str:
    """A name without case and signs: `@odata.nextLink` is `odatanextlink`."""
    return "".join(c for c in name if c.isalnum()).lower()


def at(body: Type, path: Path, look: Look) -> Type | None:
    """The type of what a path leads to, without null; None where there is nothing."""
    found: Type | None = without_null(body)
    for step in path:
        if found is None:
            return None
        found = _below(found, step, look)
    return found


def _below(type_: Type, step: str | int, look: Look) -> Type | None:
    match type_:
        case ListOf(item) if isinstance(step, int):
            return without_null(item)
        case MapOf(value) if isinstance(step, str):
            return without_null(value)
        case Anything():
            return type_
        case Ref() if isinstance(step, str):
            named = [f for f in _fields(type_, look) if f.name == step]
            return without_null(named[0].type) if named else None
        case _:
            return None


def list_in(body: Type, look: Look) -> tuple[Path, Type] | None:
    """Where the one list of a body is that must be meant, and the type of its items."""
    body = without_null(body)
    if isinstance(body, ListOf):
        return (), body.item
    if found := _list_of(body, look):
        return found
    inside = [
        ((field.name, *found[0]), found[1])
        for field in _fields(body, look)
        if bare(field.name) in _AROUND
        if (found := _list_of(without_null(field.type), look))
    ]
    return inside[0] if len(inside) == 1 else None


def _list_of(type_: Type, look: Look) -> tuple[Path, Type] | None:
    """The list among the members of an object: the one, or the one of the usual name."""
    found = {
        field.name: inner.item
        for field in _fields(type_, look)
        if isinstance(inner := without_null(field.type), ListOf)
    }
    named = [name for usual in _LISTS for name in found if bare(name) == usual]
    records = [name for name, item in found.items() if look(without_null(item))]
    for names in (named[:1], records, list(found)):
        if len(names) == 1:
            return (names[0],), found[names[0]]
    return None


def members(body: Type, look: Look, depth: int = 3) -> Iterator[tuple[Path, Type]]:
    """The members that a page may tell of the next one in, by their paths."""
    for field in _fields(without_null(body), look):
        inner = without_null(field.type)
        yield (field.name,), inner
        if bare(field.name) in _ABOUT and depth > 1:
            for path, type_ in members(inner, look, depth - 1):
                yield (field.name, *path), type_


def is_text(type_: Type | None) -> bool:
    """Whether values of a type are strings as they are."""
    return type_ == Scalar(Kind.STRING)


def is_integer(type_: Type | None) -> bool:
    """Whether values of a type are integers."""
    return type_ in (Scalar(Kind.INTEGER), Scalar(Kind.INT64_STRING))


def flag_in(body: Type, look: Look, names: Collection[str]) -> Path | None:
    """The boolean of one of some names."""
    return next(
        (
            path
            for path, type_ in members(body, look)
            if type_ == Scalar(Kind.BOOLEAN) and bare(str(path[-1])) in names
        ),
        None,
    )


def _fields(type_: Type, look: Look) -> Sequence[Field]:
    record = look(type_)
    return record.fields if record else ()
