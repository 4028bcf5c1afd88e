"""Which docstrings black leaves as they are: those that are indented as it does."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from calque.layout.leaf import Unknown
from calque.layout.strings import WIDTH, is_settled_docstring

_QUOTES = '"""'

_MEMORY = 1 << 12
"""How many docstrings are remembered: methods come twice, with the same words."""

# Space at the end of a line, and what one might take for space or the end of a line.
_STRANGE = re.compile(r"[^\S\n]\n|[\t\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@lru_cache(_MEMORY)
def check(text: str, depth: int) -> None:
    """Raises Unknown for a docstring, quotes included, that black might change."""
    inner = text[3:-3]
    if not inner or inner[0].isspace() or inner[0] == '"':
        raise Unknown(text)
    head, newline, last = inner.rpartition("\n")
    if not newline:
        _check_end(inner)
        return
    indent = " " * 4 * depth
    own, outside = _patterns(depth)
    if _STRANGE.search(inner) or outside.search(inner) or not own.search(inner):
        raise Unknown(text)
    if last == indent:
        if head.endswith("\n"):
            raise Unknown(text)
    else:
        _check_end(inner)
        if len(last) + len(_QUOTES) > WIDTH:
            raise Unknown(text)


def check_escapes(text: str) -> None:
    """Raises Unknown for a string in triple quotes whose escapes black might change."""
    if not is_settled_docstring(text):
        raise Unknown(text)


def _check_end(inner: str) -> None:
    """A quote at the end has a space after it, and nothing else has."""
    if inner.endswith('" ') and not inner.endswith("  "):
        return
    backslashes = len(inner) - len(inner.rstrip("\\"))
    if inner[-1].isspace() or inner[-1] == '"' or backslashes % 2:
        raise Unknown(inner)


@cache
def _patterns(depth: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A line that has the docstring's own indentation, and one that has less."""
    indent = " " * 4 * depth
    return re.compile(rf"\n{indent}\S"), re.compile(rf"\n(?!\n|{indent})")
