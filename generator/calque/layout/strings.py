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

# Characters that take one column in black's table, and such as take two; the rest is rare.
_NARROW = (range(0x1100), range(0x1160, 0x231A))
_WIDE = (
    range(0x3041, 0x3097),
    range(0x3099, 0x3100),
    range(0x3400, 0x4DC0),
    range(0x4E00, 0xA000),
    range(0xAC00, 0xD7A4),
    range(0xFF01, 0xFF61),
)


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
    widths = [_width(ord(c)) for c in line]
    if 0 not in widths:
        return sum(widths) <= WIDTH
    # What is not known takes no column, one or two.
    if sum(widths) > WIDTH:
        return False
    return True if sum(width or 2 for width in widths) <= WIDTH else None


def _width(code: int) -> int:
    """The columns of a character; 0 where it is not known here."""
    if any(code in narrow for narrow in _NARROW):
        return 1
    return 2 if any(code in wide for wide in _WIDE) else 0
