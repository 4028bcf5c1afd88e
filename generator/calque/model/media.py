"""Media types: which of them are JSON, text, or forms."""

from __future__ import annotations

JSON = "application/json"
URLENCODED = "application/x-www-form-urlencoded"
OCTETS = "application/octet-stream"
ANY = "*/*"

# `multipart/mixed` is written like `form-data`: OpenAPI names the parts of both.
_MULTIPART = ("multipart/form-data", "multipart/mixed")


def essence(media_type: str) -> str:
    """`type/subtype` in lower case, without parameters."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether its content is JSON (RFC 8259; the `+json` suffix, RFC 6839)."""
    bare = essence(media_type)
    return bare in (JSON, "text/json") or bare.endswith("+json")


def is_text(media_type: str) -> bool:
    """Whether its content is text and nothing more."""
    return media_type.lower().startswith("text/")


def is_patch(media_type: str) -> bool:
    """Whether its content is a change of something (RFC 5789)."""
    return "patch" in essence(media_type)


def is_xml(media_type: str) -> bool:
    """Whether its content is XML (RFC 7303; the `+xml` suffix, section 4.2)."""
    bare = essence(media_type)
    return bare in ("application/xml", "text/xml") or bare.endswith("+xml")


def is_multipart(media_type: str) -> bool:
    """Whether its content is a form that carries files."""
    return essence(media_type) in _MULTIPART


def is_form(media_type: str) -> bool:
    """Whether its content is the members of an object, by name."""
    return is_multipart(media_type) or essence(media_type) == URLENCODED
