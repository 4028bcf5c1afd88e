"""Which operations answer with a page of a list, as their names and types tell.

Only what is beyond doubt counts: a link or a cursor that goes by one of the usual names,
and the parameter that takes it; numbers only where the document says where they begin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from calque.document.node import Json
from calque.model.api import Answer, Body, Content, Location, Parameter
from calque.model.page_body import (
    Look,
    at,
    bare,
    flag_in,
    is_integer,
    is_text,
    list_in,
    members,
)
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
from calque.model.types import Type, without_null

_LINKS = {
    *("nextlink", "odatanextlink", "nexturl", "nexturi", "nexthref"),
    *("nextpagelink", "nextpageurl", "nextpageuri"),
}
_BACK = {"previous", "prev"}
_MORE = {"hasmore", "hasnext", "hasnextpage", "moreavailable", "hasmoreitems"}
_PAGES = {"totalpages", "pagecount", "numpages", "lastpage", "pagestotal"}

# What a cursor is called in an answer, and the parameters that take it.
_CURSORS = {
    "nextcursor": {"cursor", "startcursor", "nextcursor", "pagecursor", "after"},
    "cursor": {"cursor"},
    "endcursor": {"after", "cursor"},
    "after": {"after"},
    "nextpagetoken": {"pagetoken", "nextpagetoken"},
    "nexttoken": {"nexttoken"},
    "continuationtoken": {"continuationtoken"},
    "nextcontinuationtoken": {"continuationtoken"},
    "nextmarker": {"marker"},
    "nextmaxid": {"maxid"},
}
_TAKING = {name for names in _CURSORS.values() for name in names}

# The same, where it is an integer.
_NUMBERED = {"nextpage": {"page"}, "nextoffset": {"offset"}}

# The parameters that take the `id` of the last item.
_LAST_ID = {"startingafter", "afterid"}

_OFFSETS = {"offset", "skip"}
_NUMBERS = {"page", "pagenumber"}
_SIZES = {
    *("limit", "take", "top", "size", "count", "max", "maxresults", "maxitems"),
    *("pagesize", "perpage", "pagelimit", "itemsperpage", "resultsperpage"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What may be an operation that answers with a page: all that tells it."""

    method: str
    parameters: tuple[Parameter, ...]
    bodies: tuple[Body, ...]
    answers: tuple[Answer, ...]
    linked: bool
    look: Look

    @property
    def page(self) -> Type | None:
        """The type of its one successful answer, if that is JSON.

        What is sent in one of several forms has no pages: none of them has to be its own.
        """
        if len(self.bodies) > 1:
            return None
        found = [a for a in self.answers if a.success]
        plain = len(found) == 1 and found[0].content == Content.JSON
        return (
            found[0].type
            if plain and sum(not o.streams for o in found[0].offers) == 1
            else None
        )

    def taken(self) -> Iterable[tuple[Sent, Type, Json]]:
        """What it takes that may say where to begin, with types and defaults."""
        for p in self.parameters:
            if p.location in (Location.QUERY, Location.HEADER) and not p.constant:
                yield Sent(name=p.name, location=p.location.value), p.type, p.default
        for body in self.bodies:
            record = self.look(without_null(body.type))
            for field in record.fields if record else body.fields:
                yield Sent(name=field.name, location="body"), field.type, field.default


def recognised(listing: Listing) -> Paging | None:
    """How the pages of an operation follow one another, if it has any."""
    page = listing.page
    if page is None or listing.method not in ("GET", "POST", "QUERY"):
        return None
    found = list_in(page, listing.look)
    if found is None:
        return None
    items, item = found
    for way in _WAYS if listing.method == "GET" else (_cursor,):
        if following := way(listing, page, items):
            return Paging(items=items, item=item, following=following)
    return None


def _link_header(listing: Listing, page: Type, items: Path) -> Following | None:
    return LinkHeader() if listing.linked else None


def _next_link(listing: Listing, page: Type, items: Path) -> Following | None:
    found = dict(members(page, listing.look))
    for path, type_ in found.items():
        name = bare(str(path[-1]))
        if is_text(type_) and (name in _LINKS or _is_next(listing, found, path)):
            return NextLink(path=path)
        if name == "next" and is_text(at(type_, ("href",), listing.look)):
            return NextLink(path=(*path, "href"))
    return None


def _is_next(listing: Listing, found: dict[Path, Type], path: Path) -> bool:
    """Whether a member called `next` is a link: beside one that leads back, or in `links`.

    Where a parameter takes cursors, it may be one of those.
    """
    if bare(str(path[-1])) != "next" or _sent(listing, _TAKING, is_text):
        return False
    beside = {bare(str(p[-1])) for p in found if p[:-1] == path[:-1]}
    return bool(beside & _BACK) or (len(path) > 1 and "link" in bare(str(path[-2])))


def _cursor(listing: Listing, page: Type, items: Path) -> Following | None:
    more = flag_in(page, listing.look, _MORE)
    for names, fits in ((_CURSORS, is_text), (_NUMBERED, is_integer)):
        for path, type_ in members(page, listing.look):
            takers = names.get(bare(str(path[-1])))
            sent = _sent(listing, takers, fits) if takers and fits(type_) else None
            if sent:
                return Cursor(path=path, sent=sent, more=more)
    last = _sent(listing, _LAST_ID, is_text)
    path = (*items, -1, "id")
    if more and last and is_text(at(page, path, listing.look)):
        return Cursor(path=path, sent=last, more=more)
    return None


def _page_number(listing: Listing, page: Type, items: Path) -> Following | None:
    if not _sent(listing, _SIZES, is_integer):
        return None
    look = listing.look
    for sent, type_, default in listing.taken():
        first = default if isinstance(default, int) and default in (0, 1) else None
        if bare(sent.name) in _NUMBERS and is_integer(type_) and first is not None:
            pages = (
                path
                for path, inner in members(page, look)
                if is_integer(inner) and bare(str(path[-1])) in _PAGES
            )
            more, total = flag_in(page, look, _MORE), next(pages, None)
            return PageNumber(sent=sent, first=int(first), more=more, total=total)
    return None


def _offset(listing: Listing, page: Type, items: Path) -> Following | None:
    if not _sent(listing, _SIZES, is_integer):
        return None
    for sent, type_, default in listing.taken():
        if bare(sent.name) in _OFFSETS and is_integer(type_) and not default:
            return Offset(sent=sent, more=flag_in(page, listing.look, _MORE))
    return None


def _sent(
    listing: Listing, names: Iterable[str], fits: Callable[[Type], bool]
) -> Sent | None:
    """The first parameter of one of some names, and of a type that fits."""
    return next(
        (
            sent
            for sent, type_, _ in listing.taken()
            if bare(sent.name) in names and fits(without_null(type_))
        ),
        None,
    )


_WAYS = (_link_header, _next_link, _cursor, _page_number, _offset)
