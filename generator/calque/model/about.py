"""What a document says of the API as a product: contact, licence, terms, documentation."""

from __future__ import annotations

from calque.document.node import Node

# OpenAPI 3.1, sections 4.8.2 to 4.8.4 and 4.8.11: the members that are words or links.
_MEMBERS = ("name", "identifier", "description", "url", "email")


def about(root: Node) -> tuple[str, ...]:
    """A line for each thing that is said."""
    info = root.below("info")
    said = {
        "Contact": _line(info.below("contact")),
        "Licence": _line(info.below("license")),
        "Terms of service": info.text("termsOfService") or "",
        "Documentation": _line(root.below("externalDocs")),
    }
    return tuple(f"{title}: {line}" for title, line in said.items() if line)


def _line(node: Node) -> str:
    return ", ".join(text for member in _MEMBERS if (text := node.text(member)))
