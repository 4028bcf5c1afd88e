"""What a fake answers when nobody told it: the document's examples, kept in `testing.json`."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Generic, Literal, TypeAlias, TypeVar, cast

import msgspec

from .json_values import as_object

T_co = TypeVar("T_co", covariant=True)

Origin: TypeAlias = Literal["example", "schema", "nothing"]


class Default(msgspec.Struct, Generic[T_co], frozen=True):
    """What an operation answers by default.

    `origin`: it is an `example` of the document's; made from the `schema`, its examples
    and what it demands; or there was `nothing` to say.
    """

    value: T_co
    origin: Origin = "nothing"


class Kept(msgspec.Struct, frozen=True):
    """What is kept for an operation: JSON, where it is from, and where its pages are."""

    origin: Origin = "nothing"
    value: object = None
    pages: object = None


@cache
def _all(package: str) -> dict[str, object]:
    text = files(package).joinpath("testing.json").read_text("utf-8")
    return cast("dict[str, object]", json.loads(text))


def kept(package: str, operation: str) -> Kept | None:
    """What is kept for an operation; None where that is nothing.

    Where two operations have the same, one of them has the name of the other.
    """
    found = _all(package).get(operation)
    while isinstance(found, str):
        found = _all(package).get(found)
    members = as_object(found)
    return None if members is None else msgspec.convert(members, Kept)
