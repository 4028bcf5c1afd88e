"""How an operation's pages follow one another where someone says so.

That is `calque.toml`, `x-ms-pageable` (AutoRest), or `x-speakeasy-pagination`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from calque.document.node import Json, Node, escape, unescape
from calque.model.named import Unfit
from calque.model.page_body import at, is_integer, list_in
from calque.model.paged import Listing
from calque.model.paging import (
    Cursor,
    Following,
    LinkHeader,
    NextLink,
    Offset,
    PageNumber,
    Paging,
    Path,
    Sent,
)
from calque.model.types import Anything, ListOf, Type
from calque.page_settings import PageSetting

MS_PAGEABLE, SPEAKEASY = "x-ms-pageable", "x-speakeasy-pagination"

# The part of JSONPath (RFC 9535) that leads to one place: `$.a['b'][-1]`.
_JSON_PATH = re.compile(
    r"\.([A-Za-z_][\w-]*)|\['([^']*)'\]|\[(-?\d+)\]|\[\(@\.length-(\d+)\)\]"
)


def extension(node: Node) -> tuple[Node, PageSetting] | None:
    """What an extension of an operation says of its pages; None where none does.

    Raises Unfit for one that calque has no counterpart to.
    """
    if (said := node.get(MS_PAGEABLE)) is not None:
        link = said.text("nextLinkName")
        items = said.text("itemName") or "value"
        setting = PageSetting(items=f"/{items}", next_link=f"/{link}")
        return (said, setting) if link else None
    if (said := node.get(SPEAKEASY)) is not None:
        return said, _speakeasy(said)
    return None


def configured(listing: Listing, setting: PageSetting) -> Paging:
    """The pages of an operation as a setting has them.

    Raises Unfit where the operation has no such members or parameters.
    """
    page = listing.page
    if page is None:
        raise Unfit("its answer, or what it is sent, has more than one form")
    items, item = _items(page, listing, setting)
    return Paging(items=items, item=item, following=_following(listing, page, setting))


def _items(page: Type, listing: Listing, setting: PageSetting) -> tuple[Path, Type]:
    if setting.items is None:
        found = list_in(page, listing.look)
        if found is None:
            raise Unfit("its answer has no list that must be meant: `items` says which")
        return found
    path = _path(setting.items)
    match at(page, path, listing.look):
        case ListOf(item):
            return path, item
        case Anything():
            return path, Anything()
        case _:
            raise Unfit(f"its answer has no list at `{setting.items}`")


def _following(listing: Listing, page: Type, setting: PageSetting) -> Following:
    def place(pointer: str) -> Path:
        path = _path(pointer)
        if at(page, path, listing.look) is None:
            raise Unfit(f"its answer has nothing at `{pointer}`")
        return path

    more = place(setting.more) if setting.more else None
    total = place(setting.total) if setting.total else None
    if setting.next_link is not None:
        return NextLink(path=place(setting.next_link), hosts=setting.hosts)
    if setting.cursor is not None:
        sent = _sent(listing, setting.parameter or "")
        return Cursor(path=place(setting.cursor), sent=sent, more=more)
    if setting.offset is not None:
        sent = _sent(listing, setting.offset, counts=True)
        return Offset(sent=sent, more=more, total=total)
    if setting.page is not None:
        sent = _sent(listing, setting.page, counts=True)
        return PageNumber(sent=sent, first=setting.first, more=more, total=total)
    return LinkHeader(hosts=setting.hosts)


def _sent(listing: Listing, name: str, *, counts: bool = False) -> Sent:
    for sent, type_, _ in listing.taken():
        if sent.name == name:
            if counts and not is_integer(type_):
                raise Unfit(f"its parameter `{name}` is no integer")
            return sent
    raise Unfit(f"it has no parameter `{name}`")


def _path(pointer: str) -> Path:
    """A JSON pointer (RFC 6901) as a path; `-1` is the last item."""
    tokens = [unescape(token) for token in pointer.split("/")[1:]]
    return tuple(int(t) if re.fullmatch(r"-?\d+", t) else t for t in tokens)


def _speakeasy(said: Node) -> PageSetting:
    kinds: dict[str, str] = {}
    for entry in said.below("inputs").elements():
        kinds[entry.text("type") or ""] = entry.text("name") or ""
    found = said.below("outputs").mapping()
    items = _pointer(found, "results")
    match said.text("type"):
        case "cursor" if "cursor" in kinds:
            cursor = _pointer(found, "nextCursor")
            return PageSetting(items=items, cursor=cursor, parameter=kinds["cursor"])
        case "url":
            return PageSetting(items=items, next_link=_pointer(found, "nextUrl"))
        case "offsetLimit" if "offset" in kinds:
            return PageSetting(items=items, offset=kinds["offset"])
        case "offsetLimit" if "page" in kinds:
            pages = _pointer(found, "numPages")
            return PageSetting(items=items, page=kinds["page"], total=pages)
        case _:
            raise Unfit("its `type` and `inputs` say of no known way")


def _pointer(outputs: Mapping[str, Json], key: str) -> str | None:
    """A JSONPath as a JSON pointer; None where there is none."""
    text = outputs.get(key)
    if text is None:
        return None
    bare = str(text).removeprefix("$").removesuffix("[*]")
    steps = list(_JSON_PATH.finditer(bare))
    if "".join(step[0] for step in steps) != bare:
        raise Unfit(f"`{text}` is a JSONPath that calque can't follow")
    names = [s[1] or s[2] or s[3] or f"-{s[4]}" for s in steps]
    return "".join(f"/{escape(name)}" for name in names)
