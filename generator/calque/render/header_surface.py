"""What callers see of header fields: the attributes of their class."""

from __future__ import annotations

from collections.abc import Iterator

from calque.model.headers import TypedHeader
from calque.render.annotations import Scope, annotation
from calque.render.digest import digest
from calque.render.response_headers import said
from calque.surface import Field


def header_fields(headers: tuple[TypedHeader, ...], scope: Scope) -> Iterator[Field]:
    """The attributes of the class of some header fields."""
    for header in headers:
        yield Field(
            id=header.id,
            name=scope.names[header.id],
            wire=header.name,
            type=f"{annotation(header.type, scope).text} | None",
            default="None",
            deprecated=header.deprecated,
            doc=digest(said(header)),
        )
