"""How words fill lines: as many as fit, broken at spaces alone, no word ever."""

from __future__ import annotations

import textwrap


def filled(text: str, width: int, first: str = "", later: str = "") -> str:
    """The words of a text in lines of a width, as `textwrap.fill` lays them out.

    `first` stands before the first line, `later` before the others.
    """
    if not text or " ".join(text.split()) != text:
        # Other space than one between words is kept, dropped or replaced by rules.
        return textwrap.fill(
            text,
            width,
            initial_indent=first,
            subsequent_indent=later,
            break_long_words=False,
            break_on_hyphens=False,
        )
    lines: list[str] = []
    start, lead = 0, first
    while len(text) - start > (room := width - len(lead)):
        end = text.rfind(" ", start, start + max(room, 0) + 1)
        if end < 0:
            end = text.find(" ", start + max(room, 0))
        if end < 0:
            break
        lines.append(lead + text[start:end])
        start, lead = end + 1, later
    return "\n".join([*lines, lead + text[start:]])
