"""`docs/diagnostics.md` says what calque does: every code, and every example under both modes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from calque.codes import NOTES, Code
from calque.diagnostics import Severity
from calque.document import Terms
from calque.pipeline import understand

pytestmark = pytest.mark.once

PAGE = (Path(__file__).parents[1] / "docs/diagnostics.md").read_text("utf-8")
ROWS = re.findall(r"^\| `([a-z-]+)` \| ([a-z ]+) \| ([a-z]+) \|$", PAGE, re.MULTILINE)
SECTIONS = re.split(r"^### `([a-z-]+)`\n", PAGE, flags=re.MULTILINE)[1:]
EXAMPLES = [
    (code, severity, text)
    for code, body in zip(SECTIONS[::2], SECTIONS[1::2], strict=True)
    for severity, text in re.findall(r"^```\w+ (\w+)\n(.*?)^```$", body, re.M | re.S)
]
HEAD = {
    "openapi": "openapi: 3.1.1\n",
    "info": 'info: {title: Calls, version: "1"}\n',
    "paths": "paths: {}\n",
}
SHOWN_ELSEWHERE = {
    Code.UNREADABLE_FILE: "error",
    Code.ENCODING: "error",
    Code.TOO_DEEP: "error",
    Code.INVALID: "error",
    Code.RENAMED: "warning",
    Code.ADOPTED_MISSING: "warning",
    Code.EXTENSION_MISSING: "warning",
    Code.REFUSED: "error",
}
"""The codes whose example is no text of a document, with how severe each is."""


def document(fragment: str) -> str:
    """A fragment with the head that it lacks; a whole document is one already."""
    if fragment.startswith("overlay:"):
        return "".join(HEAD.values())
    whole = re.match(r"openapi|swagger|OpenAPI|\{|- |#", fragment)
    missing = (
        line
        for key, line in HEAD.items()
        if not re.search(f"^{key}:", fragment, re.MULTILINE)
    )
    return fragment if whole else "".join(missing) + fragment


def severities(
    code: str, fragment: str, folder: Path, *, strict: bool
) -> set[Severity]:
    text = document(fragment)
    spec = folder / ("openapi.json" if text.startswith("{") else "openapi.yaml")
    spec.write_text(text, "utf-8")
    overlay = folder / "fix.yaml"
    overlay.write_text(fragment)
    overlays = (overlay,) if fragment.startswith("overlay:") else ()
    terms = Terms(strict=strict, overlays=overlays)
    found = understand(spec, terms=terms).diagnostics
    return {d.severity for d in found if d.code == code}


def test_every_code_has_a_row_and_a_section() -> None:
    codes = [code.value for code in Code]
    assert [code for code, _, _ in ROWS] == codes
    assert SECTIONS[::2] == codes


def test_every_code_has_an_example() -> None:
    shown = {code for code, _, _ in EXAMPLES}
    assert shown | SHOWN_ELSEWHERE.keys() == set(Code)


@pytest.mark.parametrize(("code", "lenient", "strict"), ROWS)
def test_a_row_agrees_with_its_section(code: str, lenient: str, strict: str) -> None:
    shown = sorted({severity for each, severity, _ in EXAMPLES if each == code})
    assert lenient == " or ".join(shown or [SHOWN_ELSEWHERE[Code(code)]])
    assert strict == ("warning" if code in NOTES else "error")


@pytest.mark.parametrize(
    ("code", "severity", "fragment"),
    EXAMPLES,
    ids=[f"{code}-{severity}" for code, severity, _ in EXAMPLES],
)
def test_an_example_is_what_it_says(
    tmp_path: Path, code: str, severity: str, fragment: str
) -> None:
    hard = Severity.WARNING if code in NOTES else Severity.ERROR
    assert severities(code, fragment, tmp_path, strict=False) == {Severity(severity)}
    assert severities(code, fragment, tmp_path, strict=True) == {hard}
