"""Whether a document is valid OpenAPI, and the document as it is read if it nearly is."""

from __future__ import annotations

from dataclasses import dataclass

from calque.diagnostics import Diagnostic
from calque.document import rules, structure, template_rules
from calque.document.edit import Edit, apply
from calque.document.node import Node
from calque.document.repair import repair
from calque.document.verdicts import Refuse, judge
from calque.document.version import Version
from calque.document.wording import describe

_MAX_ROUNDS = 4
"""Repairs can lay bare other faults: a `null` that is ignored may have been required."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validated:
    """The document without the faults that warnings are about, and all diagnostics."""

    root: Node
    diagnostics: tuple[Diagnostic, ...]


def validate(root: Node, version: Version) -> Validated:
    """Finds everything that is wrong with the document's form and its names."""
    found: dict[Diagnostic, None] = {}
    for _ in range(_MAX_ROUNDS):
        judged = [
            (fault, judge(fault, root)) for fault in structure.check(root, version)
        ]
        found.update(dict.fromkeys(describe(f, root, remedy) for f, remedy in judged))
        repaired = repair(root, judged)
        if repaired is root or any(isinstance(r, Refuse) for _, r in judged):
            break
        root = repaired
    found.update(dict.fromkeys(rules.check(root, version)))
    edits: dict[str, list[Edit]] = {}
    for diagnostic, pointer, edit in template_rules.check(root):
        found[diagnostic] = None
        if edit is not None:
            edits.setdefault(pointer, []).append(edit)
    return Validated(root=apply(root, edits), diagnostics=tuple(found))
