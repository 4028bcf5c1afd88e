"""How `calque.toml` says that the pages of a list follow one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from calque.operation_table import HOST, Form, WrongSetting, listed, operation_table

# What says how the next page is asked for: one of them, and no other.
_WAYS = ("next_link", "link_header", "cursor", "offset", "page")

_POINTER = (r"(/.*)?", "a JSON pointer into the answer, such as `/data/items`")
_PARAMETER = (r".+", "the name of a parameter")
_FORMS: Mapping[str, Form] = {
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

    Raises WrongSetting for one that makes no sense; the text begins with the name.
    """
    table = operation_table(name, value, [each.name for each in fields(PageSetting)])
    if table is None:
        return None
    ways = [way for way in _WAYS if way in table.values]
    if len(ways) != 1 or ("cursor" in table.values) != ("parameter" in table.values):
        raise WrongSetting(
            f"{table.where} must have one of {listed(_WAYS)}, "
            "and `parameter` beside `cursor`"
        )
    return PageSetting(
        **{key: table.text(key, form) for key, form in _FORMS.items()},
        link_header=table.flag("link_header"),
        first=table.number("first", 1),
        hosts=table.texts("hosts", HOST),
    )
