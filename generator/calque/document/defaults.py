"""Which defaults do not fit the schemas they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import jsonschema_rs

from calque.diagnostics import Diagnostic, Severity
from calque.document.files import Files
from calque.document.grammar import Kind
from calque.document.node import Node, file_of
from calque.document.reference import base_of
from calque.document.walk import walk

_BASE = "calque://document/"


def check(files: Files) -> Iterator[Diagnostic]:
    """A warning for each default that its schema does not admit.

    JSON Schema 2020-12, validation, section 9.2: a default should be valid.
    """
    judge: _Judge | None = None
    for kind, node in walk(files):
        if kind is not Kind.SCHEMA or "default" not in node:
            continue
        judge = judge or _Judge.of(files)
        if not judge.fits(node):
            yield _misfit(node)


@dataclass(frozen=True, slots=True)
class _Judge:
    """The files under URLs that lie to each other as they do, those above included."""

    registry: jsonschema_rs.Registry
    folder: str
    main: str

    @classmethod
    def of(cls, files: Files) -> _Judge:
        above = max(name.split("/").count("..") for name in files.roots)
        judge = cls(jsonschema_rs.Registry([]), _BASE + "_/" * above, files.main)
        named = [(judge.url(name), root.value) for name, root in files.roots.items()]
        return cls(jsonschema_rs.Registry(named), judge.folder, judge.main)

    def url(self, name: str) -> str:
        folder, ups = self.folder, name.split("/").count("..")
        below = folder[: len(folder) - 2 * ups]
        return below + quote((name or self.main).removeprefix("../" * ups))

    def fits(self, node: Node) -> bool:
        """Whether a schema admits its own default, or cannot be judged."""
        name = base_of(node.pointer) if file_of(node.pointer) else ""
        fragment = quote(node.pointer.partition("#")[2], safe="/~")
        try:
            validator = jsonschema_rs.Draft202012Validator(
                {"$ref": f"{self.url(name)}#{fragment}"},
                registry=self.registry,
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
