"""How `calque.toml` says that the pages of a list follow one another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import cast

# What says how the next page is asked for: one of them, and no other.
_WAYS = ("next_link", "link_header", "cursor", "offset", "page")

_POINTER = (r"(/.*)?", "a JSON pointer into the answer, such as `/data/items`")
_PARAMETER = (r".+", "the name of a parameter")
_TOLD = {
    "items": _POINTER,
    "next_link": _POINTER,
    "cursor": _POINTER,
    "more": _POINTER,
    "total": _POINTER,
    "parameter": _PARAMETER,
    "offset": _PARAMETER,
    "page": _PARAMETER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSetting:
    """How the pages of an operation follow one another.

    JSON pointers into the body lead to the `items`, to the URL (`next_link`) or the
    `cursor` of the next page, to a boolean that is false on the last one (`more`), and to
    the `total` of items or pages. `parameter` takes the cursor, `offset` and `page` are
    parameters that count, `first` is the number of the first page. Links may lead to
    other `hosts` too, without credentials.
    """

    items: str | None = None
    next_link: str | None = None
    link_header: bool = False
    cursor: str | None = None
    parameter: str | None = None
    offset: str | None = None
    page: str | None = None
    first: int = 1
    more: str | None = None
    total: str | None = None
    hosts: tuple[str, ...] = ()


def page_setting(name: str, value: object) -> PageSetting | None:
    """The setting of an operation, or of `*`, all others; None where it has no pages.

    Raises ValueError for one that makes no sense; the text begins with the name.
    """
    where = f"{name}`"
    if value is False:
        return None
    if name == "*" or not isinstance(value, dict):
        raise ValueError(f"{where} must be `false`, or a table for one operation")
    table = cast("dict[str, object]", value)
    known = [known_field.name for known_field in fields(PageSetting)]
    if unknown := [key for key in table if key not in known]:
        raise ValueError(f"{where}: unknown key `{unknown[0]}`; known: {_or(known)}")
    ways = [way for way in _WAYS if way in table]
    if len(ways) != 1 or ("cursor" in table) != ("parameter" in table):
        raise ValueError(
            f"{where} must have one of {_or(_WAYS)}, and `parameter` beside `cursor`"
        )
    return PageSetting(
        **{key: _told(where, key, table[key]) for key in _TOLD if key in table},
        link_header=_exactly(where, "link_header", table.get("link_header", False)),
        first=_whole(where, "first", table.get("first", 1)),
        hosts=_hosts(where, table.get("hosts", [])),
    )


def _or(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _told(where: str, key: str, value: object) -> str:
    form, words = _TOLD[key]
    if not isinstance(value, str) or not re.fullmatch(form, value):
        raise ValueError(f"{where}: `{key}` must be {words}, in quotes")
    return value


def _exactly(where: str, key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{where}: `{key}` must be `true` or `false`")
    return value


def _whole(where: str, key: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{where}: `{key}` must be a whole number")
    return value


def _hosts(where: str, value: object) -> tuple[str, ...]:
    listed = cast("list[object]", value) if isinstance(value, list) else [value]
    hosts = [host for host in listed if isinstance(host, str) and "/" not in host]
    if len(hosts) != len(listed):
        raise ValueError(f'{where}: `hosts` must be a list such as `["a.example"]`')
    return tuple(hosts)
