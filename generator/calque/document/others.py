"""What people give for an OpenAPI document and is something else, and what to do then."""

from __future__ import annotations

import re
from dataclasses import dataclass

from calque.document.node import Node


@dataclass(frozen=True, slots=True)
class Other:
    """What a file is instead, and the way from there to a document."""

    what: str
    advice: str

    @property
    def message(self) -> str:
        """What is wrong with it."""
        return f"this is {self.what}, and no OpenAPI document"


_UNPACK = "unpack it, and name the document in it"
_EXPORT = "export the API as OpenAPI, and name that"
_DESCRIBE = "describe what is sent over HTTP in an OpenAPI document"

_BINARY = (
    (rb"\x1f\x8b", Other("a gzip file", _UNPACK)),
    (rb"PK\x03\x04", Other("a ZIP archive", _UNPACK)),
    (rb"%PDF-", Other("a PDF", "name the document that it was made of")),
    (rb"\x89PNG|\xff\xd8\xff|GIF8", Other("a picture", "name the document itself")),
)
"""The first bytes of files that are no text."""

_TEXTS = (
    (
        r"<!doctype html|<html|<head",
        Other("an HTML page", "name the document that it shows, JSON or YAML"),
    ),
    (r"<\?xml|<[A-Za-z:]+[ >]", Other("XML", _DESCRIBE)),
    (
        r"version https://git-lfs\.github\.com/",
        Other("a pointer of Git LFS", "`git lfs pull` gets the file itself"),
    ),
    (r"syntax *= *[\"']proto", Other("a file of Protocol Buffers", _DESCRIBE)),
    (
        r"(extend )?(type|schema|input|interface|enum|union|scalar|directive)\b[^:\n]*[{=@(\n]",
        Other("a GraphQL schema", _DESCRIBE),
    ),
)
"""The beginnings of texts that make no object, blank lines and comments aside."""

_ASIDE = re.compile(r"(?:\s+|#[^\n]*\n|\"\"\".*?\"\"\"|//[^\n]*\n)*", re.DOTALL)

_KEYS = (
    ("/asyncapi", "", Other("an AsyncAPI document", _DESCRIBE)),
    ("/arazzo", "", Other("an Arazzo document", "name a document that it refers to")),
    (
        "/overlay",
        "",
        Other("an overlay", "give it by `--overlay`, beside the document"),
    ),
    ("/info/_postman_id", "", Other("a Postman collection", _EXPORT)),
    ("/info/schema", "getpostman.com", Other("a Postman collection", _EXPORT)),
    ("/__export_format", "", Other("an export of Insomnia", _EXPORT)),
    ("/log/entries", "", Other("a recording of HTTP (HAR)", _DESCRIBE)),
    ("/data/__schema", "", Other("a GraphQL schema", _DESCRIBE)),
    ("/__schema", "", Other("a GraphQL schema", _DESCRIBE)),
    ("/swaggerVersion", "", Other("Swagger 1", "convert it to Swagger 2.0 or later")),
    (
        "/kind",
        "discovery#restDescription",
        Other("a Google API discovery document", "convert it to OpenAPI"),
    ),
    (
        "/$schema",
        "json-schema.org",
        Other("a JSON Schema", "refer to it from a document's `components`"),
    ),
)
"""Where objects that are something else have a value, and what text it holds."""


def by_beginning(content: bytes) -> Other | None:
    """What a file is that makes no object, by how it begins."""
    for magic, other in _BINARY:
        if re.match(magic, content):
            return other
    text = content[:10_000].decode("utf-8", errors="replace").lstrip("\ufeff")
    begins = _ASIDE.match(text)
    start = begins.end() if begins else 0
    found = (o for form, o in _TEXTS if re.compile(form, re.I).match(text, start))
    return next(found, None)


def by_keys(root: Node) -> Other | None:
    """What an object is that says nothing of OpenAPI, by the members that it has."""
    for place, text, other in _KEYS:
        node: Node | None = root
        for key in place.split("/")[1:]:
            node = node.get(key) if node else None
        if node is not None and text in str(node.value):
            return other
    return None
