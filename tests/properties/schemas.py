"""Random schemas, each together with the values that fit it."""

from __future__ import annotations

import base64
import datetime as dt
from dataclasses import dataclass
from email.utils import format_datetime

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from calque.document.node import Json

Values = SearchStrategy[Json]

NAMES = st.sampled_from(
    ["id", "name", "class", "list", "Not-Plain", "x y", "@type", "größe", "ID", "self"]
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A schema and its values."""

    schema: Json
    values: Values


def _text(**schema: Json) -> Json:
    return {"type": "string", **schema}


_moments = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 1, 1))
_whole_seconds = _moments.map(lambda moment: moment.replace(microsecond=0))
_offsets = st.sampled_from(["Z", "+00:00", "-05:30", "z"])
_fractions = st.sampled_from(["", ".5", ".123", ".000000", ".123456", ".1234567"])


def _spelled(at: dt.datetime, fraction: str, offset: str) -> str:
    return f"{at.isoformat()}{fraction}{offset}"


_date_times = st.builds(_spelled, _whole_seconds, _fractions, _offsets)
_times = _date_times.map(lambda text: text.partition("T")[2].upper())
_uuids = st.one_of(st.uuids().map(str), st.uuids().map(lambda id_: str(id_).upper()))
_utc = _whole_seconds.map(lambda moment: moment.replace(tzinfo=dt.UTC))
_http_dates = _utc.map(lambda moment: format_datetime(moment, usegmt=True))
_base64 = st.binary(max_size=9).map(lambda data: base64.b64encode(data).decode())
_base64url = st.binary(max_size=9).map(
    lambda data: base64.urlsafe_b64encode(data).decode()
)
_decimals = st.decimals(allow_nan=False, allow_infinity=False).map(str)
_integers = st.integers(-(2**53), 2**53)
_numbers = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False), st.integers(-99, 99)
)
ANYTHING: Values = st.recursive(
    st.one_of(st.none(), st.booleans(), _integers, st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text(max_size=4), inner, max_size=3),
    ),
    max_leaves=5,
)

SCALARS = [
    Drawn(_text(), st.text(max_size=8)),
    Drawn(_text(format="unheard-of"), st.text(max_size=8)),
    Drawn(_text(format="date-time"), _date_times),
    Drawn(_text(format="date"), st.dates().map(dt.date.isoformat)),
    Drawn(_text(format="time"), _times),
    Drawn(_text(format="uuid"), _uuids),
    Drawn(_text(format="byte"), _base64),
    Drawn(_text(format="base64url"), _base64url),
    Drawn(_text(format="decimal"), _decimals),
    Drawn(_text(format="int64"), _integers.map(str)),
    Drawn(_text(format="http-date"), _http_dates),
    Drawn(_text(contentEncoding="base64"), _base64),
    Drawn({"type": "integer", "format": "unixtime"}, st.integers(0, 4_000_000_000)),
    Drawn({"type": "integer"}, _integers),
    Drawn({"type": "integer"}, st.integers(-9, 9).map(float)),
    Drawn({"type": "number"}, _numbers),
    Drawn({"type": "number", "format": "decimal"}, _numbers),
    Drawn({"type": "boolean"}, st.booleans()),
    Drawn({"type": "null"}, st.none()),
    Drawn({"const": "one"}, st.just("one")),
    Drawn({"const": 7}, st.just(7)),
    Drawn({"enum": ["a", "b", "A"]}, st.sampled_from(["a", "b", "A"])),
    Drawn({"type": "integer", "enum": [1, 2]}, st.sampled_from([1, 2])),
    Drawn({"enum": ["a", 1, True, None, 1.5]}, st.sampled_from(["a", 1, True, None])),
    Drawn({}, ANYTHING),
]


def schemas() -> SearchStrategy[Drawn]:
    """Schemas of all kinds, nested a few deep."""
    return st.recursive(st.sampled_from(SCALARS), _around, max_leaves=7)


def _around(inner: SearchStrategy[Drawn]) -> SearchStrategy[Drawn]:
    some = st.lists(inner, min_size=1, max_size=3)
    members = st.dictionaries(NAMES, st.tuples(inner, st.booleans()), max_size=4)
    return st.one_of(
        inner.map(_array),
        some.map(_row),
        inner.map(_map),
        inner.map(_patterns),
        inner.map(_nullable),
        members.map(_object),
        st.tuples(members, inner).map(_open_object),
        st.tuples(members, members).map(_all_of),
        st.tuples(st.sampled_from(["oneOf", "anyOf"]), some).map(_choice),
        st.tuples(members, members).map(_told),
    )


def _array(item: Drawn) -> Drawn:
    schema: Json = {"type": "array", "items": item.schema}
    return Drawn(schema, st.lists(item.values, max_size=3))


def _row(items: list[Drawn]) -> Drawn:
    first: list[Json] = [item.schema for item in items]
    schema: Json = {"type": "array", "prefixItems": first, "items": False}
    return Drawn(schema, st.tuples(*(item.values for item in items)).map(list))


def _map(value: Drawn) -> Drawn:
    schema: Json = {"type": "object", "additionalProperties": value.schema}
    return Drawn(schema, st.dictionaries(st.text(max_size=4), value.values, max_size=3))


def _patterns(value: Drawn) -> Drawn:
    schema: Json = {
        "type": "object",
        "patternProperties": {"^x-": value.schema},
        "additionalProperties": False,
    }
    names = st.text(max_size=3).map(lambda name: f"x-{name}")
    return Drawn(schema, st.dictionaries(names, value.values, max_size=3))


def _nullable(inner: Drawn) -> Drawn:
    schema: Json = {"anyOf": [inner.schema, {"type": "null"}]}
    return Drawn(schema, st.one_of(st.none(), inner.values))


Members = dict[str, tuple[Drawn, bool]]


def _fixed(members: Members) -> SearchStrategy[dict[str, Json]]:
    required = {name: each.values for name, (each, needed) in members.items() if needed}
    others = {n: each.values for n, (each, needed) in members.items() if not needed}
    return st.fixed_dictionaries(required, optional=others)


def _described(members: Members) -> dict[str, Json]:
    properties: dict[str, Json] = {n: each.schema for n, (each, _) in members.items()}
    required: list[Json] = [name for name, (_, needed) in members.items() if needed]
    return {"type": "object", "properties": properties, "required": required}


def _object(members: Members) -> Drawn:
    return Drawn(_described(members), _fixed(members))


def _open_object(drawn: tuple[Members, Drawn]) -> Drawn:
    members, more = drawn
    schema = {**_described(members), "additionalProperties": more.schema}
    names = st.sampled_from(["more", "Others", "additional_properties"])
    rest = st.dictionaries(names, more.values, max_size=2)
    return Drawn(schema, st.builds(_beside, _fixed(members), rest))


def _beside(declared: dict[str, Json], rest: dict[str, Json]) -> Json:
    return {**rest, **declared}


def _all_of(parts: tuple[Members, Members]) -> Drawn:
    one, two = parts
    other = {name: each for name, each in two.items() if name not in one}
    schema: Json = {"allOf": [_described(one), _described(other)]}
    return Drawn(schema, _fixed({**one, **other}))


def _choice(drawn: tuple[str, list[Drawn]]) -> Drawn:
    keyword, options = drawn
    schema: Json = {keyword: [option.schema for option in options]}
    return Drawn(schema, st.one_of(*(option.values for option in options)))


def _told(drawn: tuple[Members, Members]) -> Drawn:
    """A union that a property with one value for each variant tells apart."""
    options: list[Drawn] = []
    for tag, members in zip(("first", "second"), drawn, strict=True):
        kind = Drawn({"const": tag}, st.just(tag))
        options.append(_object({**members, "kind": (kind, True)}))
    return _choice(("oneOf", options))
