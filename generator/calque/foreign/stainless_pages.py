"""What a `stainless.yml` says of pages: schemes, and the methods that have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from calque.document.node import Json, Node, escape
from calque.foreign.carried import Carrying
from calque.foreign.known import Known
from calque.model.api import Operation

_MARK = "x-stainless-pagination-property"

# Where nothing is marked: the parameters that a kind of pages is usually asked for by.
_USUAL = {
    "cursor": ("cursor", "after", "starting_after", "page_token", "next_cursor"),
    "offset": ("offset", "skip"),
    "page_number": ("page", "page_number"),
}

Called = tuple[Node, Operation]


def pages(
    root: Node, known: Known, carrying: Carrying, methods: Iterable[Called]
) -> None:
    """Carries over the pages of all methods."""
    schemes = dict(_schemes(root.below("pagination")))
    settings = {name: setting(scheme) for name, scheme in schemes.items()}
    used: set[str] = set()
    for node, operation in methods:
        used |= _paged(node, operation, known, carrying, settings)
    for name, scheme in schemes.items():
        if name in used:
            carrying.take(scheme)
        elif settings[name] is None:
            carrying.leave(scheme, "calque follows no pages of this kind")
        else:
            carrying.leave(scheme, "no method is found that has these pages")


def _schemes(node: Node) -> Iterator[tuple[str, Node]]:
    """The schemes by their names: a list of them, or one alone."""
    if node.mapping():
        yield "", node
    for scheme in node.elements():
        yield scheme.text("name") or scheme.key, scheme


def _paged(
    node: Node,
    operation: Operation,
    known: Known,
    carrying: Carrying,
    settings: dict[str, dict[str, Json] | None],
) -> set[str]:
    """Carries over what is said of a method; the schemes that it has."""
    said = node.below("paginated")
    key = operation.keys[0]
    if said.value is False:
        carrying.take(said)
        if operation.paging is not None:
            carrying.put(said, "pagination", key, value=False)
        return set()
    wanted = [said.value] if isinstance(said.value, str) else [*settings]
    why = "there is no such scheme"
    for name in wanted:
        found = settings.get(str(name))
        if found is None:
            continue
        why = known.misfit(operation, found)
        if not why:
            if not known.same(operation, found):
                carrying.put(said, "pagination", key, found)
            carrying.take(said)
            return {str(name)}
    if said.value is not None:
        carrying.leave(said, why)
    return set()


def setting(scheme: Node) -> dict[str, Json] | None:
    """What calque says of such pages; None where it can't follow them."""
    request, response = scheme.below("request"), scheme.below("response")
    found: dict[str, Json | None] = {"items": _items(response)}
    match scheme.text("type"):
        case "cursor":
            found["cursor"] = _field(response, "next_cursor_field") or _next(response)
            found["parameter"] = _parameter(request, "next_cursor_param", "cursor")
            found["more"] = _field(response, "has_next_page")
            whole = found["cursor"] and found["parameter"]
        case "cursor_url":
            found["next_link"] = whole = _field(response, "cursor_url_field")
        case "offset":
            found["offset"] = _parameter(request, "offset_count_param", "offset")
            found["total"] = _field(response, "offset_total_count_field")
            whole = found["offset"]
        case "page_number":
            found["page"] = _parameter(request, "page_number_param", "page_number")
            found["total"] = _field(response, "total_page_count_field")
            whole = found["page"]
        case _:
            return None
    said: dict[str, Json] = {k: v for k, v in found.items() if v is not None}
    return said if whole else None


def _marked(node: Node, above: str = "") -> Iterator[tuple[str, Node]]:
    """The properties at and below a place, each with its pointer."""
    for name, property_ in node.items():
        pointer = f"{above}/{escape(name)}"
        yield pointer, property_
        yield from _marked(property_.below("properties"), pointer)


def _field(response: Node, purpose: str) -> str | None:
    """Where the property of a purpose stands; None also where it is a header."""
    for pointer, property_ in _marked(response):
        mark = property_.object(_MARK)
        if mark.get("purpose") == purpose and "from_header" not in mark:
            return pointer
    return None


def _items(response: Node) -> str | None:
    for pointer, property_ in _marked(response):
        mark = property_.object(_MARK)
        if mark.get("is_top_level_array") is True:
            return ""
        if mark.get("purpose") == "items":
            return pointer
    arrays = [p for p, node in _marked(response) if node.text("type") == "array"]
    return arrays[0] if len(arrays) == 1 else None


def _next(response: Node) -> str | None:
    """The one property that is called like the next cursor."""
    named = [p for p, _ in _marked(response) if "next" in p.rpartition("/")[2].lower()]
    return named[0] if len(named) == 1 else None


def _parameter(request: Node, purpose: str, kind: str) -> str | None:
    for name, property_ in request.items():
        if property_.object(_MARK).get("purpose") == purpose:
            return name
    return next((name for name in _USUAL[kind] if name in request), None)
