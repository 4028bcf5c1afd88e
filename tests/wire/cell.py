"""The form of a cell of the wire table: a parameter, a value, and what must be received."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from calque.document.node import Json

Location: TypeAlias = Literal["path", "query", "querystring", "header", "cookie"]

NOTHING = "(not sent)"
REFUSED = "(refused: ValueError)"


@dataclass(frozen=True, slots=True)
class Record:
    """An object that is given as an instance of the generated class `Color`."""

    red: int
    green: int
    blue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One parameter with one value; `wire` is written down from the specification.

    `style` None leaves `style` and `explode` out of the document. `media` makes it a
    parameter with `content`.
    """

    location: Location
    schema: dict[str, Json]
    value: object
    wire: str
    style: str | None = None
    explode: bool | None = None
    reserved: bool = False
    media: str | None = None

    def parameter(self) -> dict[str, Json]:
        """The Parameter Object."""
        said: dict[str, Json] = {"name": "color", "in": self.location}
        if self.location == "path":
            said["required"] = True
        if self.media is not None:
            return {**said, "content": {self.media: {"schema": self.schema}}}
        if self.style is not None:
            said["style"] = self.style
        if self.explode is not None:
            said["explode"] = self.explode
        if self.reserved:
            said["allowReserved"] = True
        return {**said, "schema": self.schema}


STRING: dict[str, Json] = {"type": "string"}
INTEGER: dict[str, Json] = {"type": "integer"}
ARRAY: dict[str, Json] = {"type": "array", "items": STRING}
MAP: dict[str, Json] = {"type": "object", "additionalProperties": INTEGER}
RECORD: dict[str, Json] = {"$ref": "#/components/schemas/Color"}
ANY: dict[str, Json] = {}


def formatted(type_: str, format_: str) -> dict[str, Json]:
    """The schema of a scalar in a format."""
    return {"type": type_, "format": format_}
