"""Which defaults do not fit the schemas they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import jsonschema_rs

from calque.diagnostics import Diagnostic, Severity
from calque.document.grammar import Kind
from calque.document.node import Node
from calque.document.walk import walk

_DOCUMENT = "urn:calque:document"


def check(root: Node) -> Iterator[Diagnostic]:
    """A warning for each default that its schema does not admit.

    JSON Schema 2020-12, validation, section 9.2: a default should be valid.
    """
    registry: jsonschema_rs.Registry | None = None
    for kind, node in walk(root):
        if kind is not Kind.SCHEMA or "default" not in node:
            continue
        registry = registry or jsonschema_rs.Registry([(_DOCUMENT, root.value)])
        if not _fits(node, registry):
            yield _misfit(node)


def _fits(node: Node, registry: jsonschema_rs.Registry) -> bool:
    """Whether a schema admits its own default, or cannot be judged."""
    try:
        validator = jsonschema_rs.Draft202012Validator(
            {"$ref": _DOCUMENT + quote(node.pointer, safe="#/~")},
            registry=registry,
            validate_formats=False,
        )
    except (ValueError, jsonschema_rs.ReferencingError):
        return True  # A pattern of another dialect, or a reference that dangles.
    return validator.is_valid(node.mapping()["default"])


def _misfit(node: Node) -> Diagnostic:
    return Diagnostic(
        severity=Severity.WARNING,
        code="default-misfit",
        message="the default does not fit its own schema",
        help="correct the default or the schema; the default is only documented",
        pointer=node.below("default").pointer,
    )
