"""Header fields that come from the service, and the styles that values are written in."""

from __future__ import annotations

from dataclasses import dataclass

from calque.model.types import Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a parameter's value is written, where that is not its location's default."""

    style: str
    explode: bool
    allow_reserved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedHeader:
    """A header field that comes from the service; `style` where it is not plainly `simple`."""

    id: str
    name: str
    type: Type
    doc: str = ""
    deprecated: bool = False
    style: Style | None = None
