"""What a schema says in words: its description, and its constraints as sentences."""

from __future__ import annotations

from calque.document.node import Json, Node
from calque.model.html_words import words_of

# JSON Schema Validation, sections 6.2 to 6.5: the unit that a constraint counts in.
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


def doc_of(node: Node) -> str:
    """The description, or failing that the summary or title."""
    for key in ("description", "summary", "title"):
        if text := said(node, key):
            return text
    return ""


def said(node: Node, key: str) -> str:
    """The words of a member, without HTML and the space around them."""
    return words_of(node.text(key) or "").strip()


def example_of(node: Node) -> Json:
    """The schema's example, or the first of several; None where it has none."""
    several = node.below("examples").sequence()
    return node.mapping().get("example", several[0] if several else None)


def constraints(node: Node) -> tuple[str, ...]:
    """The constraints of a schema in words; they document, and are never enforced."""
    said = [
        words.format(node.mapping()[key])
        for key, words in _CONSTRAINTS.items()
        if key in node
    ]
    if node.flag("uniqueItems"):
        said.append("no item twice")
    return tuple(said)
