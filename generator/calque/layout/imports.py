"""How an import that is too long is laid out: each of its names on a line of its own."""

from __future__ import annotations

import re

from calque.layout.grammar import nameless
from calque.layout.strings import WIDTH

_NAMED = re.compile(
    r"from (?:\.+(?:x(?:\.x)*)?|x(?:\.x)*) import x(?: as x)?(?:, x(?: as x)?)*"
)


def broken(code: str, depth: int) -> str:
    """The lines of an import that certainly is too long; nothing of anything else."""
    if len(code) + 4 * depth <= WIDTH or not code.startswith("from "):
        return ""
    if not code.isascii() or not _NAMED.fullmatch(nameless(code)):
        return ""
    indent = "    " * depth
    head, _, names = code.partition(" import ")
    shown = [f"{indent}    {name},\n" for name in names.split(", ")]
    return "".join([f"{indent}{head} import (\n", *shown, f"{indent})\n"])
