"""Header fields of answers, and of webhooks, as the API declares them: typed values.

    class ListPetsHeaders(ResponseHeaders, frozen=True, kw_only=True):
        x_rate_limit: int | None = field(default=None, name="X-Rate-Limit")

    ListPetsHeaders.of(response).x_rate_limit

The text is in the style `simple` (OpenAPI 3.1, Header Object; RFC 6570, section 3.2.2),
where nothing is percent-encoded, as in header parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import ClassVar, Protocol, Self

import msgspec

from .headers import Headers
from .issue import DecodeError, Issue, Location, Report
from .json_text import read
from .lenient import builder
from .operation import Style
from .shapes import ANY, json_types
from .texts import item_of, member_of, scalar

SIMPLE = Style("simple")


class Answered(Protocol):
    """What has header fields: a `Response`, a `StatusError`, the `Delivery` of a webhook."""

    @property
    def headers(self) -> Headers: ...


class ResponseHeaders(msgspec.Struct, frozen=True, kw_only=True):
    """The header fields of an answer; None is one that the answer does not have.

    A value that is not of its type is kept as the text that it is, with an issue.
    """

    styles: ClassVar[Mapping[str, Style]] = {}
    """The fields that are not in the style `simple`, without `explode`."""

    # A name that is no header field's (RFC 9110, section 5.1).
    issues: tuple[Issue, ...] = msgspec.field(default=(), name=":issues")
    """Where the fields depart from the API's description."""

    @classmethod
    def of(cls, answer: Answered | Mapping[str, str]) -> Self:
        """The fields of what has them, or is a mapping of them. Raises nothing."""
        headers = Headers(answer) if isinstance(answer, Mapping) else answer.headers
        report = Report()
        found: dict[str, object] = {}
        for name, wire, kind in _layout(cls):
            lines = headers.get_list(wire)
            if lines:
                style = cls.styles.get(wire, SIMPLE)
                found[name] = _value(lines, kind, style, (None, wire), report)
        return cls(**found, issues=tuple(report.issues))


@cache
def _layout(kind: type[ResponseHeaders]) -> tuple[tuple[str, str, object], ...]:
    """The name, the name on the wire and the type of each field."""
    fields = msgspec.structs.fields(kind)
    return tuple((f.name, f.encode_name, f.type) for f in fields if f.name != "issues")


def _value(
    lines: list[str], kind: object, style: Style, at: Location, report: Report
) -> object:
    text = ", ".join(lines)
    if style.name == "json":
        try:
            raw, _ = read(text.encode())
        except DecodeError as error:
            report.note(at, error.message)
            return text
    elif at is not None and str(at[1]).lower() == "set-cookie":
        # Each line by itself: a date in it has a comma (RFC 6265, section 3).
        raw = lines
    else:
        raw = _json(text, kind, style.exploded)
    return builder(kind)(raw, at, report)


def _json(text: str, kind: object, exploded: bool) -> object:
    """The JSON value that a text in the style `simple` stands for; itself, if for none."""
    accepted = json_types(kind)
    if accepted != ANY and "array" in accepted:
        items = _split(text)
        return [scalar(item, item_of(kind, place)) for place, item in enumerate(items)]
    if accepted != ANY and "object" in accepted:
        members = _members(_split(text), exploded)
        if members is None:
            return text
        return {
            name: scalar(each, member_of(kind, name)) for name, each in members.items()
        }
    return scalar(text, kind)


def _split(text: str) -> list[str]:
    """The parts between commas (RFC 9110, section 5.6.1: with space around them)."""
    return [part.strip(" \t") for part in text.split(",")] if text else []


def _members(parts: list[str], exploded: bool) -> dict[str, str] | None:
    """Names and values: `R=100,G=200` exploded, `R,100,G,200` otherwise."""
    if exploded:
        pairs = [part.partition("=") for part in parts]
        return {name: value for name, mark, value in pairs if mark} or None
    if len(parts) % 2:
        return None
    return dict(zip(parts[::2], parts[1::2], strict=True))
