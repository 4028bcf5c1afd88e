"""How words of a document become docstrings: the one function for each form of them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from calque.render.filling import filled

WIDTH = 88

# Lines that mean something as they stand (CommonMark: lists, quotes, tables, code).
_KEPT = re.compile(r"\s{4,}|\s*([-*+>|#]|\d+[.)]|```|~~~)")
_ITEM = re.compile(r"\s*([-*+]|\d+[.)]) +")
_CODE = re.compile(r"\s*(```|~~~)")


_MEMORY = 1 << 14
"""How many docstrings are remembered: methods come twice, and fields are alike."""

# The spaces before a line that is not the first, and not blank.
_MARGIN = re.compile(r"\n( *)(?=[^ \n])")


@lru_cache(_MEMORY)
def docstring(text: str, indent: int) -> str:
    """A docstring, quotes included, for a place that is indented by `indent` spaces.

    Later lines carry no indentation: whoever places the text gives it. Raises nothing:
    every string there is has a docstring.
    """
    width = WIDTH - indent
    paragraphs = _paragraphs(_printable(text), width)
    if len(paragraphs) == 1 and len(paragraphs[0]) + 6 <= width:
        return f'"""{_closed(paragraphs[0])}"""'
    first, newline, _ = paragraphs[0].partition("\n")
    if len(first) + 3 > width:
        paragraphs[0] = _wrap(paragraphs[0], width, 3)
    if len(paragraphs) == 1 and not newline:
        # Black closes what is one line on that line, however long it is.
        paragraphs[0] = _wrap(paragraphs[0], width - 6)
    body = _dedented("\n\n".join(paragraphs))
    if "\n" not in body:
        return f'"""{_closed(body)}"""'
    return f'"""{body}\n"""'


def _dedented(body: str) -> str:
    """The text with one line at least, the first aside, that is not indented."""
    margins = [len(m[1]) for m in _MARGIN.finditer(body)]
    fewest = min(margins, default=0)
    return re.sub(rf"(?m)(?<=\n) {{{fewest}}}", "", body) if fewest else body


def plain(text: str) -> str:
    """The text in one line."""
    return " ".join(text.split())


def ended(text: str) -> str:
    """A sentence of the document, after which another can stand."""
    return text if text.endswith((".", "!", "?", ":", ";")) else f"{text}."


def markdown(text: str) -> str:
    """Words in a line of Markdown; nothing in them becomes HTML."""
    line = plain(text)
    seen = line if line.isprintable() else "".join(c for c in line if _seen(c))
    return seen.replace("&", "&amp;").replace("<", "&lt;").replace("|", "&#124;")


def quotation(text: str) -> str:
    """Words as a quotation in Markdown, which whatever they begin ends with."""
    lines = text.replace("\r\n", "\n").strip().split("\n")
    return "\n".join(f"> {markdown(line)}".rstrip() for line in lines)


def section(title: str, entries: list[tuple[str, str]], indent: int) -> str:
    """A titled section of a docstring: names and what they mean (Google's style)."""
    width = WIDTH - indent
    lines = [f"{title}:"]
    for name, text in entries:
        said = f"{name}: {plain(text)}" if name else plain(text)
        lines.append(filled(said, width, " " * 4, " " * 8))
    return "\n".join(lines)


def _paragraphs(text: str, width: int) -> list[str]:
    blocks = [b.strip("\n") for b in re.split(r"\n[ \t]*\n", text.strip())]
    return [_wrap(block, width) for block in blocks if block.strip()] or [""]


def _wrap(block: str, width: int, first: int = 0) -> str:
    """A paragraph, filled; a block whose lines mean something keeps its lines."""
    lines = [line.rstrip() for line in block.split("\n")]
    if any(_KEPT.match(line) for line in lines):
        if any(_CODE.match(line) for line in lines):
            return "\n".join(lines)
        return "\n".join(_item(line, width) for line in lines)
    words = " ".join(line.strip() for line in lines)
    return filled(words, width, " " * first)[first:]


def _item(line: str, width: int) -> str:
    """A line of a list, broken where it is too long, and indented as its first word."""
    mark = _ITEM.match(line)
    if mark is None or len(line) <= width:
        return line
    return filled(line, width, later=" " * mark.end())


def _printable(text: str) -> str:
    """The text with nothing in it that ends a docstring, or that can't be seen."""
    escaped = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    escaped = escaped.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if escaped.replace("\n", " ").isprintable():
        return escaped
    return "".join(c if _seen(c) else _escape(c) for c in escaped)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _seen(character: str) -> bool:
    return character == "\n" or unicodedata.category(character) not in (
        "Cc",
        "Cf",
        "Co",
        "Cs",
        "Zl",
        "Zp",
    )


def _closed(line: str) -> str:
    """A line that can stand before the closing quotes: a quote at its end is escaped."""
    if not line.endswith('"'):
        return line
    return re.sub(r'(?<!\\)((?:\\\\)*)"$', r"\1\"", line) + " "
