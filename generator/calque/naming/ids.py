"""The Ids of what has a name in Python, and no place of its own in a document."""

from __future__ import annotations


def like(enumeration: str) -> str:
    """The Id of what may stand for an enumeration: a member, or its plain value."""
    return f"{enumeration}/like"


def class_of(id_: str) -> str:
    """The Id of a class: of a declaration, as its place may be a field's too; of a
    resource, as its own is that of the client's attribute.
    """
    return f"{id_}/class"


def headers_of(owner: str) -> str:
    """The Id of the class of the header fields of an operation's answers, or a webhook."""
    return f"{owner}/headers"
