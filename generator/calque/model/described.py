"""What a schema says in words: its description, and its constraints as sentences."""

from __future__ import annotations

import json
import re

from calque.document.node import Json, Node
from calque.model.html_words import words_of

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

_CONSTRAINING = frozenset({*_CONSTRAINTS, "uniqueItems", "const", "enum"})


def doc_of(node: Node) -> str:
    """The description, or failing that the summary or title."""
    for key in ("description", "summary", "title"):
        if text := said(node, key):
            return text
    return ""


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
    values = node.mapping()
    if _CONSTRAINING.isdisjoint(values):
        return ()
    said = [
        _counted(words.format(values[key]))
        for key, words in _CONSTRAINTS.items()
        if key in values
    ]
    if node.flag("uniqueItems"):
        said.append("no item twice")
    return (*said, *_listed(node))


def _counted(words: str) -> str:
    """The words in the singular where there is one of it."""
    return re.sub(r" 1 (character|item|member)s$", r" 1 \1", words)


def _listed(node: Node) -> list[str]:
    """The values that a schema lists, where Python has no literals for them."""
    values = [node.mapping()["const"]] if "const" in node else node.array("enum")
    if not any(isinstance(value, (bool, float)) for value in values):
        return []
    texts = [f"`{json.dumps(value)}`" for value in values]
    return [f"always {texts[0]}" if len(texts) == 1 else f"one of {', '.join(texts)}"]
