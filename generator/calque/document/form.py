"""What a document is once its form is right: judged by schema, and repaired where clear."""

from __future__ import annotations

from dataclasses import dataclass

from calque.diagnostics import Diagnostic
from calque.document import structure
from calque.document.node import Node, join, split
from calque.document.repair import repair
from calque.document.verdicts import Called, Refuse, judge
from calque.document.version import Version
from calque.document.wording import describe

_MAX_ROUNDS = 4
"""Repairs can lay bare other faults: a `null` that is ignored may have been required."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formed:
    """The document without the faults that warnings are about, and all diagnostics."""

    root: Node
    diagnostics: tuple[Diagnostic, ...]


def check(root: Node, version: Version) -> Formed:
    """Finds everything that is wrong with a document's form."""
    found: dict[Diagnostic, None] = {}
    called: set[str] = set()
    for _ in range(_MAX_ROUNDS):
        judged = [
            (fault, judge(fault, root))
            for fault in structure.check(root, version)
            if join(fault.pointer, fault.key) not in called
        ]
        called.update(
            join(split(fault.pointer)[0], remedy.key)
            for fault, remedy in judged
            if isinstance(remedy, Called)
        )
        found.update(dict.fromkeys(describe(f, root, remedy) for f, remedy in judged))
        repaired = repair(root, judged)
        if repaired is root or any(isinstance(r, Refuse) for _, r in judged):
            break
        root = repaired
    return Formed(root=root, diagnostics=tuple(found))
