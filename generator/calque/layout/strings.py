"""Which strings black leaves as they are, and how wide text is to it."""

from __future__ import annotations

import re

WIDTH = 88

# An escape that black writes in another case: hexadecimal digits in small letters, the
# names of characters in large ones. A backslash that is escaped itself begins none.
_UNSETTLED = re.compile(
    r"(?<!\\)(?:\\\\)*\\"
    r"(?:x[0-9a-f]?[A-F]|u[0-9a-f]{0,3}[A-F]|U[0-9a-f]{0,7}[A-F]|N)"
)
_ESCAPED_QUOTE = re.compile(r"(?<!\\)(?:\\\\)*\\['\"]")

# Below it, and in the second range (punctuation, arrows), black counts every character as
# one column.
_NARROW = 0x1100
_PUNCTUATION = range(0x1160, 0x231A)


def is_settled(text: str) -> bool:
    """Whether black keeps a string of one line: its quotes, its escapes.

    May say no of a string that it keeps.
    """
    if "\\" not in text:
        return text[0] == '"' or '"' in text
    if _UNSETTLED.search(text) or _ESCAPED_QUOTE.search(text):
        return False
    return text[0] == '"' or '"' in text


def is_settled_docstring(text: str) -> bool:
    """Whether black keeps the escapes of a string of several lines."""
    return "\\" not in text or not _UNSETTLED.search(text)


def fits(line: str) -> bool | None:
    """Whether a line is no wider than black allows; None where that takes its table."""
    if line.isascii():
        return len(line) <= WIDTH
    doubtful = sum(not _is_narrow(ord(c)) for c in line)
    if len(line) > WIDTH:
        return None if doubtful else False
    return True if len(line) + doubtful <= WIDTH else None


def _is_narrow(code: int) -> bool:
    return code < _NARROW or code in _PUNCTUATION
