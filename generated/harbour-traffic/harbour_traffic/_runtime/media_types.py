"""Media types: which of them are JSON, and how bytes of one are read as text."""

from __future__ import annotations


def essence(content_type: str | None) -> str:
    """`type/subtype` in lower case without parameters; empty if there is none."""
    return (content_type or "").partition(";")[0].strip().lower()


def is_json(content_type: str | None) -> bool:
    """Whether a media type is JSON: `json` as its subtype or its suffix (RFC 6839)."""
    subtype = essence(content_type).partition("/")[2]
    return subtype in ("json", "x-json") or subtype.endswith("+json")


def looks_like_json(content: bytes) -> bool:
    """Whether a body of unknown or wrong type begins as a JSON object or array does."""
    return content.lstrip(b" \t\r\n\xef\xbb\xbf")[:1] in (b"{", b"[")


def text_of(content: bytes, content_type: str | None) -> str:
    """The body as text in its declared charset, UTF-8 otherwise; never fails.

    Bytes that the charset does not know become U+FFFD.
    """
    return content.decode(charset_of(content_type), errors="replace")


def charset_of(content_type: str | None) -> str:
    """The declared charset, if Python knows it; UTF-8 otherwise."""
    for parameter in (content_type or "").split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return _known(value.strip().strip("\"'"))
    return "utf-8"


def _known(charset: str) -> str:
    try:
        # Not an empty body: Python decodes that without a look at the charset.
        b" ".decode(charset, errors="replace")
    except (LookupError, ValueError):
        return "utf-8"
    return charset
