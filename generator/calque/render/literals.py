"""How a value of a document is written in Python: the one function for literals."""

from __future__ import annotations

import json

from calque.document.node import Json


def literal(value: Json) -> str:
    """The Python literal of a JSON value, safe for every string there is.

    `repr` escapes whatever does not print, lone surrogates and marks that turn the
    direction of writing among it.
    """
    match value:
        case str():
            return _text(value)
        case list():
            return f"[{', '.join(literal(v) for v in value)}]"
        case dict():
            members = (f"{_text(k)}: {literal(v)}" for k, v in value.items())
            return f"{{{', '.join(members)}}}"
        case float() if value != value or value in (float("inf"), -float("inf")):
            return f'float("{value}")'
        case _:
            return repr(value)


def toml(value: str) -> str:
    """A string of TOML, in one line and without what can't be seen (TOML 1.0, String)."""
    line = " ".join(value.split())
    seen = "".join(c for c in line if c.isprintable())
    return json.dumps(seen, ensure_ascii=False)


def _text(value: str) -> str:
    """A string in double quotes, unless that takes more escapes (black's own rule)."""
    plain = repr(str(value))
    if plain.startswith('"') or '"' in value:
        return plain
    return f'"{plain[1:-1]}"'
