"""What the fakes of a package answer by default: the lines of its `testing.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from calque.document.node import Json
from calque.model.api import Content, Offer, Operation
from calque.model.both import at_once, streamed
from calque.model.paging import Paging
from calque.model.types import ListOf, Type
from calque.render.fake_pages import Pages
from calque.render.manners import answer_type
from calque.render.samples import Declarations, NoSample, Samples, fits
from calque.render.statements import operation_id
from calque.render.streaming import is_event, streams

LONGEST = 4_000
"""The characters of JSON that an example may have: longer ones make a package heavy."""

Entry = dict[str, Json]


def defaults(found: Mapping[str, str]) -> str:
    """The file: by the id of each operation its default, or that of which it is the same."""
    first: dict[str, str] = {}
    for id_, text in sorted(found.items()):
        first.setdefault(text, id_)
    lines = (
        f"{json.dumps(id_)}: {text if first[text] == id_ else json.dumps(first[text])}"
        for id_, text in sorted(found.items())
    )
    return "{\n" + ",\n".join(lines) + "\n}"


def defaults_of(operation: Operation, declarations: Declarations) -> dict[str, str]:
    """The defaults of an operation, as the file has them."""
    return {
        id_: json.dumps(entry, separators=(",", ":"))
        for id_, entry in _entries(operation, declarations)
    }


def _entries(
    operation: Operation, declarations: Declarations
) -> Iterator[tuple[str, Entry]]:
    """What is kept for an operation; of one with two sides, for each."""
    id_ = operation_id(operation)
    sides = [(id_, operation)]
    if operation.switch:
        sides = [(id_, at_once(operation)), (f"{id_}#stream", streamed(operation))]
    for key, side in sides:
        entry = _Making(side, declarations).entry()
        if entry is not None:
            yield key, entry


class _Making:
    """The default of one operation."""

    def __init__(self, operation: Operation, declarations: Declarations) -> None:
        self._operation = operation
        self._declarations = declarations
        self._samples = Samples(declarations)

    def entry(self) -> Entry | None:
        """What is kept; None where the answer is no JSON, or there is no value of it."""
        try:
            if streams(self._operation):
                return self._items()
            if self._operation.paging is not None:
                return self._page(self._operation.paging)
            return self._whole()
        except NoSample:
            return None

    def _whole(self) -> Entry | None:
        offers = [o for a in self._operation.successes for o in a.offers]
        for offer in offers:
            if offer.content is Content.TEXT:
                texts = (e.value for e in offer.examples if isinstance(e.value, str))
                return next(
                    (_entry("example", t) for t in texts if 0 < _length(t) <= LONGEST),
                    None,
                )
            if offer.content in (Content.JSON, Content.XML):
                return self._of(offer)
        return None

    def _of(self, offer: Offer) -> Entry:
        """An example of a media type, else of its schema, else what the schema demands."""
        given = [_entry("example", each.value) for each in offer.examples]
        given.append(_entry("schema", offer.schema_example))
        usable = [e for e in given if self._is_usable(e["value"], offer.type)]
        for entry in usable:
            if _length(entry["value"]) <= LONGEST:
                return entry
        made = _entry("schema", self._sample(offer.type))
        return min([*usable[:1], made], key=lambda entry: _length(entry["value"]))

    def _is_usable(self, value: Json, type_: Type) -> bool:
        """Whether an example is what it should be, and JSON that every reader takes."""
        fitting = value is not None and fits(value, type_, self._declarations)
        return fitting and _length(value) > 0

    def _sample(self, type_: Type) -> Json:
        if isinstance(type_, ListOf):
            return self._samples.list_of(type_.item)
        return self._samples.of(type_)

    def _items(self) -> Entry | None:
        """The items of a stream: those of an example, else one."""
        offers = [o for a in self._operation.successes for o in a.offers if o.streams]
        type_ = offers[0].type
        if is_event(offers[0].content, type_):
            return None
        for example in offers[0].examples:
            if self._is_usable(example.value, ListOf(type_)):
                return _entry("example", example.value)
        return _entry("schema", self._samples.list_of(type_))

    def _page(self, said: Paging) -> Entry | None:
        """A page that is the last one, and how others are made of it."""
        entry = self._whole()
        if entry is None:
            return None
        pages = Pages(said, answer_type(self._operation), self._declarations)
        layout = pages.layout()
        made = entry["origin"] == "schema"
        value = pages.last(entry["value"], layout, made=made)
        return {**entry, "value": value, "pages": layout.json}


def _entry(origin: str, value: Json) -> Entry:
    return {"origin": origin, "value": value}


def _length(value: Json) -> int:
    """The characters of a value in JSON; 0 for what JSON, or UTF-8, has no form for."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        return len(text.encode())
    except ValueError:
        return 0
