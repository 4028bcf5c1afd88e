"""Whether the names in a document agree with each other, and the document once they do."""

from __future__ import annotations

from dataclasses import dataclass

from calque.diagnostics import Diagnostic
from calque.document import rules, template_rules
from calque.document.edit import Edit
from calque.document.files import Files


@dataclass(frozen=True, slots=True, kw_only=True)
class Validated:
    """The document without the faults that warnings are about, and all diagnostics."""

    files: Files
    diagnostics: tuple[Diagnostic, ...]


def validate(files: Files) -> Validated:
    """Finds everything that is wrong with the names in a document of the right form."""
    found = dict.fromkeys(rules.check(files))
    edits: dict[str, list[Edit]] = {}
    for diagnostic, pointer, edit in template_rules.check(files):
        found[diagnostic] = None
        if edit is not None:
            edits.setdefault(pointer, []).append(edit)
    return Validated(files=files.edited(edits), diagnostics=tuple(found))
