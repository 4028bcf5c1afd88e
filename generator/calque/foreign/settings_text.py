"""The text of a `calque.toml`: settings as somebody would write them down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from calque.document.node import Json
from calque.render.literals import toml

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def settings_text(settings: Mapping[str, Json]) -> str:
    """The settings: what is plain first, then each table."""
    plain = {k: v for k, v in settings.items() if not isinstance(v, dict)}
    tables = {k: v for k, v in settings.items() if isinstance(v, dict)}
    lines = [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    for name, entries in tables.items():
        lines += ["", f"[{_key(name)}]", *_entries(entries)]
    return "\n".join(lines) + "\n"


def _entries(entries: Mapping[str, Json]) -> Iterator[str]:
    for key, value in entries.items():
        yield f"{_key(key)} = {_value(value)}"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else toml(key)


def _value(value: Json) -> str:
    match value:
        case dict():
            members = (f"{_key(k)} = {_value(v)}" for k, v in value.items())
            return f"{{ {', '.join(members)} }}"
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
        case _:
            return toml(str(value))
