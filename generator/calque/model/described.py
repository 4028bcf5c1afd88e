"""What a schema says in words: its description, and its constraints as sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from calque.document.node import Json, Node
from calque.model.html_words import words_of
from calque.model.scalars import scalar
from calque.model.types import TEXT

_SIGNS = re.compile(r"[\W_]+")

# JSON Schema Validation, sections 6.2 to 6.5; what is counted stands in the plural.
_CONSTRAINTS = {
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "pattern": "matches `{}`",
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "minProperties": "at least {} members",
    "maxProperties": "at most {} members",
}

_HELD = {
    "format": "format `{}`",
    "contentEncoding": "encoding `{}`",
    "contentMediaType": "media type `{}`",
}

_SPOKEN = frozenset(
    {"email", "password", "string", "text", "url"}
    | {"uri", "uri-reference", "uri-template", "iri", "iri-reference"}
)
"""Formats that the name or the description of what has them speaks of anyway."""

_CONSTRAINING = frozenset(
    {*_CONSTRAINTS, *("uniqueItems", "const", "enum", "format", "allOf")}
    | {"contentEncoding", "contentMediaType"}
)


def own(node: Node) -> tuple[Node, ...]:
    """A schema, and what it is made of in its own place."""
    parts = node.nodes("allOf")
    return (node, *(part for part in parts if "$ref" not in part)) if parts else (node,)


def own_doc(node: Node) -> str:
    """The words of a schema, or failing that of what it is made of in its own place."""
    words = next((doc for each in own(node) if (doc := doc_of(each))), "")
    return "\n\n".join(filter(None, (words, see(node))))


def doc_of(node: Node, name: str = "") -> str:
    """The description, or failing that the summary, or a title that says more than the
    name does: that of the node, unless another is given.
    """
    for key in ("description", "summary"):
        if text := said(node, key):
            return text
    title = said(node, "title")
    return title if title and _bare(title) != _bare(name or node.key) else ""


def _bare(name: str) -> str:
    return _SIGNS.sub("", name).lower()


def described(operation: Node, path_item: Node) -> str:
    """The description of an operation, or that of its path, and where there is more."""
    words = said(operation, "description") or said(path_item, "description")
    return "\n\n".join(filter(None, (words, see(operation))))


def see(node: Node) -> str:
    """Where more is said of an object: its External Documentation Object."""
    docs = node.below("externalDocs")
    url, words = docs.text("url"), said(docs, "description")
    if not url:
        return ""
    return f"See {url} ({words.rstrip('.')})." if words else f"See {url}."


def said(node: Node, key: str) -> str:
    """The words of a member, without HTML and the space around them."""
    text = node.text(key)
    return words_of(text).strip() if text else ""


def example_of(node: Node) -> Json:
    """The schema's example, or the first of several; None where it has none."""
    several = node.array("examples")
    return node.mapping().get("example", several[0] if several else None)


def constraints(node: Node) -> tuple[str, ...]:
    """The constraints of a schema in words; they document, and are never enforced."""
    if _CONSTRAINING.isdisjoint(node.mapping()):
        return ()
    return tuple(said for each in own(node) for said in _constraints(each, node))


def _constraints(node: Node, around: Node) -> tuple[str, ...]:
    """The constraints of a part of a schema, or of the schema itself."""
    values = node.mapping()
    said = [
        _counted(words.format(values[key]))
        for key, words in _CONSTRAINTS.items()
        if key in values
    ]
    if node.flag("uniqueItems"):
        said.append("no item twice")
    return (*said, *_held(node, around), *_listed(node))


def _held(node: Node, around: Node) -> Iterator[str]:
    """What a text holds, where Python has no type for it."""
    typed = node if "type" in node else around
    one = typed.text("type")
    types = [one] if one else typed.texts("type")
    if not types or ("string" in types and scalar("string", node) == TEXT):
        said = ((words, node.text(key)) for key, words in _HELD.items())
        yield from (w.format(v) for w, v in said if v and v not in _SPOKEN)


def _counted(words: str) -> str:
    """The words in the singular where there is one of it."""
    return re.sub(r" 1 (character|item|member)s$", r" 1 \1", words)


def _listed(node: Node) -> list[str]:
    """The values that a schema lists, where Python has no literals for them."""
    values = [node.mapping()["const"]] if "const" in node else node.array("enum")
    if not any(isinstance(value, (bool, float, list, dict)) for value in values):
        return []
    texts = [f"`{json.dumps(value)}`" for value in values]
    return [f"always {texts[0]}" if len(texts) == 1 else f"one of {', '.join(texts)}"]
