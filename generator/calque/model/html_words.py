"""What HTML in a description says: its words as the Markdown that CommonMark has for them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

# Descriptions are CommonMark, which may hold HTML; only what holds elements of running
# text is taken for it, so that `<resource>` in prose stays as it is.
_HTML = re.compile(
    r"</?(p|br|li|ul|ol|code|pre|a|b|i|em|strong|div|span)\b[^<>]*>", re.I
)

_BLOCKS = {
    *("p", "div", "ul", "ol", "pre", "table", "tr", "dl", "note", "important"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
}
_AROUND = {"code": "`", "tt": "`", "b": "**", "strong": "**", "i": "*", "em": "*"}
_HIDDEN = {"script", "style"}
_SILENT = {"span", "font", "u", "td", "th", "dt", "dd", "tbody", "thead", "sup", "sub"}


def words_of(text: str) -> str:
    """The text without HTML; the text itself where there is none in it."""
    if not _HTML.search(text):
        return text
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.found).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    """Gathers the words, with what stands for the elements around them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._links: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "li":
            self.found.append("\n- ")
        elif tag == "br":
            self.found.append("\n")
        elif tag == "a":
            self._links.append(dict(attrs).get("href") or "")
        elif tag in _BLOCKS or tag in _AROUND or tag in _SILENT:
            self.found.append("\n\n" if tag in _BLOCKS else _AROUND.get(tag, ""))
        else:
            # What only looks like an element: `<resource>` stands for something.
            self.found.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag == "a" and self._links:
            link = self._links.pop()
            self.found.append(f" ({link})" if link else "")
        else:
            self.found.append("\n\n" if tag in _BLOCKS else _AROUND.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(re.sub(r"\s+", " ", data))
