"""JSON values whose type is not known: what they are, if they are of one kind."""

from __future__ import annotations

from typing import cast


def as_object(value: object) -> dict[str, object] | None:
    """The members of a JSON object; None if the value is none."""
    # The keys of JSON objects are strings: the type of a dict does not say so.
    return cast("dict[str, object]", value) if isinstance(value, dict) else None


def as_array(value: object) -> list[object] | None:
    """The items of a JSON array, which may be a tuple; None if the value is none."""
    if isinstance(value, tuple):
        return list(cast("tuple[object, ...]", value))
    return cast("list[object]", value) if isinstance(value, list) else None
